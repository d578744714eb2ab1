"""What the words of leaving do not say of the one whom they are taken to speak of: verdicts that are dropped."""

from __future__ import annotations

from . import whose
from .admit import may_be_staff
from .chinese.people import marked
from .english import things
from .regex import regex
from .scene import Scene
from .weighing.judge import Finding, Verdict
from .weighing.lexicon import LEAVING

# Who says that takes leave for the day, of a holiday, or of a running model.
_SEE_YOU = regex(
    r"\bsee (?:you|ya|u) (?:all )?(?:tomorrow|there|at the|at our|in a bit|on monday|next week)\b"
    r"|\blast day of (?:my |the |our |this )?(?:vacation|holidays?|leave|break|trip|conference|summer|school|[a-z]+ week)\b"
    r"|\bleft \S+ (?:running|training|open|idle|on overnight|on all)\b|明天见|明儿见|待会见|一会儿?见|(?:休假|假期|年假|放假)的?最后一天"
)
_ON_LEAVE = regex(
    r"\b(?:sabbatical|(?:parental|maternity|paternity|medical|sick|family|extended|study) leave|leave of absence)\b"
)
# Classes of words that a person on leave is spoken of with too.
_VAGUE = ("former", "replace")


def says_nothing(scene: Scene, key: str, finding: Finding, verdict: Verdict) -> bool:
    """Is it a goodbye for the day, somebody else's leaving, or said of a thing?"""
    return (
        _for_the_day(scene, key, verdict)
        or _of_others(scene, key, finding, verdict)
        or _of_things(scene, finding, verdict)
    )


def _for_the_day(scene: Scene, key: str, verdict: Verdict) -> bool:
    """Does the author only take leave for the day? What is denied or doubted stays so, whoever says see you tomorrow."""
    own = key == scene.author and verdict.standing == "asserted"
    return own and _SEE_YOU.search(scene.text) is not None


def _of_others(scene: Scene, key: str, finding: Finding, verdict: Verdict) -> bool:
    """Is it said of somebody else that they leave, by an author whom the rules or the model took for the leaver?"""
    if key != scene.author or scene.post.kind == "profile" or verdict.standing == "denied":
        return False
    alone = finding.standing == "none" and not (scene.author_watched or scene.long)
    if alone and not may_be_staff(scene, [event.rule for event, _, _ in finding.events]):
        return True
    rules = [(e.start, e.end) for e, _, tied in finding.events if tied and "stay" not in e.rule]
    words = [(start, end) for tag, start, end in verdict.weighed.signs if tag in LEAVING]
    return whose.of_others(scene, marked(scene), rules or words, words)


def _of_things(scene: Scene, finding: Finding, verdict: Verdict) -> bool:
    """Do the words speak of things, of another company, or of a person on leave?"""
    if verdict.standing != "asserted" or scene.post.kind == "profile":
        return False
    ruled = [(e.start, e.end) for e, _, tied in finding.events if tied]
    if ruled:
        return all(things.is_thing(scene, *place) for place in ruled)
    signs = [sign for sign in verdict.weighed.signs if sign[0] in LEAVING]
    if not signs:
        return False
    if all(tag in _VAGUE for tag, _, _ in signs) and _ON_LEAVE.search(scene.text, *verdict.weighed.window):
        return True
    return things.of_things(scene, [(start, end) for _, start, end in signs])
