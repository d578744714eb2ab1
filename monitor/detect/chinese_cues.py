"""Chinese words that may say that somebody leaves: the words, the frame, the rule.

The frame says who leaves: verb (the subject), go (the subject; the object must be the organisation or the job),
walk (the subject, who must stand right before), out (the subject when passive, else the object), lose (the object),
replace (the object, or the subject of 'by Y'), former (the person so called), finish (the subject; the organisation
must be near), stay (the subject does not leave).
"""

from __future__ import annotations

from typing import NamedTuple


class ChineseCue(NamedTuple):
    """One row of the table."""

    word: str
    frame: str
    rule: str


def _rows(frame: str, rule: str, words: str) -> tuple[ChineseCue, ...]:
    return tuple(ChineseCue(word, frame, f"zh.{rule}") for word in words.split())


CUES = (
    *_rows("verb", "verb.resign", "离职 離職 离岗 離崗 去意 退意 辞职 辭職 辞任 辭任 卸任 离任 離任 请辞 請辭 裸辞 退任 去职 去職 辞去 辭去 提了离职 提离职 提出离职 挂印而去 辞掉 辭掉 辞了职"),
    *_rows("verb", "verb.walk_out", "出走 走人 跑路 离队 離隊 跳槽 另谋高就 另謀高就 单飞 卷铺盖 捲鋪蓋 分道扬镳 分道揚鑣 和平分手 转投 轉投 出局 交棒 退位 掛冠 挂冠而去 润了 溜了 撤了 滚蛋 拍屁股 拂袖而去"),
    *_rows("verb", "idiom.badge", "交工牌 交了工牌 还工牌 还了工牌 上交工牌 工牌已交 工牌交了 交还工牌 归还工牌 交出工牌 交回工牌 退了工牌 递交辞呈 遞交辭呈 递了辞呈 递辞呈 递交了辞呈 提交辞呈 交了辞呈 辞呈已 辞呈獲批 递交离职 清空工位 工位已空 工位空了 工位清空 搬空工位 收拾工位"),
    *_rows("verb", "idiom.last_day", "最后一天 最後一天 最后一个工作日 最後一個工作日 最后一班岗 最后工作日 最後工作日 最后一周班"),
    *_rows("finish", "idiom.finish", "画上句号 畫上句號 画了句号 划上句号 到此为止 到此為止 告一段落 江湖再见 江湖再見 后会有期 後會有期 就此别过 就此別過 有缘再见 下一站 新的开始 翻篇 谢幕 謝幕 落幕 结束了 結束了 说再见 說再見 山高水长 江湖再会 完结撒花"),
    *_rows("finish", "slang.quit", "不干了 不幹了 下车 下車 提桶 毕业 畢業 下课 下課 溜之大吉 上岸 退休"),
    *_rows("verb", "verb.resign", "递信 递了信 求去 挂靴 解约 解除劳动 解除合同 终止劳动 终止合同 劈炮 劈咗炮 唔捞 唔做 辞咗职 请咗辞 跳咗槽 自立门户 另起炉灶 引退 抽身 退隐 让位 让贤 交班 交权 解甲归田 功成身退 撂挑子 甩手不干 离巢 改换门庭 另投 另觅 另有高就 出逃 辞官"),
    *_rows("verb", "verb.resign", "办完离职 办了离职 办好离职 办离职 办理离职 走完离职 离职流程走完 离职手续办 提桶跑路 提了辞呈 上交辞呈 辞职信 离职信 离职邮件 离职感言 离职申请 离职公告 告别信 告别邮件 告别长文 告别帖 告别贴 告别文 告别视频 拜别 挥手告别 散伙 没续签 未续签 不再续签 不续签 不再续约 不续约 未续约 没续约 辞呈批 辞呈获 离职批 批了离职 批了辞 离职获批 请辞获 请辞准 工位换了 工位坐了 工位给了 位子给了"),
    *_rows("near", "idiom.near", "不干 不伺候了 不玩了 不奉陪了 失业 没他这个人 没她这个人 没这个人 没有这个人 没他这号人 没这号人 查无此人 大礼包 n+1 拿包走人 领包走人 拿钱走人 出来单干 单干 出来创业 出去创业 离开创业 去创业 回归学术 换东家 换了东家 新东家 去教书 去读博 去当教授 回高校 去高校 任教 回学校 最后一次 去创业 自己创业 创业去"),
    *_rows("said", "slang.handed_in", "提了 递了"),
    *_rows("party", "noun.farewell", "送别宴 送别会 欢送会 欢送宴 散伙饭 散伙酒 散伙宴 告别宴 告别会 饯行 饯别 离别宴 送行酒 送行宴"),
    *_rows("hint", "hint.unsettled", "下家 看机会 看新机会 更新简历 刷简历 挂简历 投简历 接触猎头 被猎头 猎头接触 面试别家 去面试 已注销 被注销 头像灰了 权限被收 移出群 去向成谜 去留 头衔没了 头衔不见 头衔拿掉 头衔删 不怎么来 没来上班 不来上班 简介里删掉 简介删了 简介去掉 在谈 谈薪 待不久 干不久 待不长 呆不久 留不住 留不留得住 干不长 简介空了 被边缘化 边缘化了 离走不远"),
    *_rows("since", "lose.since", "之后 以后 时代"),
    *_rows("lack", "lose.lack", "没有了 没了 少了 缺了 失了"),
    *_rows("settle", "stay.settle", "哪也不去 哪儿也不去 哪都不去 哪儿都不去 哪里也不去 哪里都不去 续约 续签 续了 续聘 签了新合同 签下新合同 签新合同 留下来 稳如泰山 婉拒 回绝 推掉 拒绝了 谢绝 不走了 改主意 改变主意 回心转意 还坐在 还带着 还管着 继续带 继续负责 继续领导 继续留 不挪窝 不跳槽 没挪窝 没跳槽 哪都没去 哪也没去 哪儿也没去 收回成命 干到退休 退休为止 正常履职 正常上班 正常工作 正常到岗 照常上班 一切如常 在岗 赖在 安心在"),
    *_rows("verb", "verb.or_not", "走没走 离没离职 离没离开 走还是没走 走了没走"),
    *_rows("go", "verb.leave", "离开 離開 退出 脱离 脫離 告别 告別 挥别 揮別 作别 作別 再见 再見 拜拜 撒由那拉 阔别"),
    *_rows("walk", "verb.walk", "走了 走啦 要走 也走 已走 走掉 走后 走後 走之前 走前 走是 真走 走的 走咗 走嗮 走"),
    *_rows("state", "state.no_longer", "不再担任 不再擔任 不再负责 不再負責 不再任职 不再任職 不再是 不再带 不再领导 不在 已不属于 不再属于 不再掌舵"),
    *_rows("out", "oust.fired", "优化 解聘 清退 除名 革职 罢黜 轰走 撵走 踢走 请出 挤走 逼走 气走 逼退 劝离 开了 开掉 裁撤 被开 被炒 被毕业 被离职 被辞职 被下岗 被退休 裁了 裁掉 裁员 被裁 开除 開除 辞退 辭退 解雇 解僱 炒了 炒鱿鱼 炒魷魚 炒掉 扫地出门 掃地出門 罢免 罷免 免去 免职 免職 撤职 撤職 撤换 換掉 换掉 劝退 勸退 请走 請走 赶走 趕走 踢出 下岗 边缘化出局"),
    *_rows("out", "oust.poached", "招走 抢走 拐走 收编 招入麾下 纳入麾下 揽入麾下 招至麾下 挖走 挖角 挖到 挖来 挖去 挖了 撬走 高薪挖"),
    *_rows("lose", "lose.lose", "痛失 失去 痛别 惜别 欢送 流失 送别 送別 送走 折损 折損 损失"),
    *_rows("replace", "replace.replace", "接替 接任 接手 取代 继任 繼任 接棒 顶替 頂替 接班 接过 接掌 填补"),
    *_rows("elsewhere", "verb.elsewhere", "去了 转战 跳到 跳去 加入 加盟 入职 投奔 加入了 加盟了"),
    *_rows("former", "former.former", "前 原"),
    *_rows("stay", "stay.stay", "还在 還在 仍在 仍任 留任 留在 留下 仍然在 依然在 依旧在 继续担任 仍担任 仍是 还是 仍为 仍系 依然是 仍然是 依旧是"),
    *_rows("back", "stay.back", "回归 重回 又回 重返 回到 重新加入 撤回辞呈 撤回辭呈 收回辞呈 收回辭呈 撤回了辞呈 撤回离职 撤销辞职 打消离职 打消了离职 取消离职"),
)  # fmt: skip
