"""Word lists for telling a watched person from a namesake, all folded. Nothing here names anybody."""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Occupations that, right before or after a name, show a namesake whatever the watchlist says.
OCCUPATIONS = _set(
    """chef cook baker violinist cellist pianist concertmaster conductor soprano tenor singer actor actress
    drummer guitarist dancer ballerina painter sculptor comedian filmmaker footballer striker goalkeeper
    defender midfielder forward pitcher quarterback swimmer gymnast sprinter boxer jockey coach referee
    sheriff mayor senator councillor councilman alderman magistrate bishop pastor priest dentist
    badminton tennis baseball hockey rugby golfer athlete skater rapper novelist poet orthodontist dermatologist
    veterinarian vet nurse surgeon midwife butcher barber florist realtor farmer plumber electrician"""
)
OCCUPATIONS_ZH = (
    "演员", "演員", "歌手", "主厨", "主廚", "厨师", "廚師", "钢琴家", "鋼琴家", "小提琴手", "指挥家", "县长", "縣長",
    "副县长", "镇长", "村支书", "局长", "书记", "中学教师", "球员", "球員", "前锋", "门将", "主教练", "导演", "導演",
    "画家", "畫家", "作家", "诗人", "医生", "醫生", "律师", "律師", "运动员", "選手", "棋手", "理发师", "裁判", "教练", "司机", "校长", "村长", "镇长", "护士", "主持人", "网红", "民警", "法官", "检察官", "琴师", "指挥", "舞者", "舞蹈家", "男高音", "女高音", "消防员", "厂长", "院长", "农民", "老板娘",
)  # fmt: skip

# Walks of life that are not an AI lab's: where the text names no organisation, a full name among them is a namesake's.
WALKS = _set(
    """orchestra sinfonia philharmonic symphony quartet quintet choir violin viola cello oboe trombone saxophone
    boyband band's bandmates frontman orthodontics orthodontist optometry podiatry chiropractic g-league badminton dental dentistry molars clinic patients hospice pharmacy veterinary
    midwifery lacrosse hamstring mins goalless whistle touchline dugout striker midfield wicket parish diocese
    vicar cathedral mosque temple congregation sermon mayor borough township sheriff constable senate constituency
    hawker wok brasserie butcher sourdough michelin pupils headteacher kindergarten preschool gcse watercolours
    ceramics pottery potter loom allotment plumbing roofing carpentry barbershop hairdresser florist"""
)
WALKS_ZH = (
    "乐团", "樂團", "管乐", "管樂", "交响", "国交", "提琴", "唢呐", "剧团", "劇團", "剧院", "话剧", "戏曲", "京剧", "越剧", "文工团", "舞团", "歌舞",
    "诊所", "診所", "口腔", "牙科", "牙医", "中医", "门诊", "卫生院", "病人", "患者",
    "小学", "小學", "中学", "中學", "一中", "二中", "三中", "附中", "幼儿园", "讲台", "语文老师", "数学老师", "体育老师", "英语老师", "班主任", "教导主任",
    "球队", "球隊", "联赛", "主场", "进球", "锦标赛", "全运会", "奥运", "田径", "游泳队", "篮球", "足球", "乒乓", "羽毛球",
    "县委", "县文联", "文联", "镇政府", "村委", "街道办", "派出所", "法院", "检察院", "纪委", "人大", "政协", "居委",
    "餐厅", "餐館", "饭店", "酒楼", "火锅店", "面馆", "厨房", "米其林", "夜市", "小吃", "茶楼", "菜市场",
    "书法", "画展", "诗集", "小说家", "话筒", "演唱会", "专辑", "粉丝见面会", "综艺", "剧组",
    "公交", "出租车", "渔船", "农场", "果园", "养殖", "合作社", "寺", "教堂", "汽笛", "引颈", "蝉", "鹤",
)  # fmt: skip
# What people of other trades do: 'the one who sings'.
DOING_ZH = (
    "唱歌", "拉琴", "弹琴", "吹唢呐", "写小说", "写诗", "写网文", "教书", "教语文", "教数学", "教体育", "开店", "开饭馆", "开面馆", "演戏", "演员", "拍戏", "说相声", "踢球", "打球",
    "画画", "跳舞", "看病", "拔牙", "卖菜", "卖房", "种地", "养猪", "钓鱼", "主持节目", "播新闻", "开出租", "开公交", "当兵", "修车", "剪头", "做菜", "烧菜", "唱戏", "唱京剧", "送快递", "跑龙套", "当老师",
)  # fmt: skip
# Words of the trade: with one of them in the text a full name is not taken for a namesake's by its walk of life.
TRADE = _set(
    """ai ml llm llms model models gpu gpus lab labs research researcher researchers engineer engineers startup tech
    code coder coding open-source github benchmark benchmarks tokens tokenizer training inference paper papers arxiv
    nlp agent agents algorithm algorithms deep-learning founder openai anthropic google deepmind meta bytedance"""
)
TRADE_ZH = (
    "模型",
    "算法",
    "开源",
    "開源",
    "大厂",
    "研究员",
    "工程师",
    "代码",
    "技术",
    "论文",
    "显卡",
    "训练",
    "推理",
    "创业",
    "人工智能",
    "智能",
    "科技",
    "字节",
)

# Signs that a text sets two people of one name apart.
NAMESAKE_SIGNS = (
    "namesake", "no relation", "not related", "unrelated to", "same name", "shares a name", "share a name",
    "shares his name", "shares her name", "not to be confused", "different person", "different guy",
    "different one", "wrong guy", "wrong person", "not that one", "name twin", "common name",
    "同名", "重名", "同姓同名", "撞名", "此人非", "不是同一个人", "非同一人", "别认错",
    "認錯", "认错人",
)  # fmt: skip
RULED_OUT_BEFORE = (
    "另一个", "另一位", "另一個",
    "no relation to", "not", "not the", "unrelated to", "confused with", "confuse with", "confuse him with",
    "confuse her with", "confuse them with", "mistake him for", "mistaken for", "different from",
    "namesake of", "isn't", "isn't the", "is not", "is not the", "wasn't", "wasn't the", "nor",
    "nothing to do with", "shares a name with", "shares his name with", "shares her name with",
    "same name as", "不是", "并非", "並非", "非", "和", "与", "跟", "不同于",
)  # fmt: skip

# Words that are often written with a capital and yet are no part of the name that follows or precedes.
COMMON_CAPITALISED = _set(
    """cheers kudos props respect bravo hats salute sorry legend king goat huge first second third next last another more big huge great love heartbroken poor only even a an the and or but so if when while why how what who where which that this these those as at by for
    from in into of off on onto out over to up with without about after before since until till under
    than because is are was were be been has have had do does did will would can could may might must
    should not no yes oh wow ok okay hey hi hello dear mr mrs ms dr prof professor sir miss thank thanks
    thx goodbye farewell bye congrats congratulations breaking confirmed rumor rumour rumours rumors
    update exclusive report reports reportedly report: sources source news scoop opinion analysis watch
    see read just now today yesterday tomorrow tonight still even also only both either neither then
    there here maybe perhaps apparently sadly finally officially well losing lose loses lost poor
    poached fired sacked ousted hire hires hired replaces replacing replace meet ask asked ask: says
    said say tell told thanks: former ex ex- lead leader head boss chief researcher scientist engineer
    lab team company colleague colleagues founder architect veteran star top senior principal staff tech
    technical vp cto ceo happy sad i we you he she they my our your his her their it its rip re qt rt
    via cc fyi psa imo tl guys folks team everyone supposedly reportedly allegedly rumored rumoured presumably basically
    literally honestly suddenly quietly clearly probably possibly definitely obviously someone somebody january february march april june july august september october november
    december monday tuesday wednesday thursday friday saturday sunday departs leaves left leaving quits
    quit resigns resigned exits exit gone steps stepped joins joined stays denies confirms announces
    departure resignation goes moves speaks talks keynote explains talk interview s ai ml nlp llm llms
    post goodbye: welcome behind inside like unlike against between during despite following says:"""
)
FIRST_ZH = ("我", "本人", "俺", "咱", "自己", "在下", "鄙人")

# How a sentence starts when its subject, the author, is left out.
DROPPED_START = _set(
    """stepping leaving moving starting joining taking turning handing handed packing packed signing
    heading saying turned quit resigned left stepped joined moved started retired departed finished
    wrapped hung finally officially gone back done off-duty unemployed grateful thankful proud excited
    thrilled happy humbled honoured honored sad stoked feeling still can't cannot won't couldn't never
    going logging ooo on off last final new today about just time thanks got had been made spent gave
    learned decided need needed lost found hiring hosting looking hoping giving speaking talking writing
    drinking eating flying travelling traveling sleeping working teaching so"""
)
DROPPED_PHRASES = (
    "out of office", "noped", "peaced out", "dipped", "bailed", "bye ", "goodbye", "farewell", "so long", "out of ", "last day", "final day", "new chapter", "next chapter", "new job", "day one", "day 1",
    "free agent", "no longer", "on leave", "on holiday", "on vacation", "signing off", "that's a wrap",
    "not going anywhere", "not leaving", "gone fishing", "one last", "will be", "off to",
)  # fmt: skip
DROPPED_ZH = (
    "离开", "離開", "离职", "離職", "辞职", "辭職", "卸任", "毕业", "畢業", "再见", "再見", "告别", "告別", "最后一天", "最後一天",
    "休假", "请假", "請假", "出差", "刚", "剛", "已", "终于", "終於", "今天", "昨天", "明天", "今晚", "昨晚", "正式", "准备", "打算",
    "辞了", "辭了", "不更了", "没有下家", "写完", "感谢", "感謝", "谢谢", "謝謝", "下一站", "新的开始", "跑路", "不干了", "提桶", "工牌", "交接", "下车", "最后", "拜拜", "到此为止", "句号", "辞呈", "还在", "還在", "没走", "沒走", "没离", "沒離", "不走",
)  # fmt: skip

# A word that goes on over the end of what looks like a name.
LETTERS_AFTER_ZH = frozenset("院社系馆")
# Words of two letters that end with a letter which is a surname or begins a given name: the name begins in the word.
WORDS_OVER_ZH = _set(
    """告白 表白 明白 坦白 空白 苍白 洁白 直白 独白 对白 黑白 旁白 雪白 发白 清白 留白 补白 蛋白 惨白 泛白 漂白 花白 自白 辩白 卖白 净白 纯白 灰白
    提高 升高 最高 崇高 增高 身高 拔高 引高 登高 偏高 较高 更高 很高 太高 孤高 清高 跳高 至高 极高 颈高 笛高 声高 升高 走高 冲高 创高 新高 楼高 月高 年高 齐高 山高
    北宋 南宋 唐宋 仿宋 两宋 刘宋 辽宋
    森林 园林 树林 竹林 丛林 山林 绿林 吉林 桂林 玉林 武林 少林 造林 护林 士林 杏林 榆林 椰林 密林 柏林
    四周 上周 下周 本周 一周 每周 这周 两周 几周 半周 圆周 双周 单周 三周 上上周 前周 隔周 整周 首周 末周 次周 当周 那周 近周 过周 六周
    金黄 枯黄 扫黄 蛋黄 昏黄 发黄 泛黄 国王 帝王 霸王 大王 女王 天王 称王 君王 阎王 擂王 紧张 夸张 扩张 主张 嚣张 慌张 纸张 开张 声张 铺张 伸张 行李 桃李 新陈 推陈
    资金 基金 现金 奖金 租金 薪金 黄金 押金 定金 罚金 罗马 人马 牛马 骏马 立马 赛马 骑马 司马 兵马 车马 机关 相关 有关 无关 海关 难关 闯关 攻关 通关 过关 把关 公关 网关 开关
    优惠 实惠 贤惠 恩惠 互惠 普惠 特惠 受惠 馥郁 忧郁 浓郁 抑郁 葱郁 知识渊博 微博 渊博 广博 赌博 脉搏 网易 容易 交易 贸易 简易 平易 不易 轻易 变易 好易
    保安 平安 公安 治安 西安 长安 早安 晚安 不安 天安 同安 方方 地方 对方 官方 东方 双方 大方 前方 后方 四方 多方 配方 警方 校方 资方 甲方 乙方 各方 远方 单方 军方 我方 他方"""
)
# What is done behind such letters with a sound, and not by a person.
SOUNDS_AFTER_ZH = ("三声", "不止", "不已", "一声", "阵阵", "数声", "之声", "声中", "几声", "两声")

THANKS_ZH = ("感谢", "感謝", "谢谢", "謝謝", "多谢", "多謝", "致谢", "致謝", "答谢", "鸣谢", "拜谢")

# Where somebody of a given name works who is no researcher: 'X from accounting'.
OFFICES = _set(
    "accounting accounts payroll sales hr marketing legal finance reception procurement logistics catering facilities"
)

# Surnames that stand before a two-character given name and make it another person's.
SURNAMES_ZH = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱郭何罗羅郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭萧蕭蔡潘"
    "田董袁余叶葉杜苏蘇魏程吕呂丁沈任姚卢盧姜崔谭譚陆陸汪范石廖贾賈韦韋傅邹鄒熊孟秦邱侯江尹薛闫雷贺賀龙龍"
    "陶黎毛郝龚龔邵钱錢覃顾顧赖賴洪莫孔汤湯康施牛樊葛邢齐齊伍庞龐申翟辛岳倪殷祝左柳章鲁聂聶郁惠裴"
)
# Those that are words too count where a clause begins.
CLAUSE_SURNAMES_ZH = frozenset("于向万方高成安常金钟管包关路付白尤简单文")
# Rarer ones, which a typing error in a surname must not be taken for.
RARE_SURNAMES_ZH = frozenset(
    "于俞喻玉禹虞尉庾豫柏闻温蔺凌麟阳羊仰源袁苑元原昌常薄伯博步卜军均辉慧徽滨彬皋明名宁文问"
)
