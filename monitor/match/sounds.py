"""Chinese letters of one sound or of nearly one shape, as typing errors confuse them.

The 3,755 common letters of GB 2312 are coded in the order of their sounds, so the first letter of each syllable
gives all letters that sound like another (tones left aside).
"""

from __future__ import annotations

from bisect import bisect_right

_FIRST = (
    "啊埃鞍肮凹芭白斑邦苞杯奔崩逼鞭标鳖彬兵玻捕擦猜餐苍操厕层插拆搀昌超车郴撑吃充抽初揣川疮吹春戳疵聪凑粗蹿摧村磋搭呆耽当刀德蹬堤颠碉跌丁丢东兜督端堆墩掇"
    "蛾恩而发藩坊菲芬丰佛否夫噶该干冈篙哥给根耕工钩辜刮乖棺光瑰辊锅哈骸酣夯壕呵嘿痕哼轰喉呼花槐欢荒灰荤豁击嘉歼僵蕉揭巾荆炯揪鞠捐撅均喀开刊康考坷肯坑空抠枯夸块宽匡亏坤括"
    "垃莱蓝琅捞勒雷棱厘俩联粮撩列琳玲溜龙楼芦峦抡萝妈埋瞒芒猫么玫门萌眯棉苗蔑民明谬摸谋拇拿氖南囊挠呢馁嫩能妮蔫娘鸟捏您柠牛脓奴暖挪哦欧啪拍攀乓抛呸喷砰坯篇飘撇拼乒坡剖扑"
    "期掐牵枪橇切钦青琼秋趋圈缺裙然瓤饶惹壬扔日戎揉茹软蕊闰若撒腮三桑搔瑟森僧莎筛珊墒梢奢砷声师收蔬刷摔栓霜谁吮说斯松搜苏酸虽孙蓑塌胎坍汤掏特藤梯天挑贴厅通偷凸湍推吞拖"
    "挖歪豌汪威瘟嗡挝巫昔瞎掀相萧楔薪星兄休墟轩靴勋压焉殃邀椰一茵英哟拥幽迂鸳曰耘匝栽咱赃遭责贼怎增扎摘瞻樟招遮珍蒸芝中舟珠抓拽专桩椎谆捉兹鬃邹租钻嘴尊昨"
)
_LOW, _HIGH = 0xB0A1, 0xD7FA


def _pairs(text: str) -> list[str]:
    return text.split()


# Rarer letters of names, each before a common one of its sound.
_SOUND_AS = {
    pair[0]: pair[1]
    for pair in _pairs(
        "旸阳 炀阳 飏阳 昕心 馨心 鑫心 昊号 皓号 灏号 煜玉 钰玉 昱玉 瑜鱼 晟圣 琪其 琦其 祺其 淇其 轩宣 萱宣 暄宣 璇悬 瑄宣 睿锐 彧玉 珺君 珂科 玥月 琰眼 琛晨 璟景 "
        "煊宣 晗含 涵含 翊易 奕易 逸易 熠易 懿易 毓玉 妍言 嫣烟 霖林 霏飞 昀云 筠云 芸云 沅元 媛元 沁亲 汐西 淼秒 炜伟 玮伟 纬伟 璐路 潞路 瑾紧 晔业 烨业 骁消 筱小 梓子 桐同 彤同 "
        "颖影 莹赢 瀛赢 郦利 雯文 旻民 珉民 珩衡 蘅衡 峥争 铮争 嵘荣 榕荣 斌宾 彬宾 麒其 麟林 暘阳"
    )
}
# Letters that are taken for one another by their shape.
_SHAPES = _pairs(
    "鸣呜 呜鸣 未末 末未 己已 已己 旸肠 晓哓 杨扬 扬杨 阳旸 铭洺 浩诰 晴睛 博搏 悦说 渊洲 宇字 字宇 维唯 干千 天夭 令今 "
    "思恩 恩思 昊吴 昊昃 俊峻 俊浚 峻俊 嘉喜 竞竟 竟竞 明朋 朋明 瑞端 伟传 泽译 译泽 戍戌 昱显"
)


def _code(letter: str) -> int | None:
    try:
        coded = letter.encode("gb2312")
    except UnicodeEncodeError:
        return None
    number = int.from_bytes(coded, "big")
    return number if len(coded) == 2 and _LOW <= number < _HIGH else None


_STARTS = [code for code in map(_code, _FIRST) if code is not None]


def alike(letter: str) -> frozenset[str]:
    """The common letters that sound like a letter, and those that look like it; without itself."""
    code = _code(_SOUND_AS.get(letter, letter))
    found = {pair[1] for pair in _SHAPES if pair[0] == letter}
    if code is not None:
        at = bisect_right(_STARTS, code)
        high = _STARTS[at] if at < len(_STARTS) else _HIGH
        for number in range(_STARTS[at - 1], high):
            try:
                found.add(number.to_bytes(2, "big").decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return frozenset(found - {letter})


def shaped_like(letter: str) -> frozenset[str]:
    """The letters that only look like a letter."""
    return frozenset(pair[1] for pair in _SHAPES if pair[0] == letter)
