"""Chinese words of those who settle down to stay: who signs again, turns an offer down, is doing well where they are."""

from __future__ import annotations

import re

from ..events import Reading, Site
from ..regex import regex
from ..vocabulary import words
from . import people
from .idioms import ours_near

_CONTRACT = regex(r"§|公司|合同|劳动|[一二两三四五六七八九十\d]+年|到 ?(?:20)?\d\d|$|[,。!]")
_NO_CONTRACT = regex(r"会员|订阅|租|房|广告|代言|套餐|云|域名|保险|健身|视频|命|杯|上")
_OFFERS = regex(r"offer|邀请|邀约|挖|猎头|高薪|公司|科技|大厂|橄榄枝|年薪|钱|股份|机会|对手|友商")


def settle(site: Site, marked: str) -> Reading:
    """'stays', 'has signed again', 'turned the offer down'."""
    word, after = site.cue.stem, marked[site.end : site.end + 24]
    clause = re.split(r"[,。;!?\n]", marked[site.low : site.start])[-1]
    if re.match('["”」』]的', after) or not _settles(site, marked, word, clause, after):
        return None
    if word.startswith("没离") and clause.strip("§") == "":  # 'ORG I have not left'
        return people.left_out(site, marked), "ours" if clause else "open"
    return people.near_subject(site, marked), "ours" if ours_near(site, marked) else "open"


def _settles(site: Site, marked: str, word: str, clause: str, after: str) -> bool:
    """Do the words beside it make this a word of staying?"""
    if word.startswith(("续", "签")):
        signed = not _NO_CONTRACT.search(after[:10]) and _CONTRACT.match(after)
        return bool(signed) and ours_near(site, marked)
    if word in ("没这回事", "没有的事", "没那回事"):
        told = re.search(
            r"(?:说|称|回|回应|表示|said|:|[\"“「])[^,。]{0,4}$", clause + marked[site.start - 1 : site.start]
        )
        return site.scene.author_watched or told is not None
    if word in _REFUSALS:
        return bool(_OFFERS.search(after[:16]) or _OFFERS.search(clause))
    if word.startswith("好好的") or word.endswith("好好的"):
        return re.search(r"在§+(?:也|都|还|一直|混得|过得|工作得)?$", clause) is not None
    if word.endswith(("离开", "离")) and not re.match(
        r"开?(?:§|公司|团队|这里|大家|职|任|的|岗|[,。!?~\"]|$)", after
    ):
        return False
    if word in ("照常", "在职", "在任"):
        if after.startswith(("代表", "员工", "研究生", "硕士", "博士", "教育", "证明")):
            return False
        if re.search(r"之前|最后|期间|交接|为止", marked[site.low : site.start]) or not _AT_WORK.match(after):
            return False
        return ours_near(site, marked) or site.scene.author_watched
    if word in ("焊死", "焊在", "坚守", "死守", "稳坐"):
        return bool(re.match(r"[^,。!?]{0,8}(?:§|岗|工位)", after))
    if word.startswith(("还", "继续")) and not word.startswith(_STILL_HERE):
        return _GOES_ON.match(after) is not None
    if "意" in word:
        return bool(re.search(r"离|走|辞|留", marked[site.low : site.high]))
    return word != "留下来" or bool(re.match(r"(?:了|吧|[,。!]|$)", after))


_REFUSALS = words("婉拒 回绝 推掉 拒绝了 谢绝")
_STILL_HERE = ("还没", "还在呢", "还在啊", "还在的")
_AT_WORK = regex(r"[^,。!?]{0,4}(?:上班|开会|打卡|工作|履职|带|主持|训练|[,。!]|$)")
_GOES_ON = regex(r"(?:了|着|下去)?(?:[,。!?]|$)|[^,。]{0,8}(?:§|团队|模型|组(?!织)|队|项目|训练|工位|代码)")
