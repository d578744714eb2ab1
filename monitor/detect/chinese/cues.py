"""Chinese words that may say that somebody leaves: the words, the frame, the rule.

The frame says who leaves: verb (the subject), go (the subject; the object must be the organisation or the job), walk
(the subject, who must stand right before), out (the subject when passive, else the object), off (the subject), lose
(the object), replace (the object, or the subject of 'by Y'), former (the person so called), finish (the subject; the
organisation must be near), near (an idiom that needs the organisation near), thing (a badge, a form: what happens to
it behind the word), stay (the subject does not leave). Letters are simplified, dialect words by their sense
(simplified.py).
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

from ..vocabulary import COMPANIES, COMPANIES_ZH


class ChineseCue(NamedTuple):
    """One row of the table."""

    word: str
    frame: str
    rule: str


def _rows(frame: str, rule: str, *texts: str) -> tuple[ChineseCue, ...]:
    return tuple(ChineseCue(word, frame, f"zh.{rule}") for text in texts for word in text.split())


def _made(*parts: str) -> str:
    """All ways to take one word of each part in turn; a part that starts with '? ' may be left out."""
    choices = [["", *part[2:].split()] if part.startswith("? ") else part.split() for part in parts]
    return " ".join("".join(one) for one in product(*choices))


def _once(rows: tuple[ChineseCue, ...]) -> tuple[ChineseCue, ...]:
    """Each word by its first row; an underscore in a word stands for a space."""
    return tuple({row.word: row._replace(word=row.word.replace("_", " ")) for row in reversed(rows)}.values())


_BADGE = "工号 工牌 工卡 门禁卡 门卡 门禁 胸牌 胸卡 员工卡 员工证 工作证 识别证 员工证件 工作牌 司牌 badge"
_LETTER = "辞呈 辞职信 离职信 辞职报告 离职申请 辞职申请 离职单 辞职书 离职报告 辞任函"
_HAND = "交 还 退 递 上交 归还 缴 缴回 缴还 交还 交回 交出 退还 摘 摘下 递交 提交 寄出 掏出"
_POST = "职务 职位 岗位 工作 差事 饭碗 铁饭碗"

_QUIT = (
    "弃守 退下来 退了下来 另有去处 另谋去处 另寻去处 另有奔头 另有归宿 离职 离岗 去意已决 退意 辞职 辞任 卸任 卸职 离任 请辞 裸辞 闪辞 闪离 退任 去职 辞去 提了离职 提离职 提出离职 挂印而去 挂印 辞掉 辞官 求去 挂靴 挂冠 挂冠而去 解甲归田 功成身退 急流勇退 告老还乡 "
    '撂挑子 撂摊子 "前"字 「前」字 多了个前 甩手不干 甩手走人 离巢 离司 离去 改换门庭 改换东家 另投 另谋高就 另谋出路 另谋他就 另寻出路 另寻高就 另觅 另有高就 出逃 引退 抽身 退隐 归隐 让位 让贤 交班 交权 自立门户 另立门户 另起炉灶 自立山头 '
    "离的职 辞的职 离的任 办的手续 办的离职 办了手续 办完离职 办了离职 办好离职 办妥离职 办离职 办理离职 走完离职 走离职流程 离职流程 离职手续 离职证明 辞了工 辞工 辞了职 提桶跑路 提桶走人 提了辞呈 告别信 告别邮件 告别长文 告别帖 告别贴 告别文 告别视频 离职邮件 离职感言 离职公告 离职vlog 离职帖 离职小作文 离职长文 离职饭 离职礼物 离职蛋糕 离职日 离职倒计时 "
    "拜别 挥手告别 挥手作别 散伙 没续签 未续签 不再续签 不续签 合同不续 合同没续 合同没有续 到期没续 到期没有续 到期不续 不再续约 不续约 未续约 没续约 合同到期不 约满离 期满离任 届满离任 离职批 批了离职 批了辞 离职获批 请辞获 请辞准 递信 递了信 解约 解除劳动 解除合同 终止劳动 终止合同 合同解除 "
    "劈炮 劈了炮 劈炮不捞 不捞了 执包袱 执好包袱 跳了槽 跳了船 辞职走人 撤职查办 告别职场 离了职 离完职 离了任 卸了任 卸下 辞别 辞行 将转职 要转职 想转职 传转职 已转职 拟转职 转职了"
)
_WALK_OUT = (
    "出走 走人 跑路 跑路了 离队 跳槽 跳船 弃船 下了船 单飞 卷铺盖 卷起铺盖 卷包袱 打包走人 收拾东西走 收拾东西走人 拎包走 拆伙 请退 收拾包袱 收拾铺盖 分道扬镳 和平分手 友好分手 体面分手 正式分手 分手快乐 一拍两散 各奔前程 转投 改投 转会 过档 出局 交棒 交了棒 退位 润了 润走 溜了 溜得 溜之大吉 撤了 撤得 开溜 滚蛋 拍屁股 拍拍屁股 拂袖而去 拂袖 "
    "闪人 闪人了 闪了 闪得 落跑 离场 下台 跑掉 跑了路 拎包走人 拎桶 提着桶 脱离苦海 逃离 逃出 叛逃 出奔 远走高飞 远走 脚底抹油 挂机走人 摔门走人 摔门而去 摔门而出 愤而离 负气出走 净身出户 黯然离 黯然退 扬长而去 一走了之 悄然离 人去楼空 去意"
)
_FIRED_SELF = "炒了老板 炒老板 炒老板鱿鱼 炒了老板鱿鱼 炒了老板的鱿鱼 炒掉老板 炒公司鱿鱼 炒了公司 炒了公司鱿鱼 炒了公司的鱿鱼 把老板炒了 把老板给炒了 把公司炒了 把公司给炒了 炒了东家 炒老细 炒了老细 炒老细鱿鱼"

_ALL = (
    *_rows("verb", "verb.resign", _QUIT, _made("丢下 丢了 甩 甩了 甩下 砸 砸了 扔下 拍 拍下 交上 撕", _LETTER), _made("? 上 递", "? 交", "了", _LETTER)),
    *_rows("verb", "verb.walk_out", _WALK_OUT, _FIRED_SELF),
    *_rows("verb", "idiom.badge", _made(_HAND, "? 了 完 掉", _BADGE), _made(_HAND, "? 了 完 出 的", _LETTER), "清空工位 工位已空 工位清空 工位清了 搬空工位 收拾工位 收拾了工位 收拾好工位 腾空工位 腾出工位 工位清干净 清了工位 清工位"),
    *_rows("thing", "idiom.badge", _BADGE),
    *_rows("thing", "idiom.seat", "工位 座位 位子 办公桌"),
    *_rows("thing", "idiom.letter", _LETTER, "辞职邮件 离职通知 离职交接 离职面谈 离职协议 辞职的事 离职的事"),
    *_rows("verb", "idiom.last_day", _made("最后 最後 最终 倒数", "一天 一日 一个工作日 工作日 在岗日 上班日 一班岗 一班 一周 一个月 一星期 一顿饭 一餐 一顿 一周班 一个班 一次打卡 一次卡 一次工卡 一次刷卡 一次下班 一次刷工牌 一次周会 一次站会 一次例会 一天班 一天上班 一周上班 一天打卡 一期班 一封全员信 一封周报 一份周报 一次周报 一封邮件 一行代码 一个commit 一次commit 一个pr 第一天 第二天 第三天"), "last_day lastday 站好最后 最后一岗"),
    *_rows("finish", "idiom.finish", "画上句号 画了句号 画下句号 划上句号 划下句号 画上休止符 画下休止符 画上了句号 画下了句号 到此为止 告一段落 江湖再见 江湖再会 江湖路远 后会有期 就此别过 就此作别 有缘再见 有缘再会 有缘江湖 山水有相逢 山高水长 山高路远 青山不改 曲终人散 好聚好散 缘分已尽 缘尽 缘分尽了 缘分到 两清 一别两宽 就到今天 到今天为止 就到这里 止步于 定格在 为止 下一站 新的开始 翻篇 翻篇了 翻过去了 谢幕 落幕 结束了 说再见 说了再见 说拜拜 say_goodbye said_goodbye 说了拜拜 道别 道了别 话别 完结撒花 收官 散场 杀青 打卡下班了 到站 到站下车 到站了 谢谢这段 感谢相遇 结业 退役 退伍 关门弟子"),
    *_rows("finish", "slang.quit", "为止 到头了 走完了 交卷 交卷了 打烊 打烊了 不干了 下车 下船 提桶 毕业 下课 上岸 退休 脱坑 退坑 退圈 出坑 解套 封刀 封笔 收摊 领便当 领了便当 下线"),
    *_rows("near", "idiom.near", _made("交还 归还 上交 退还 交回 还了 交了 退了","? 了", "电脑 公司电脑 工作电脑 笔记本 工作机"), "再无瓜葛 再无关系 再无关联 再无交集 先走一步 去别家 到别家 换别家 两清 两清了 只待到 只干到 只做到 只呆到 最多待到 就干到 就待到 挥一挥衣袖 挥挥衣袖 不带走一片云彩 待到月底 待到年底 做到月底 做到月尾 做到年底 干到月底 干到年底 干到这周 做到这周 做到周五 干到周五 干到本月 做到本月 分手 👋🚪 🚪👋 🏃🚪 🚪🏃 📦👋 👋📦 不干 不伺候了 不玩了 不奉陪了 不陪玩了 不陪跑了 失业 待业 没他这个人 没她这个人 没有我这号人 没我这号人 没有我这个人 没我这个人 不做了 不做啦 没这个人 没有这个人 没他这号人 没这号人 查无此人 大礼包 n+1 n+2 n+3 2n 拿包走人 领包走人 拿钱走人 拿赔偿 出来单干 单干 出来创业 出去创业 离开创业 去创业 创业去 自己创业 回归学术 换东家 换了东家 换了新东家 换工作 换了工作 换了公司 新东家 去教书 去读博 去当教授 回高校 去高校 任教 回学校 最后一次 签了离职 签字了 字签完 签完字 签了字 把字签 字都签 自由身 恢复自由 重获自由 自由了 无业 gap半年 gap一年 gapyear 间隔年 休整半年 休息一阵 先休息 办完手续 办妥手续 办好手续 手续办完 手续办妥 手续走完 手续都办 走完流程 流程走完 交接完 交接完毕 工作交接 新公司 入职新 去新公司 自谋生路 另有安排 另有打算 暂别 走走看看 世界那么大 退群退组 退出江湖 不跑了"),
    *_rows("said", "slang.handed_in", "提了 递了"),
    *_rows("party", "noun.farewell", _made("送别 欢送 告别 离别 饯别 饯行 送行 散伙 离职 惜别", "宴 会 饭 酒 聚餐 局 派对 趴 餐 火锅 蛋糕 礼 仪式"), "饯行 饯别 farewell"),
    *_rows("hint", "hint.unsettled", "外面面试 在外面试 出去面试 跑去面试 面了别家 还回来吗 还回来不 还回来么 回不回来 还会回来吗 工位空 工位空了 工位一直空 下家 看机会 看新机会 看外面的机会 看看机会 看外部机会 看外面机会 外面的机会 聊机会 outside_opportunities 外部opportunities 更新简历 刷简历 挂简历 投简历 改简历 简历更新 接触猎头 被猎头 猎头接触 见猎头 和猎头 面试别家 去面试 在面 已注销 被注销 头像灰了 头像灰 头像变灰 头像暗了 权限被收 权限没了 账号没了 账号停用 账号被停 搜不到 搜不着 查不到 刷不到 移出群 被移出 不在群里 群里没了 去向成谜 去向不明 去留  不怎么来 没来上班 不来上班 没来打卡 没见人 没露面 没现身 人不见了 不见人影 不见了 不见踪影 缺席 失联 消失了 消失在 在谈 谈薪 谈妥 待不久 干不满 待不满 待不到 干不到 呆不到 做不到 留不到 抱着纸箱 抱纸箱 走流程 留不过 待不过 干不久 待不长 呆不久 留不住 留不留得住 干不长 被边缘化 边缘化了 竞业 摊牌 拍了桌子 拍桌子 闹翻 闹掰 心不在 去不去 留不留 走不走 不想干 撑不下去 干不下去"),
    *_rows("profile", "hint.profile", "profile bio 简介 签名 个签 认证 主页 资料页 个人资料 领英 linkedin 头衔 通讯录 组织架构 官网 团队页 作者列表 作者名单 贡献者 花名册 组员表 名字 org_chart"),
    *_rows("since", "lose.since", "之后 以后 时代"),
    *_rows("lack", "lose.lack", "不叫 不姓 没有了 没了 少了 缺了 失了 走了个 跑了个 丢了"),
    *_rows("settle", "stay.settle", "留了下来 选择留下 决定留下 决定留在 选择留在 被劝住 劝住了 被劝回 劝了回来 劝回来了 被留住 挽留成功 留住了 被劝下 拦住了 拦下来了 走什么走 离什么职 辞什么职 跑什么跑 谁要走 走个屁 走个锤子 走毛线 走啥走 离啥职 哪也不去 哪儿也不去 哪都不去 哪儿都不去 哪里也不去 哪里都不去 不去哪 没去哪 没去别 还在呢 还在啊 还在的 还没走 没走呢 还没离 好好的, 好好的。 好好的! 好好的呢 干得好好的 待得好好的 呆得好好的 没离, 没离。 没离! 会继续在 再干十年 再干五年 再干三年 再干两年 再干几年 干一辈子 没这回事 没有的事 没那回事 续约 续签 续了 续聘 签了新合同 签下新合同 签新合同 留下来 稳如泰山 稳如老狗 婉拒 回绝 推掉 拒绝了 谢绝 不走了 改主意 改变主意 改了主意 回心转意 还坐在 还带着 还管着 还带 还管 还做 还干 还任 还负责 还领着 还担任 继续带 继续负责 继续领导 继续留 继续掌 继续担 继续主 不挪窝 不跳槽 没挪窝 没跳槽 哪都没去 哪也没去 哪儿也没去 收回成命 干到退休 退休为止 正常履职 正常上班 正常工作 正常到岗 照常上班 照常开会 照常打卡 照常 一切如常 一切照旧 在岗 在职 在任 赖在 赖着不走 安心在 死守 坚守 不会离 stay_到底 稳坐 没换东家 没动窝 焊死 焊在 钉子户 老员工了 工位还在 工牌还在"),
    *_rows("still", "stay.still", "仍 依旧 依然 照旧 照样"),
    *_rows("verb", "verb.or_not", "走没走 离没离职 离没离开 离没离 走还是没走 走了没走 走不走 辞没辞 递没递 提没提 走了没有 走了没 跑没跑 还在不在 在不在奥 去还是留 走还是留 是走是留 是去是留 留还是走 走or留 走人没"),
    *_rows("go", "verb.leave", "出来的 出来了 出来啦 撤出 淡出 离开 退出 脱离 告别 挥别 作别 阔别 再见 再会 拜拜 掰掰 撒由那拉 bye 走出 退了 辞了 离了 弃了 说再见 惜别"),
    *_rows("walk", "verb.walk", "走了 走啦 要走 也走 已走 走掉 走后 走之后 走之前 走前 走是 真走 走的 走紧 走佬 散水 走得 走时 走这 一走 这一撤 一撤 跑了 跑啦 跑得 溜啦 撤啦 先撤 说撤就撤 说跑就跑 说润就润 一跑 这一跑 撤 就撤 也撤 要撤 刚撤 月撤 走嘛 走"),
    *_rows("state", "state.no_longer", "就不来 起不来 后不来 始不来 也不来 再不来 不再来 不再去 不再返 不再回 不归 不再担任 不再负责 不再任职 不再出任 不再是 不再带 不再领导 不再执掌 不再主管 不再分管 不再主持 不再隶属 不再供职 不再效力 不再参与 不再为 已经不是 早就不是 早不是 再也不是 起不是 从此不是 以后不是 就不是 不属于 不在 都不在 早不在 已不是 早已不是 不是我们 已不属于 不再属于 不再掌舵 停止履职 不再履职 结束在 结束了在 结束任职 结束任期 不再服务 已非 no_longer"),
    *_rows("out", "oust.fired", "优化 解聘 清退 除名 革职 罢黜 轰走 撵走 踢走 请出 挤走 逼走 气走 逼退 逼宫 劝离 开了 开掉 裁 裁到我 优化到我 砍到我 裁撤 裁了 裁掉 裁员 开除 辞退 解雇 炒了 炒鱿鱼 炒鱿 炒掉 扫地出门 罢免 免去 免职 撤职 撤换 换掉 劝退 请走 赶走 踢出 边缘化出局 拿下 清洗 砍掉 送走了 遣散 停职 解职 解任 免除 罢官 祭天 祭旗 献祭 送走 干掉 端掉 一锅端"),
    *_rows("out", "oust.fired", _made("被 遭 获 遭到 惨遭", "_poach _poached _lay_off _layoff _laid_off _fire _fired _let_go _cut 替换 换下 挖 优化 优 开 炒 炒鱿鱼 炒鱿 毕业 离职 辞职 下岗 退休 裁 裁员 裁掉 砍 劝退 解聘 解雇 解职 开除 辞退 免职 革职 撤职 拿下 扫地出门 请走 请出去 赶走 挤走 逼走 送走 清退 踢出局 出局 fire fired 辞工 大礼包 n+1 抬走 祭天"), "给开了 给炒了 给裁了 给优化了 给劝退了 给辞了 给挖了 给撬了 给开除了 给请走了"),
    *_rows("out", "oust.poached", "拐跑 挖跑 抢跑 撬跑 诱走 招走 抢走 拐走 收编 招入麾下 纳入麾下 揽入麾下 收入麾下 招至麾下 招致麾下 挖走 挖角 挖到 挖来 挖去 挖了 挖墙脚 撬走 撬了 撬墙角 高薪挖 重金挖 截胡 抢到 抢下 捞走 签下 拉走 带走 接走 拿下了 喜提 抄走 掳走 请来"),
    *_rows("off", "oust.fired", "下岗"),
    *_rows("lose", "lose.lose", "没能留住 未能留住 没能留下 痛失 失去 痛别 惜别 欢送 流失 送别 送走 折损 损失 恭送 走了个 少了个 没留住 留不住 挽留 放走 放跑 逼跑 告别了"),
    *_rows("replace", "replace.replace", "接替 接任 接手 取代 继任 接棒 顶替 接班 接过 接掌 填补 补位 换下 代替 替换 替代"),
    *_rows("swap", "replace.swap", "改成 换成 改为 变成 变为 换为 变更为 换作 更新为"),
    *_rows("post", "replace.post", _made("的 ", "接替者 接替人 位置 位子 班 棒 摊子 盘子 工作 职务 活 活儿 担子 接力棒 继任者 接班人 继任 缺 坑 空缺 遗缺 职位 岗位 后任 继任人选 接任者 团队"), _made("? 的", "空出的 空出来的 腾出的 腾出来的 让出的 让出来的 留下的", "空缺 职位 岗位"), _made("? 的", "空出的 空出来的", "坑 坑位 位置 位子")),
    *_rows("elsewhere", "verb.elsewhere", "去了 转战 跳到 跳去 跳去了 加入 加盟 入职 投奔 加入了 加盟了 投身 投靠 官宣加入 入伙 现身", _made("去 去了 去往 跳去 跳槽 跳槽去 跳槽到 跳到 转投 投奔 投 加入 加盟 入职 转会", "? _", " ".join(sorted({*COMPANIES_ZH, *COMPANIES, "大厂"})))),
    *_rows("former", "former.former", "前 原 昔日 前任 曾经的"),
    *_rows("ends", "verb.ends", "结束 已结束 结束了 提前结束 终止 中止"),
    *_rows("stay", "stay.stay", "还在 仍在 仍任 留任 留在 留下 仍然在 好好坐在 还坐在 正坐在 依然在 依旧在 继续担任 仍担任 仍是 还是 仍为 仍系 依然是 仍然是 依旧是 还是我们 待在 呆在 守在 好端端在 好好在 好好地在 一直在"),
    *_rows("back", "stay.back", "撕了 撕掉 撕毁 撤回了 撤了回来 撤回去 收回了 ", _made(_LETTER, "撤回 收回 撤了 收回来 要回来 要了回来 撤回来 拿回 拿了回来 没批 撕了"), "回归 重回 又回 重返 回到 重新加入 杀回 回锅 回流 二进宫 再度加入 撤回辞呈 收回辞呈 撤回了辞呈 收回了辞呈 撤回离职 撤回了离职 撤销辞职 撤回辞职 撤回了辞职 打消离职 打消了离职 取消离职 打消去意 打消了去意 又回来了 回来了 被劝回 劝回来 回来上班 拿回来了 要回来了"),
    *_rows("mixed", "verb.mixed", "run quit resign resigned leave left leaving bounce step_down stepped_down tender offboard off-board offboarded off-boarded checked_out depart exit resigns quits leaves walk_away peace_out noped_out"),
)  # fmt: skip
CUES = _once(_ALL)
