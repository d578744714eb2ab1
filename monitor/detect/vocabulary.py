"""Word lists that the readers share, all folded: companies, titles, surnames, what is no name."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# Other organisations that texts about AI labs name; a departure from one of them is not ours.
COMPANIES = words(
    """openai anthropic google deepmind gemini meta facebook microsoft apple amazon aws nvidia xai tesla mistral cohere
    huggingface baidu tencent bytedance doubao deepseek moonshot kimi zhipu minimax stepfun baichuan 01.ai huawei
    xiaomi meituan jd didi kuaishou sensetime megvii iflytek samsung sony ibm intel amd oracle salesforce uber lyft airbnb netflix
    twitter linkedin tiktok spotify stripe databricks snowflake perplexity stability runway midjourney adept inflection
    goldman sachs morgan stanley citigroup softbank blackrock jpmorgan hsbc nomura ubs barclays santander
    taobao tmall cainiao freshippo hema ant alipay lazada aliexpress eleme amap youku dingtalk damo trendyol lingshou
    """
)
COMPANIES_ZH = (
    "谷歌", "微软", "微軟", "苹果", "亚马逊", "英伟达", "百度", "腾讯", "騰訊", "字节", "豆包", "智谱", "月之暗面", "阶跃星辰", "百川",
    "深度求索", "华为", "華為", "小米", "美团", "京东", "滴滴", "快手", "商汤", "旷视", "科大讯飞", "淘宝", "天猫", "菜鸟", "盒马",
    "蚂蚁", "支付宝", "饿了么", "高德", "优酷", "钉钉", "达摩院", "零一万物", "面壁", "稀宇", "网易", "拼多多", "特斯拉", "三星",
)  # fmt: skip

# Parts of a group that are not the lab: "X Logistics", "X 影业".
OTHER_UNITS = words(
    """logistics pictures health sports music literature games gaming films film pharmacy retail grocery
    express parcels parcel couriers courier foods telecom airlines airways fc shipping freight leasing depot
    warehouse warehouses arena stadium rovers football hotels clinics cinema cinemas ferries trucks taxi
    bikes farms studios stores payments finance mobility ventures capital bank insurance travel foundation
    hospital supermarkets motors entertainment"""
)
# The same, where it stands right behind the name of the group: "X Fresh", "X's parcels".
ARMS = OTHER_UNITS | words(
    """delivery deliveries fresh energy united records pay property properties homes rides market markets
    mart mall toys tv radio outlet outlets"""
)
OTHER_UNITS_ZH = (
    "健康", "影业", "影業", "物流", "体育", "音乐", "音樂", "文学网", "游戏", "文娱", "本地生活", "零售", "旅行", "拍卖", "公益", "大药房",
    "足球", "超市", "医疗", "汽车", "优选", "快送", "闪送", "跑腿", "片区", "大区", "旗下", "便利店", "物业", "地产", "小贷", "影城", "乐园", "生鲜", "商城", "快递", "仓储", "门店", "优品", "买菜", "社区团购",
)  # fmt: skip

NOT_NAMES = words(
    """the a an and or but so if when while why how what who where which that this these those as at by for
    from in into of off on onto out over to up with without about after before since until till under than
    because is are was were be been has have had do does did will would can could may might must should not
    no yes oh wow hey hi hello dear mr mrs ms dr prof professor sir thank thanks goodbye farewell bye
    congrats congratulations breaking confirmed rumor rumour rumours rumors update exclusive report reports
    reportedly source sources news scoop opinion analysis watch see read just now today yesterday tomorrow
    tonight still even also only both either neither then there here maybe perhaps apparently sadly finally
    officially well losing lose loses lost poached fired sacked ousted hire hires hired replaces replacing
    says said say former ex lead leader head boss chief researcher research scientist engineer engineering
    lab labs team company colleague founder co-founder cofounder architect veteran star top senior principal
    staff tech technical technology vp cto ceo coo cfo president director manager officer executive chairman
    january february march april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday ai ml nlp llm api cloud model models x twitter bluesky
    mastodon reddit github linkedin wechat weibo beijing shanghai hangzhou shenzhen singapore hong kong
    china chinese london berlin paris tokyo york san francisco silicon valley university institute college
    school departs leaves left leaving quits quit resigns resigned exits exit steps stepped joins joined
    stays denies announces departure departures resignation big open rest happy sad he she they we you i my
    our your his her their its it post-training pre-training safety alignment vision speech coder agents
    group division department unit rip rt qt fyi psa hugging face code data product welcome meet new another
    old great deep learning machine artificial intelligence inc ltd corp llc gmbh media post times wire
    capital ventures venture partners fund funds holdings investments investors equity securities asset
    management trust bank brokers guys folks friends everyone everybody nobody dude bro man lads lol omg wtf
    damn poor uncle auntie aunt captain legend signed sellers buyers fee gossip insiders anon sorry huge win
    loss supposedly allegedly presumably probably possibly likely hearing heard word guess names desk street
    journal daily herald bloomberg reuters moves goes"""
)

# English verbs with the forms that do not follow the rule.
IRREGULAR = {
    verb: tuple(rest)
    for verb, *rest in (
        line.split()
        for line in """be is was were been am are being
    bid bids bade bidding
    break breaks broke broken breaking
    bring brings brought bringing
    come comes came coming
    cut cuts cutting
    do does did done doing
    draw draws drew drawn drawing
    find finds found finding
    flee flees fled fleeing
    fly flies flew flown flying
    get gets got gotten getting
    give gives gave given giving
    go goes went gone going
    hang hangs hung hanging
    have has had having
    hit hits hitting
    lead leads led leading
    leave leaves left leaving
    let lets letting
    lose loses lost losing
    make makes made making
    put puts putting
    ride rides rode ridden riding
    run runs ran running
    say says said saying
    send sends sent sending
    shoot shoots shot shooting
    shut shuts shutting
    sing sings sang sung singing
    sling slings slung slinging
    slide slides slid sliding
    split splits splitting
    swear swears swore sworn swearing
    take takes took taken taking
    tear tears tore torn tearing
    tell tells told telling
    think thinks thought thinking
    throw throws threw thrown throwing
    write writes wrote written writing
    steal steals stole stolen stealing
    stick sticks stuck sticking
    stand stands stood standing
    keep keeps kept keeping
    hold holds held holding
    eye eyes eyed eyeing eying
    up ups upped upping
    bind binds bound binding
    blow blows blew blown blowing
    buy buys bought buying
    become becomes became becoming
    begin begins began begun beginning
    drive drives drove driven driving
    lay lays laid laying
    meet meets met meeting
    pay pays paid paying
    post posts posted posting
    see sees saw seen seeing
    sell sells sold selling
    sit sits sat sitting
    spin spins spun spinning
    spread spreads spreading
    wind winds wound winding
    rid rids ridding
    demit demits demitted demitting
    kiss kisses kissed kissing
    unplug unplugs unplugged unplugging
    acquihire acquihires acquihired acquihiring
    shake shakes shook shaken shaking
    forsake forsakes forsook forsaken forsaking
    rehire rehires rehired rehiring
    choose chooses chose chosen choosing
    withdraw withdraws withdrew withdrawn withdrawing
    quit quits quitted quitting
    swim swims swam swum swimming""".splitlines()
    )
}

SURNAMES = words(
    """王 李 张 張 刘 劉 陈 陳 杨 楊 赵 趙 黄 黃 周 吴 吳 徐 孙 孫 胡 朱 高 林 何 郭 马 馬 罗 羅 梁 宋 郑 鄭 谢 謝 韩 韓 唐 冯 馮
    于 董 萧 蕭 程 曹 袁 邓 鄧 许 許 傅 沈 曾 彭 吕 呂 苏 蘇 卢 盧 蒋 蔣 蔡 贾 賈 丁 魏 薛 叶 葉 阎 余 潘 杜 戴 夏 钟 鍾 汪 田 任 姜
    范 方 石 姚 谭 譚 廖 邹 鄒 熊 金 陆 陸 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 顧 侯 邵 孟 龙 龍 万 萬 段 雷 钱 錢 汤 湯 尹 黎 易 常 武 乔 喬
    贺 賀 赖 賴 龚 龔 文 庞 龐 樊 兰 蘭 殷 施 陶 洪 翟 安 颜 顏 倪 严 嚴 牛 温 溫 芦 季 俞 章 鲁 魯 葛 伍 韦 韋 申 尤 毕 畢 聂 聶 丛 焦
    向 柳 邢 路 岳 齐 齊 沿 梅 莫 庄 莊 辛 管 祝 左 涂 谷 祁 时 舒 耿 牟 卜 路 詹 关 關 苗 凌 费 費 纪 紀 靳 盛 童 欧 歐 甄 项 項 曲 成 游
    阳 裴 席 卫 衛 查 屈 鲍 鮑 位 覃 霍 翁 隋 植 甘 景 薄 单 單 包 司 柏 宁 寧 柯 阮 桂 闵 欧阳 歐陽 解 强 柴 华 華 车 車 冉 房 边 邊
    邝 鄺 惠 郁 司马 上官 诸葛 諸葛 司徒 东方 慕容 尉迟 令狐 皇甫 南宫 罗 桑 滕 匡 娄 婁 蓝 藍 佟 褚 晏 楚 池 喻 苟 丘 商 芮 羿 翊 简 簡 穆 蔺 骆 駱 戚 卓 裘 缪 饶 饒 瞿 郎 郜 鄢 蒲 麦 麥 岑 伊 巫 阚 闞 冼 郗 晋 寇 谌 諶 仇 仲 佘 沙 敬 古 巩 鞏 燕 尚 虞 狄 荣 榮 邬 鄔 储 儲 闻 聞 封 滕 濮 尉 钮 占 宓 屠 鞠 蒙 卞 邰 杭 仝 苑 胥 荆 晁
    邴 牧 隗 班 秋 宫 栾 厉 戎 祖 符 束 韶 计 付 宿 鄂 索 籍 阴 苍 莘 党 贡 劳 姬 扶 宰 郦 雍 扈 冀 茹 习 宦 艾 容 慎 戈 庾 暨 衡 步 弘 阙 蔚 隆 敖 冷 訾 丰 巢 蒯 竺 桓 连 佴
    荀 汲 糜 焦 弓 仰 幸 溥 咸 寿 璩 浦 匡 夔 勾 郏 逯 权 麻 缑 栗 禹 邸 展 米 由 尧 昝 楼 帅 斯 沐 甯 练 母 税 荔 苻 衣 覃 占 修 雒 郄
    窦 竇 臧 嵇 茅 郇 谯 揭 訚 蔄 应 應 喬 沃 郏 郜 桥 鹿 雨 逄 亓 楮 霜
    钟离 闻人 夏侯 端木 百里 东郭 独孤 公孙 轩辕 长孙 宇文 鲜于 澹台 呼延 赫连 濮阳 申屠 纳兰 完颜"""
)
