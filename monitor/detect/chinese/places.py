"""What is left besides the job, in Chinese: rooms, clubs, other companies, a posting; and who comes to us instead."""

from __future__ import annotations

import re

from ..events import Site
from ..regex import regex
from ..vocabulary import COMPANIES, COMPANIES_ZH

ROOM = regex(
    r"[^,。!?;]{0,8}(?<!集|族)群|[^,。!?;]{0,6}(?:大会|挑战赛|交流会)|的(?:用户|人|员工|客户|商家|研究员|工程师|年轻人)|的?(?:微信|钉钉|飞书|火锅|内部|粉丝|用户|技术|开发者)?(?:群|聊天|大会|会场|會場|会议|發佈會|发布会|办公室|大楼|大厦|大堂|前台|门口|停车场|地库|工区|楼下|园区|食堂|总部|展台|直播|论坛|俱乐部|球队|峰会|酒店|现场|年会|聚餐|平台|app|接口|模型|订阅|会员|套餐|云服务|商家|店|评论区|实习|地区|晚宴|饭局|沙龙|slack|discord|飞书|钉钉|邮件组|频道|讲台|舞台|课|夏令营|篮球|足球|羽毛球|球赛|球场|杯|马拉松|合唱|比赛|竞赛|评委|读书会|协会|例会|周会|晨会|站会|党支部|志愿|乐队|社团|内测|公测|训练营|斗地主|游戏|班车|健身|宿舍|频道|频道|播客|专场|沙龙|巡回|分会|食堂|电梯|机房)"
)


# Offices and clubs beside the job.
CLUB = regex(
    r"社长|球社|棋社|社团|队长|领队|主席|召集人|主编|评审|主持人|协会|委员|俱乐部|校友会|秘书长|商会|工会|会长|会员|顾问|客座|兼职|董事|学会|校队|球队|理事|合唱团|业委会|评委|班长|群主|版主|读书会|工作组|专委会|area chair|健身房|跑团|运动会|接力|减肥|单身|新郎|伴郎|主持人|书记|党支部|志愿者|教练|解说|领队|吉祥物|代言|形象大使|导演|主播|乐队|班委|课代表|助教|家委|合唱|协会|委员会|俱乐部|剧组|乐团"
)


POSTING = regex(r"[^,。!?;]{0,12}(?:实习|外派|借调|挂职|轮岗|访问|访学|出差|驻场|暑期|试用|培训|任期内)")


# A move inside the company.
MOVED = regex(
    r"调去|调到[^,。]{0,8}(?:组|部|团队|办公|中心|线)|外派|借调|派驻|驻外|同一个组|换块骨头|转任|改任|转岗|调岗|内部调|轮岗|平调|调往|调任|转去§|转到§|内部转"
)


def names_other(clause: str, site: Site) -> bool:
    """Is another organisation what is left: 'from OTHER', 'OTHER's vice president X'?"""
    if re.search(r"上家|上一家|前公司|前东家|上一份|原公司", clause):
        return True
    near = re.split(r"¤", clause)[-1] if "¤" in clause else clause
    if any(name in near for name in COMPANIES_ZH) and "§" not in near:
        return True
    m = re.search(r"(?:从(?![未没来此今不])|(?<![亲独各])自(?![己家从]))([^从自§]{1,10})$", near)
    return (
        bool(m)
        and not re.search(r"公司|团队|岗位|职位|今|明|上|本|下|大厂", m.group(1) if m else "")
        and len(m.group(1) if m else "") > 1
        and not re.match(r"[正已就]", m.group(1) if m else "")
    )


_TO_US = regex(
    r"(?:加入|加盟|入职|来到|转投|投奔|跳槽到|跳槽来|跳槽去|跳到|跳来|转战|来|去|赴|join|joined|joining|for|入|投身|回)了? ?§"
)


# '前OTHER工程师X加盟ORG,离职前': what is left is the other house.
_CAME_TO_US = regex(
    rf"(?:前|原|来自)(?:{'|'.join((*COMPANIES_ZH, *sorted(COMPANIES)))}|某?大厂)[^,。¤§]{{0,12}}¤+[^,。;¤]{{0,8}}?(?:加盟|加入|入职|投奔|转投|来到|跳槽到)了? ?§"
)


def joins_us(site: Site, marked: str) -> bool:
    """Does the sentence go on with how the person comes to us?"""
    if marked.startswith(("前", "之前"), site.end) and _CAME_TO_US.search(
        marked, max(site.low, site.start - 80), site.start
    ):
        return True
    return (
        _TO_US.search(marked, site.end, min(site.high, site.end + 40)) is not None
        and "§" not in marked[max(site.low, site.start - 12) : site.start]
    )
