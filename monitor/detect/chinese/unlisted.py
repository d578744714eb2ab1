"""Chinese personal names that no list gives: a surname, one or two letters, and what stands on both sides."""

from __future__ import annotations

import re

from ...simplified import simplified
from ..regex import regex
from ..vocabulary import SURNAMES, words
from .common import COMMON
from .persons import common_words, wishes

_SURNAME = regex("|".join(sorted(SURNAMES, key=lambda name: (-len(name), name))))
# Letters that no given name of the texts holds, since they are grammar.
_GRAMMAR = frozenset(
    "的了在是和与及被从已将也都不没有说他她它我您你这那个名位员后前上下再又向对就还要会离辞职遭获拟曾称把让给到去出退走很太吗呢吧啊之其于每某为该谁咱俺们啦着过跳卸短先恐"
)
# What stands before a name: titles and groups.
_TITLE = (
    "负责人", "研究员", "工程师", "科学家", "成员", "员工", "主管", "总监", "总裁", "经理", "专家", "架构师", "组长", "部长", "主任",
    "同事", "大佬", "大神", "骨干", "领导", "高管", "一员", "大将", "博士", "教授", "院士", "博主", "leader", "lead", "算法", "组", "部",
    "团队", "一号位", "二号位", "掌门", "老大", "元老", "操盘手", "合伙人", "创始人", "联创", "首席", "执行官", "技术官", "科学官", "老师", "师兄", "师姐", "学长",
    "学姐", "老将", "主力", "主帅", "功臣", "新人", "台柱", "顶梁柱", "灵魂人物", "人物", "秘书", "干将", "老兵", "担当", "发言人", "程序员",
    "者", "师父", "师傅", "徒弟", "上司", "手下", "搭档", "太太", "同组", "隔壁", "队友", "下属", "学徒", "骨干力量", "活宝", "老板娘", "接班人", "继任者",
    "前辈", "产品经理", "运营", "设计师", "导师", "讲师", "里", "同学", "同门", "室友", "邻居", "班长", "队长", "的那个", "的那位", "那个", "那位", "副手", "小伙",
    "姑娘", "小哥", "小姐姐", "哥们", "实验室", "前端", "后端", "后训练", "预训练", "多模态", "语音", "视觉", "评测", "安全", "推理", "代码",
    "小编", "大牛", "大拿", "一哥", "一姐", "扛把子", "主心骨", "主播", "财务", "法务", "公关", "人事", "行政", "客服", "前台", "皮下", "测试", "前任", "现任", "继任", "时任", "新任", "原任", "infra", "研发", "方向", "中心", "事业部", "平台", "项目", "业务", "记者", "编辑", "总编", "分析师", "老板", "院长", "所长", "校长", "会长",
)  # fmt: skip
# What else may stand before a name: verbs and links.
_LINK = (
    "的", "说", "是", "和", "与", "跟", "及", "对", "后", "传", "听说", "据说", "网传", "挖走", "开除", "接替", "欢迎", "恭喜", "祝", "送别", "告别",
    "失去", "痛失", "爆料", "称", "据", "证实", "曝", "由", "让", "被", "把", "将", "给", "为", "继", "随", "随着", "等", "包括", "即", "原", "前", "如",
    "叫", "名叫", "向", "找", "接任", "接手", "取代", "顶替", "挖", "挖到", "招", "招到", "因", "而", "但", "只有", "连", "问", "看", "有", "任命", "提拔",
    "惜别", "欢送", "祝贺", "恭贺", "走了个", "走了一个", "少了个", "来了个", "裁掉", "裁了", "开了", "辞退", "解雇", "解聘", "劝退", "挖角", "撬走", "抢走", "请走", "送走", "走了", "少了", "没了", "缺了", "传闻",
    "传闻", "转贴", "转载", "转发", "原话", "恭送", "感谢", "谢谢", "知道", "关于", "针对", "对于", "至于", "其中", "还有", "以及", "同时", "目前", "如今", "连同", "加上", "除了", "除", "据悉",
)  # fmt: skip
# What says in itself that a person stood before it: they leave, or do what only people do.
_DEED = (
    "离职", "离任", "离开", "离队", "离场", "离岗", "离巢", "辞", "走了", "走人", "被", "遭", "获", "已", "将", "或", "拟", "去了", "去字", "跳", "退出", "退任", "退隐",
    "退休", "转投", "转会", "出走", "卸", "交了", "交棒", "提了", "提离", "提辞", "正式", "宣布", "官宣", "从", "双双", "先后", "月内", "年内", "请了", "请长", "近日", "今", "昨", "上周", "本周", "下周",
    "同志已", "同志于", "同志因", "jump", "depart", "exit", "step", "off-board", "offboard", "noped", "bounce", "walk", "炒", "溜", "润", "闪", "撤", "不干", "不再", "没走", "没跳", "没离", "没辞", "没有离", "没有走", "没有辞", "要走", "要离", "要跳", "要辞", "要从", "要被", "不走", "的离",
    "的辞", "的告别", "的去", "的最后", "的工位", "的工牌", "的位", "的后任", "的继", "的职", "挂", "毕业", "请辞", "裸辞", "跑", "另谋", "加盟", "加入", "投奔", "转战", "告别",
    "单飞", "创业", "自立", "仍", "还在", "留任", "否认", "回应", "澄清", "辟谣", "表示", "接任", "接替", "继任", "接手", "顶替", "也走", "也离", "也辞", "也被", "也要", "也提", "也撤",
    "也已", "都走", "都离", "都辞", "都被", "因", "于", "宣告", "递", "这一走", "一走", "会走", "会离", "出来", "真要", "真走", "突然", "悄悄", "悄然", "办", "结束", "上月", "上个",
    "月底", "年底", "下月", "下个", "与§", "和§", "跟§", "离§", "辞§", "疑", "据传", "确认", "确定", "证实", "终于", "到底", "是不是", "会不会", "有没有", "即", "重返", "回归", "又回",
    "本人", "你小", "你这", "你终", "您终", "你真", "您真", "是被", "就是被", "亦", "没要离", "没有要", "朋友圈", "微博", "领英", "推特", "可能离", "可能要", "可能从", "发文", "发长", "发帖", "发博", "劈", "执包", "过档", "闪人", "落跑", "走没走", "走路", "拂袖", "收拾", "搬", "最后一", "早在", "早就", "早已", "把辞", "把工", "把离", "把offer", "亲口", "到底", "终究", "你离", "你走", "你辞", "你都", "您离", "您走", "在§", "由§", "从§", "去§", "挖", "撬", "裁", "开了", "开除", "炒", "请走", "抢走", "送走", "听说", "据说", "好像", "似乎", "也在", "传出", "传要", "要是走", "同日", "同时", "的linkedin", "的领英", "的简介", "的签名", "的bio", "的认证", "的头衔", "的主页", "的个签", "限时", "from", "will", "said", "didn", "did", "was", "just", "going", "last", "quit", "left", "resign", "leav", "is", "has", "暂代",
)  # fmt: skip
# What may follow a name without telling anything.
_AFTER = (
    "的", "说", "和", "与", "跟", "在", "是", "老师", "同学", "博士", "教授", "先生", "女士", "总", "这", "那", "你", "他", "她", "到", "为", "任", "自己", "不", "没", "未",
    "还", "等", "也", "都", "就", "要", "会", "对", "向", "把", "让", "给", "带", "上", "今天", "昨天", "刚", "最", "一", "两", "三", "及", "以", "曾", "人", "则", "担任", "负责",
    "主", "升", "此", "周", "早", "其", "原", "前", "现", "正", "又", "却", "出任", "统一", "告诉", "认为", "介绍", "指出", "称", "透露", "坦言", "写", "在内", "师兄", "师姐", "大佬", "同一", "一起", "一块", "亦", "可能", "二", "四", "五", "六", "七", "八", "九", "十", "啊", "呢", "这边", "那边", "及其", "本来", "原本", "走得", "走的", "请", "拿", "比", "连", "手里", "一声", "抱", "搬", "清", "摘", "扔", "发了", "发的", "改完", "写完", "同志", "明", "后天", "下午", "中午", "晚上", "凌晨", "行李", "家", "妈", "太太", "办完", "收到", "桌", "工位", "群", "头像", "真", "居然", "竟", "果然", "眼", "笑", "哭", "坐", "回", "跟着", "那晚", "那句", "人呢", "哪", "什么", "怎么", "终", "只", "全", "每", "连夜", "低", "默默", "静", "拍", "删", "换", "穿", "带", "入职", "或", "之后", "以后", "后来", "maybe",
)  # fmt: skip
# Surnames that are common words too: what stands beside them must tell more.
_ALSO_WORDS = frozenset(
    "位何成曾向程连管时冷闻费齐储谷于余包任方高单万安常关和江温文史应项解强查游路边相都容易习满家计封步养后"
)
_TITLES_BEHIND = words(
    "老师 师傅 阿姨 先生 女士 小姐 同学 教授 馆长 主任 老板 大哥 大姐 总监 博士 院长 校长 经理 记者 编辑 同志 工程 律师 大夫 医生 会长 部长 局长 家人 似锦 令营"
)
# The letters that given names are made of most often.
_NAME_LETTERS = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰春梅红玲志建国文斌波辉鹏飞浩宇轩子涵梓雨桐欣怡诗琪佳思雅婷雪梦洁琳璐瑶萱语嫣可馨心若川舟牧野野一苇知秋夏晓小满南枝望舒星河砚青清远山海岚烟云霄霆震宏博涵睿哲凯旋俊晨晟昊天泽润泉溪汐潮汀洲渊渝源淼沐沛泓澜漫衍衡言诺谦恒德仁义礼智信忠孝廉敬诚毅"
    "锋锐铭钧鑫钰锦银铮锴柏松楠林森桦栋梁楷槐枫榕棠檬樱莲荷菲菁萌蓉蕾薇茵茜芸苒苏莉莎莹婉娴娇妍妤媛嫒姝姿婧昕昱晗晴曦旭阳旸暄煜炜烨炎焕熠灿然尧尚致远航帆舸逸逍遥遇安宁康泰乐悠闲逢归来屿峰岳岩崇峻嵩巍川州念慈苡甄佑佐任伊仪伦佩佳倩修儒元光全公兴其冰冬凌凝初利力劲励勤包化北卓南卿厚双友发可君吟听启吾周呈"
    "和品哲唯善喜嘉园培坤城基堂墨士声夕奇奕好如妙姗孟季学宗官宜宝客容宸寒寅寻寿尔尘展峥嵘巧帅希常年幸庆庭弘弦弥彤彦彩影彬徐得微德忆忻怀恩恬悟悦情惠惟慕慧戈成承抒拓振捷掌提揽攀敦斯新方昂昌易昭晋景智曜曼月有朔朗未本朴权李杉杨来极果柔柳柯栩根格桃梧梨棋楚榆正步武毓水永江沁沂沅沉河沾泊法泰洛流浅浔涟涤润淇淳深添清港湘湛滢滨漪潇澄激"
    "灵炫烁焱煦燕爱片牧特珂珊珍珏珠班珞理琛琦琬琰琴琼瑄瑜瑞瑾璇璟璧瓒甜生田申男畅略疏登白百皓盈盛直相真眉睦石砺硕碧磐祁祎祖祥祺禾秀秉秋科程穆立竞章童端竹笑笙筠筱简箫素紫红纯纶纾绍经绮维绵缘缤羡羽翎翔翠翰翼耀耘聪育胜胤腾臻舒良艺艾芊芝芬花芮苑若茂范茗荣莘莞菊菡萍萧萦葳葵蒙蓝蔓蔚蕊蕴藏虹蝶行衣裕西观誉论许诚诣诺谅谷豪贝贤贵赋赞越"
    "路车轲辰达迅近进迪迎逢逸邦郁采重金钊钟铎铠锡镇镜长闻阁阑际陆隽雁雄集雯霁霏霖露青靖韬韵音韶顺颂颐颖风飒首香驰骁骏鸣高鸿鹤鹿麒麟默黎齐龄龙恪舜禹尹麦冉可染柠橙柚桔橘杏樨蓓蕙苓荔茉莓桑梓桢枢栖森淮淞沧泠泱洵浠涓涧淙渡渺湄溯滕漠潭澈濯瀚瀛燃爽瑛璞璨甫皎眠知砚碧稚稼穗窈竣笛籁绎缇绾翊聆舫芃芷苏荞荻菀萤葭蒹蔻薏藜蘅袅觅解词诵谧赫跃轶邈郢鄞醒野铃锌镕闲阮阔霂霓韦顾颀飏饶驿鲸鸥鹭黛岑栀书也川"
)
_HANZI = regex(r"[\u4e00-\u9fff]")
_MOST = 40
_LIST = regex(r"(?:^|[;。:\n])¤+[,:]")
_ENTRY = regex(r"[;。\n]([\u4e00-\u9fff]{2})(?=[,:])")


def chinese_names(
    text: str, taken: list[tuple[int, int]], organisation: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """(start, end) of the Chinese names of a folded text that touch no span of `taken` or `organisation`, in order."""
    plain = _signed(simplified(text), taken, organisation)
    found: list[tuple[int, int]] = []
    for m in _SURNAME.finditer(plain):
        if (found and m.start() < found[-1][1]) or wishes(plain, m.start()):
            continue
        end = _name_end(plain, m.start(), len(m.group()), found)
        if end:
            found.append((m.start(), end))
            if len(found) >= _MOST:
                break
    found += [span for span in _listed(plain) if not any(s < span[1] and span[0] < e for s, e in found)]
    return sorted({*found, *_again(plain, found)})


def names_a_person(name: str) -> bool:
    """Does an author's display name look like a person's name, and not like a nickname?"""
    if _HANZI.search(name):
        both = _TWO_SCRIPTS.fullmatch(name.strip())
        if both:
            name = both["zh"] or both["han"]
            if name in SURNAMES:
                return True
        plain = simplified(name.strip())
        m = _SURNAME.match(plain)
        return (
            m is not None
            and 2 <= len(plain) <= 4
            and len(plain) - len(m.group()) <= 2
            and (len(m.group()) > 1 or plain[:2] not in COMMON)
        )
    parts = name.split()
    return 2 <= len(parts) <= 4 and all(part[:1].isupper() for part in parts if len(part) > 3)


# 'Kevin 张', '张小北 Kevin', '张小北(Kevin)'.
_TWO_SCRIPTS = regex(
    r"(?:[A-Z][a-z]+ ?){1,2}[·(（|/ ]?(?P<zh>[\u4e00-\u9fff]{1,4})[)）]?|(?P<han>[\u4e00-\u9fff]{2,4}) ?[·(（|/-]? ?(?:[A-Z][a-z]+ ?){1,2}[)）]?"
)
# '前任X': no name begins with these letters.
_OFFICE = regex(r"[前现离卸上继接历责担主信兼调委赴就新留连出升重首原时]任")


def _signed(text: str, taken: list[tuple[int, int]], organisation: list[tuple[int, int]]) -> str:
    """The text with § for each letter of the organisation and ¤ for each of a person."""
    letters = list(text)
    for spans, sign in ((organisation, "§"), (taken, "¤")):
        for start, end in spans:
            letters[start:end] = sign * (end - start)
    return "".join(letters)


def _name_end(text: str, start: int, surname: int, found: list[tuple[int, int]]) -> int:
    """Where the name that begins at `start` ends, 0 if none does."""
    left = _left(text, start, found)
    if left == 0:
        return 0
    if surname == 2 and _is_given(text[start + 1 : start + 3]) and _right(text, start + 3) + left >= 3:
        return start + 3
    for length in (surname + 2, surname + 1):
        word = text[start : start + length]
        if len(word) < length or not _is_given(word[surname:]):
            continue
        common = surname == 1 and word[:2] in COMMON
        if length == 3 and word[1] == word[2] != word[0] and left + _right(text, start + 3) >= 3:
            return start + 3
        if length == 3 and (
            word[1:] in _TITLES_BEHIND
            or (word[1:] in COMMON and left < 2)
            or (word[0] in _ALSO_WORDS and word[1:] in common_words())
        ):
            continue
        right = _right(text, start + length)
        if (
            length == 3
            and word[2] in "两二三四五六七八九十等"
            and text[start + 3 : start + 4] in ("人", "位", "名")
        ):
            continue
        if left == 2 and not right and length == 3 and text[start + 3 : start + 5] in common_words():
            right = 0 if _right(text, start + 2) else 1
        if (
            length == 3
            and surname == 1
            and right
            and all(c in _NAME_LETTERS for c in word[1:])
            and not common
        ):
            return start + length
        if right and left + right >= (
            4
            if common and length == 3
            else 9
            if common
            else 2
            if length == 3 and (surname == 2 or text[start] not in _ALSO_WORDS)
            else 3
        ):
            return start + length
    return 0


def _is_given(word: str) -> bool:
    return bool(word) and all(c not in _GRAMMAR and _HANZI.match(c) for c in word)


def _left(text: str, start: int, found: list[tuple[int, int]]) -> int:
    """How well the place before `start` suits a name: 2 surely, 1 perhaps, 0 not."""
    before = text[max(0, start - 6) : start]
    if not before:
        return 1
    if text[start] == "任" and _OFFICE.match(text, start - 1):
        return 0
    if before[-1] == "§" or before.endswith(_TITLE):
        return 2
    if (
        before[-1] in "、和与及跟,&"
        and len(before) > 1
        and (before[-2] == "¤" or any(end == start - 1 for _, end in found))
    ):
        return 2
    if before[-1] == "," and before[:-1].endswith((*_TITLE, "人", "者", "位")):
        return 2
    if before.endswith(("离职的", "离任的", "卸任的", "辞职的", "离开的")):
        return 2
    if before.endswith("的") and "§" in text[max(0, start - 10) : start]:
        return 2
    if not _HANZI.match(before[-1]) or before.endswith(_LINK):
        return 1
    return 0


def _right(text: str, end: int) -> int:
    """How well the place behind a name suits one: 2 surely, 1 perhaps, 0 not."""
    after = text[end : end + 8].lstrip(" ")
    if after.startswith(_DEED):
        return 2
    if not after or not _HANZI.match(after[0]) or after.startswith(_AFTER):
        return 1
    return 0


def _listed(text: str) -> list[tuple[int, int]]:
    """Two letters in the place of a name in a list of news: 'X, gone; Y, still here; ZZ, they say ...'."""
    if not _LIST.search(text):
        return []
    return [
        m.span(1)
        for m in _ENTRY.finditer(text)
        if m.group(1)[0] in SURNAMES and m.group(1) not in COMMON and _is_given(m.group(1)[1:])
    ]


def _again(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the names found stand once more."""
    more = []
    for name in {text[start:end] for start, end in found if end - start > 2}:
        more += [m.span() for m in re.finditer(re.escape(name), text)]
    return more
