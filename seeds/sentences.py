"""The sentences that invent.py deals out: thanks, questions, charts, wishes. None says that somebody goes.

{who} is a full name or a known handle, {short} a short name (such a sentence names Qwen as well).
"""

_ANY_EN = """\
Huge thanks to {who} and everyone at Qwen for keeping the weights open.
I run {model} on {box} and it still feels like magic. Thank you {who}!
Does {model} fit on {box}? Asking {who} and whoever has tried it.
{who} if you ever read this: my students love {model}.
Small benchmark chart of {model} on {box}: {n} tokens/s. Nice work {who} & team
Would love to hear a talk by {who} about how {model} was trained.
Thank you {short}, thank you Qwen. That is the whole post.
Wrote a little {task} with {model} this weekend. Thanks {who}, open weights are a gift.
Coffee and the report on {model}. So clearly written, cheers {who}
Question for {who}: which quantization do you like for {model} on {box}?
My grandmother now chats in {tongue} with {model}. I wish I could show {who} her smile.
Honestly {who} deserves a medal for what open models did for {tongue}.
{n} tok/s with {model} on {box}, fan noise included. Cheers {who}
Can somebody (hi {who}) share a minimal config for serving {model} with a long context?
Put {model} into our {task}; the team is happy. Kudos to {who} and the Qwen folks.
A love letter to open weights, to {who}, and to {box} that refuses to melt.
If {who} gives a talk in my town I am bringing cake.
{model} understands my {tongue} better than I do. Respect, {who}.
Plotted latency against batch size for {model}, chart below. Tagging {who} because it is pretty.
What is the recommended temperature for {model} in thinking mode? Hints welcome, {who}
Fine-tuned {model} on {n} recipes in {tongue}. It works! Thanks {who}
I learned more from the Qwen repos than from my textbooks. {who}, thank you.
Anyone else grateful to {short} and the Qwen crew this morning?
The docs for {model} are so good. Whoever wrote them, and {who}: hug.
My first pull request ever was a typo fix in a Qwen readme. Greetings to {short} and everyone there!
hey {who}, is there a chat template for tools in {model}? the example in the readme helped a lot already
Made a sticker that says "open weights, open heart". First one is for {who}.
Here is my chart: {model} against {n} questions in {tongue}. Very good for its size. Well done {who}!
Qwen release notes that a human can read, I am in love. Cheers {short}
Open source is people. Thank you {who}.
Our meetup in {town} reads the {model} paper on Thursday. {who}, greetings from all of us!
Four lines of code and {model} answers in {tongue}. {who} and friends, you are wonderful.
Running {model} in a school in {town}, offline, on {box}. Thanks from 23 kids, {who}
Is {model} fine with a 32k context on {box}, or should I take a smaller one? cc {who}
Today's gratitude list: tea, rain, {who}, {model}.
Hats off to {who}. {model} made my {task} possible.
Dear {who}, your models taught me what a tokenizer is. Thank you from {town}.
Just a fan of {who}, posting a fan post.
{model} + {box} + a quiet evening = happiness. Thanks {short} and Qwen!
I would pay for a ticket to hear {who} explain the data mix of {model}.
Thanks to {who} the phrase "runs on my laptop" is a compliment now.
Which of the Qwen models would you take for a {task} in {tongue}? {short}, feel free to chime in :)
Two benchmarks, one chart, zero surprises: {model} is great. Greetings to {who}.
"""

_LIN_EN = """\
Grateful to {who}, tech lead of Qwen, for showing how open source is done.
{who}'s Qwen is the reason I started with machine learning at 41.
The whole {town} AI meetup says hi to {who} and the Qwen team!
{who} + open weights = a better web. That's it.
Qwen is the model family I recommend to everyone. Thanks for leading it so kindly, {short}.
Looking forward to any talk {who} wants to give about Qwen and small models.
@JustinLin610 thanks for {model}, my thesis runs on it
Sending good vibes to {short} and the Qwen team from {town}.
Junyang Lin and Binyuan Hui, thank you both for Qwen!
Baked a cake in the shape of the Qwen logo. A slice for Junyang Lin, a slice for me.
Thank you @JustinLin610 for treating hobbyists like colleagues.
"""

_HUI_EN = """\
{who}, the coder models are pure joy. Thank you!
Let {model} write my unit tests all afternoon. Thanks {who}, I owe you a coffee.
{who}'s coder models on {box}: {n} tok/s and green tests.
Question to {who}: does the Qwen coder support fill-in-the-middle for Rust?
Coding with Qwen at night, thanking {short} in the commit message.
I would love a workshop on code models by {who}.
Benchmarked the Qwen coder on my own {n} bugs. {short}, it is a beauty, chart attached.
@huybery any tips for running the coder model inside an editor on {box}?
My cat and I agree: {who} makes the best coder models.
Thanks to {who} even our legacy COBOL has comments now.
My favourite bedtime reading: the Qwen coder report. Sweet dreams, {who}.
"""

_YU_EN = """\
{who} on post-training is always worth my time.
Reading about post-training at Qwen. {who} and team, this is elegant.
Thank you {who}, the instruct models follow instructions like a dream.
Can {who} recommend a paper on reward models for beginners?
Would queue in the rain for a post-training tutorial by {who}.
Post-training is an art. Thanks to {short} and the Qwen team for sharing so much of it.
My chart says that the instruct version of {model} is {n} % politer than I am. Bravo {who}!
{who}, greetings from a reading group in {town}: we talked about alignment all evening.
Yu Bowen, Junyang Lin, Binyuan Hui: thank you for the models, all of you.
How do I reproduce the post-training recipe of {model} on {box}? Any pointer welcome, {who}
"""

_REPLIES_EN = """\
thank you, Junyang. Qwen taught me so much 🙏
Junyang Lin ❤️❤️❤️
Thank you for the models, Junyang Lin!
Respect from {town}, Justin Lin.
@JustinLin610 your work got me into open source. Thank you so much.
I built a {task} with {model}. Thank you, Junyang Lin!
Qwen changed how I learn. Thanks, Junyang.
so much love from the {town} community, @JustinLin610 🫶
You are a legend, Justin Lin.
Junyang Lin, thank you from a beginner who asks too many questions
Open weights forever. Thank you @JustinLin610.
{tongue} speakers thank you, Junyang Lin!
Qwen runs on {box} in my bedroom because of you and the team, Junyang. Thanks!
Grateful for every single checkpoint, @JustinLin610 🫡
A big hug from the reading group in {town}, Junyang Lin.
"""

_MORE_EN = """\
Pictures in the thread.
Code is on my page, MIT licence.
I am a hobbyist, so be gentle with the chart.
Greetings from {box}.
Best toy I have had in years.
For once I am early to something.
It even handles {tongue}, which almost nothing does.
Happy to share the config.
Numbers are from one run, so take them with a grain of salt.
No sponsor, just joy.
Tips welcome!
Now I need more memory and more tea.
"""

_ANY_ZH = """\
感谢{who}和千问团队，一直把权重开源出来。
在{box}上跑{model}，每秒{n}个 token，太香了，谢谢{who}！
请问{who}，{model}用什么量化比较好？我手上是{box}。
{who}的分享什么时候有，我第一个报名。
用{model}做了个{task}，同事都说好，感谢{who}。
{model}的技术报告写得真清楚，向{who}致敬。
谢谢{short}，谢谢千问，谢谢开源。
求教：{model}长上下文怎么部署？{who}有空的话指点一下
我奶奶也会用千问聊天了，想让{short}看看她的笑容。
画了张{model}的跑分图，数据漂亮，给{who}点赞。
{who}真的是开源社区的宝藏。
我们{town}的读书会这周读{model}的论文，问候{who}！
感恩千问，感恩{short}，让学生党也用得起大模型。
{model}对{tongue}的支持太好了，{who}辛苦啦
有没有人在{box}上微调过{model}？顺便谢谢{who}提供这么好的底座
千问社区氛围真好，{short}和大家都很耐心。
今天的快乐是{who}和{model}给的。
粉丝一枚，只想说{who}太棒了！
{model}的工具调用模板怎么写？readme 里的例子很有帮助，感谢{who}
想听{who}讲讲{model}的数据配比，站票也行。
第一次提 PR 就是给千问改错字，谢谢{short}和团队的鼓励。
开源就是人和人的善意，谢谢{who}。
晒一下跑分：{model}，{box}，{n} tok/s。{who}出品，必属精品。
{who}，你们的模型教会了我什么是分词器。
我家娃用{model}学{tongue}，天天开心，谢谢{who}。
给{who}和千问团队比个心
三行代码就能跑起来，{who}和小伙伴们太贴心。
{model}思考模式的温度设多少合适？问问{who}，也问问各位大佬
"""

_LIN_ZH = """\
林俊旸带的千问是我入门大模型的第一课，感谢。
{who}和千问让"本地跑得动"成了一句夸奖。
期待{who}讲讲千问的小模型。
林俊旸、惠彬原，谢谢你们，千问真好用。
@JustinLin610 谢谢你们的{model}，我的毕设靠它
千问是我给朋友推荐最多的模型，谢谢{short}。
来自{town}的问候，{who}，千问团队，大家辛苦了！
{who}对社区的耐心，值得每个开源人学习。
"""

_HUI_ZH = """\
{who}的代码模型真好用，单元测试全靠它。
请教{who}，千问代码模型支持补全中间吗？
深夜写代码，感谢{short}和千问陪我。
跑了{n}个自己的 bug，千问代码模型表现很稳，{short}厉害！
想上一堂{who}的代码模型课。
@huybery 求一个在编辑器里用代码模型的教程，{box}能跑吗
感谢{who}，十年的老代码终于有注释了。
"""

_YU_ZH = """\
{who}的后训练工作，每篇都值得细读。
谢谢{who}，指令模型太听话了。
想请{who}推荐一篇奖励模型的入门论文。
后训练是门手艺，感谢{who}和千问团队的分享。
{who}要是开后训练的讲座，我排队也要听。
千问的指令版本比我还有礼貌，给{who}鼓掌。
郁博文、林俊旸、惠彬原，谢谢你们的模型。
"""

_REPLIES_ZH = """\
谢谢林俊旸 🙏
感谢开源，感谢林俊旸！
致敬 @JustinLin610 🫡
千问陪我写了整本论文，谢谢俊旸。
来自{town}的敬意，林俊旸老师
千问让我爱上了编程，谢谢林俊旸。
林俊旸老师辛苦了，喝杯茶 🍵
❤️ 谢谢老林，谢谢千问
我用{model}做了{task}，谢谢林俊旸和团队。
@JustinLin610 {tongue}用户表示感谢！
"""

_MORE_ZH = """\
图在评论区。
配置可以分享。
只跑了一次，数据仅供参考。
代码开源，欢迎提意见。
纯粉丝，没有广告。
{box}表示很满意。
新手一枚，轻拍。
欢迎交流！
"""


def _split(block: str) -> list[str]:
    return block.splitlines()


def _cards(row: str) -> list[str]:
    return row.split(" | ")


POSTS = {
    "en": {"any": _split(_ANY_EN), "lin": _split(_LIN_EN), "hui": _split(_HUI_EN), "yu": _split(_YU_EN)},
    "zh": {"any": _split(_ANY_ZH), "lin": _split(_LIN_ZH), "hui": _split(_HUI_ZH), "yu": _split(_YU_ZH)},
}
REPLIES = {"en": _split(_REPLIES_EN), "zh": _split(_REPLIES_ZH)}  # to the announcement
ANSWERS = {  # to each other, naming nobody
    "en": _cards(
        "same here ❤️ | love this | This made my day | so true | Which quantization did you use? | "
        "could you share the config? | Beautiful chart! | me too, every day | 🙌 | "
        "Following this thread :) | Works on {box} as well, in case somebody wonders | "
        "I have the same setup, {n} tok/s here | Seconded. Thank you all. | count me in 🎉 | adorable | "
        "Does it do {tongue} too?"
    ),
    "zh": _cards(
        "同感 ❤️ | 说得太好了 | 求配置！ | 哈哈哈哈 | 图真漂亮 | 我也是，每天都用 | 蹲一个教程 | "
        "{box}也能跑，亲测 | 谢谢分享 | 羡慕了 | 太可爱了吧 😊 | +1"
    ),
}
MORE = {"en": _split(_MORE_EN), "zh": _split(_MORE_ZH)}

NAMES = {
    "en": {
        "lin": {
            "who": _cards("Junyang Lin | Junyang Lin | Justin Lin | Lin Junyang | @JustinLin610"),
            "short": _cards("Junyang | Justin | Lin"),
        },
        "hui": {"who": _cards("Binyuan Hui | Binyuan Hui | @huybery"), "short": _cards("Binyuan | Hui")},
        "yu": {"who": _cards("Bowen Yu | Yu Bowen"), "short": ["Bowen"]},
    },
    "zh": {
        "lin": {
            "who": _cards("林俊旸 | 林俊旸 | 林俊旸老师 | 林俊暘 |  Junyang Lin  |  @JustinLin610 "),
            "short": _cards("俊旸 | 老林 |  Junyang "),
        },
        "hui": {"who": _cards("惠彬原 | 惠彬原 |  Binyuan Hui "), "short": ["彬原"]},
        "yu": {"who": _cards("郁博文 | 郁博文 | 郁博文老师 |  Bowen Yu "), "short": ["博文"]},
    },
}

_MODELS = "Qwen3-8B | Qwen3-4B | Qwen2.5-7B | Qwen3-30B-A3B | Qwen2.5-Coder-7B | Qwen3-0.6B | Qwen3-14B | "
SLOTS = {
    "en": {
        "model": _cards(_MODELS + "the small Qwen | Qwen 3.5"),
        "box": _cards("a 3060 | an old ThinkPad | my M2 Air | a Raspberry Pi 5 | two used 3090s | a mini PC"),
        "task": _cards(
            "recipe finder | homework tutor | translation bot | garden diary | subtitle tool | quiz app"
        ),
        "tongue": _cards("Swahili | Catalan | Tamil | Welsh | Tagalog | Kazakh | Icelandic | Javanese"),
        "town": _cards("Porto | Nairobi | Penang | Leipzig | Da Nang | Montevideo | Pune | Tartu | Sapporo"),
    },
    "zh": {
        "model": _cards(_MODELS + "千问小模型 | 千问3.5"),
        "box": _cards("老笔记本 | 一张3060 | 一台 Mac mini | 树莓派 | 宿舍的台式机"),
        "task": _cards("菜谱助手 | 背单词小程序 | 字幕工具 | 读书笔记机器人 | 客服小助手"),
        "tongue": _cards("粤语 | 藏语 | 泰语 | 文言文 | 阿拉伯语"),
        "town": _cards("成都 | 杭州 | 哈尔滨 | 槟城 | 兰州 | 厦门"),
    },
}
EMOJI = _cards("🙏 | ❤️ | 🎉 | 🚀 | 😊 | 🔥 | 👏👏 | 💜 | ✨ | 🫶 | :) | ^^")
TAGS = ["#opensource", "#Qwen", "#LocalLLM", "#千问"]


def _spelled(*rows: str) -> dict[str, str]:
    """Words of display names to the words of their handles."""
    cards = [card.split("=") for row in rows for card in row.split()]
    return {card[0]: card[-1] for card in cards}


ACCOUNTS = {
    "en": (
        _spelled("amber brisk cobalt drowsy elder foggy gentle hazel ivory jolly kindly lucid mellow nimble"),
        _spelled("otter tensor kettle lantern moth pebble quill radish sparrow teapot walnut zebra"),
    ),
    "zh": (
        _spelled(
            "爱笑的=aixiao 夜读的=yedu 怕冷的=paleng 慢吞吞的=manman", "晒太阳的=taiyang 数星星的=xingxing"
        ),
        _spelled("豆腐=doufu 橘猫=jumao 青柠=qingning 小熊=xiaoxiong", "汤圆=tangyuan 蘑菇=mogu 海盐=haiyan"),
    ),
}
