"""Word lists that the readers share, all folded: companies, titles, surnames, what is no name."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


# Other organisations that texts about AI labs name; a departure from one of them is not ours.
COMPANIES = words(
    """openai anthropic google deepmind gemini meta facebook microsoft apple amazon aws nvidia xai tesla mistral cohere
    huggingface baidu tencent bytedance doubao deepseek moonshot kimi zhipu minimax stepfun baichuan 01.ai huawei
    xiaomi meituan jd didi kuaishou sensetime megvii iflytek samsung sony ibm intel amd oracle salesforce uber lyft airbnb netflix
    twitter linkedin tiktok spotify stripe databricks snowflake perplexity stability runway midjourney adept inflection
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
    """logistics pictures health sports music literature games gaming films film pharmacy retail grocery express
    mobility ventures capital bank insurance travel foundation hospital supermarkets motors entertainment"""
)
OTHER_UNITS_ZH = (
    "健康", "影业", "影業", "物流", "体育", "音乐", "音樂", "文学网", "游戏", "文娱", "本地生活", "零售", "旅行", "拍卖", "公益", "大药房",
    "足球", "超市", "医疗", "汽车",
)  # fmt: skip

NOT_NAMES = words(
    """the a an and or but so if when while why how what who where which that this these those as at by for from in into
    of off on onto out over to up with without about after before since until till under than because is are was were be
    been has have had do does did will would can could may might must should not no yes oh wow hey hi hello dear mr mrs
    ms dr prof professor sir thank thanks goodbye farewell bye congrats congratulations breaking confirmed rumor rumour
    rumours rumors update exclusive report reports reportedly source sources news scoop opinion analysis watch see read
    just now today yesterday tomorrow tonight still even also only both either neither then there here maybe perhaps
    apparently sadly finally officially well losing lose loses lost poached fired sacked ousted hire hires hired
    replaces replacing says said say former ex lead leader head boss chief researcher research scientist engineer engineering lab
    labs team company colleague founder co-founder cofounder architect veteran star top senior principal staff tech technical technology vp cto ceo coo
    cfo president director manager officer executive chairman january february march april june july august september
    october november december monday tuesday wednesday thursday friday saturday sunday ai ml nlp llm api cloud model
    models x twitter bluesky mastodon reddit github linkedin wechat weibo beijing shanghai hangzhou shenzhen singapore
    hong kong china chinese london berlin paris tokyo york san francisco silicon valley university institute college school
    departs leaves left leaving quits quit resigns resigned exits exit steps stepped joins joined stays denies announces
    departure departures resignation big tech open source rest happy sad he she they we you i my our your his her their its it
    post-training pre-training safety alignment vision speech coder agents group division department unit rip rt qt fyi psa
    hugging face code data product wow welcome meet new another old great deep learning machine artificial intelligence
    inc ltd corp llc gmbh media post times wire street journal daily herald bloomberg reuters moves goes says"""
)

TITLES_ZH = (
    "负责人", "負責人", "研究员", "研究員", "工程师", "工程師", "科学家", "科學家", "成员", "成員", "员工", "員工", "主管", "总监", "總監",
    "总裁", "總裁", "经理", "專家", "专家", "架构师", "leader", "组长", "組長", "同事", "大佬", "大神", "核心", "骨干", "领导", "老师",
    "的", "说", "是", "和", "与", "跟", "及", "、", "对", "后", "传", "听说", "聽說", "据说", "网传", "挖走", "开除", "接替", "前员工", "高管", "一员", "大将",
    "技术负责人", "离职的", "算法", "欢迎", "恭喜", "祝", "送别", "告别", "失去", "爆料", "称", "据", "证实", "團隊", "团队", "博士",
)  # fmt: skip
SURNAMES = words(
    """王 李 张 張 刘 劉 陈 陳 杨 楊 赵 趙 黄 黃 周 吴 吳 徐 孙 孫 胡 朱 高 林 何 郭 马 馬 罗 羅 梁 宋 郑 鄭 谢 謝 韩 韓 唐 冯 馮
    于 董 萧 蕭 程 曹 袁 邓 鄧 许 許 傅 沈 曾 彭 吕 呂 苏 蘇 卢 盧 蒋 蔣 蔡 贾 賈 丁 魏 薛 叶 葉 阎 余 潘 杜 戴 夏 钟 鍾 汪 田 任 姜
    范 方 石 姚 谭 譚 廖 邹 鄒 熊 金 陆 陸 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 顧 侯 邵 孟 龙 龍 万 萬 段 雷 钱 錢 汤 湯 尹 黎 易 常 武 乔 喬
    贺 賀 赖 賴 龚 龔 文 庞 龐 樊 兰 蘭 殷 施 陶 洪 翟 安 颜 顏 倪 严 嚴 牛 温 溫 芦 季 俞 章 鲁 魯 葛 伍 韦 韋 申 尤 毕 畢 聂 聶 丛 焦
    向 柳 邢 路 岳 齐 齊 沿 梅 莫 庄 莊 辛 管 祝 左 涂 谷 祁 时 舒 耿 牟 卜 路 詹 关 關 苗 凌 费 費 纪 紀 靳 盛 童 欧 歐 甄 项 項 曲 成 游
    阳 裴 席 卫 衛 查 屈 鲍 鮑 位 覃 霍 翁 隋 植 甘 景 薄 单 單 包 司 柏 宁 寧 柯 阮 桂 闵 欧阳 歐陽 解 强 柴 华 華 车 車 冉 房 边 邊
    邝 鄺 惠 郁 司马 上官 诸葛 諸葛 司徒 东方 慕容 尉迟 令狐 皇甫 南宫 罗 桑 滕 匡 娄 婁 蓝 藍 佟 褚 晏 楚 池 喻 苟 丘 商 芮 羿 翊"""
)
