"""Why words that seem to say that somebody leaves are not taken so: a tale, leave for the day, or somebody else's leaving.

Each reason reads on after "because"; the words it stands on are quoted as the text has them, folded.
"""

from __future__ import annotations

from ..model import Author
from ..organisation import Span
from . import whose
from .admit import may_be_staff
from .chinese import asides as chinese
from .chinese.people import marked
from .english import asides, things, unreal
from .english.stays import BOND
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
# Words of one's own going that are as often said of an evening, and what then says that the work goes on.
_BARE = (
    "en.state.off", "en.state.out", "en.state.gone", "en.state.going", "en.state.i_go", "en.idiom.alum", "en.idiom.time_to_go",
    "en.idiom.time_for", "en.farewell.so_long", "en.farewell.bye", "en.farewell.goodbye", "en.slang.peaced_out", "en.slang.noped_out",
    "en.verb.head_out", "zh.verb.walk", "zh.verb.go", "zh.idiom.slip",
)  # fmt: skip
_GOES_ON = regex(
    r"\b(?:good ?night|gn|see (?:you|ya|u)(?: all| guys)? (?:in|at|on|soon|later|tomorrow|there|monday|next)\b|(?:back|again) (?:in|on|at|by|tomorrow|next|later|monday)\b|brb|bbl|(?:tomorrow|tmrw?)\b(?!,? (?:i|i'm|i'll|my)\b)|tonight|next week|until then"
    r"|(?:bed|sleep|dinner|lunch|gym|nap|weekend|vacation|holiday)(?: time)?\b|(?:evals?|training|run|runs|release|work|pretraining|experiments?|jobs?|launch|sprint|it|fun|show|party|ride) (?:\w+ )?(?:continues?|goes on|resumes?|keeps? (?:going|running)|is (?:still )?running|starts?)\b"
    r"|to be continued|(?:hits?|reach(?:es|ed)|pass(?:es|ed)|cross(?:es|ed)|at|over|tops?) \d+ ?[km]\b)"
    r"|明[天儿早晚日](?!开始|起|就|不用)|下周|下星期|下个?月|周[一二三四五六日]见|后天|待会|一会儿|晚安|吃饭|干饭|睡觉|回头见|回见|回来|(?:继续|接着)(?:调|跑|训|改|写|搞|干|测|做|肝|战)|[\u4e00-\u9fff]{2}(?<![再不相])(?<!江湖)(?<!路口)(?<!未来)见(?=$|[,。!~ ])"
)
_IS_PARODY = regex(
    r"^\W*(?:(?:this|an?|the|is|it's|pure|purely|all|just|only|100%|tech|ai|political|unofficial|mostly|my|our|for|humou?r|and|&|/|,|-) ?)*\b(?:parody|satire|satirical|spoof)\b"
    r"(?=\W*$|,? (?:(?:ai|tech|news|fake) )?(?:account|acct|page|profile|bot|feed|handle|only|of|not|humou?r|site)\b|\W+(?:not|and (?:parody|humou?r|satire)|nothing|no)\b|[,;])"
    r"|\b(?:parody|satire|satirical|spoof) (?:account|acct|page|profile|bot|feed)\b|\bnot the real\b|^\W*not affiliated with (?!any\b|anyone|anybody|an? )"
    r"|(?:恶搞|戏仿|讽刺)(?:账号|帐号|号|用户|专用)|^\W*(?:纯属|纯)?(?:恶搞|戏仿)"
)
_BIO_PARTS = regex(r"[.。;|•·\n]")
_IN_NAME = regex(r"parody|(?:^|[^a-z])satire|satire(?:$|[^a-z])|恶搞|戏仿")


def parody(author: Author) -> str | None:
    """Does an account say by its name, its handle or its bio that it is one of parody?"""
    for told in (author.name, author.handle):
        if told and _IN_NAME.search(told.casefold()):
            return f'the author is "{told}", a parody'
    for part in _BIO_PARTS.split((author.bio or "").casefold()):
        if _IS_PARODY.search(part):
            return f'the author\'s bio says "{part.strip()}"'
    return None


def reason(
    scene: Scene, key: str, finding: Finding, verdict: Verdict, span: Span, author: Finding
) -> str | None:
    """Why a verdict on one person, which the words at `span` carry, is none after all; None where it stands.

    `author`: what the rules found of the text's author.
    """
    if scene.post.kind == "profile":
        return None
    told = scene.text
    tale = unreal.tale(scene, span[0])
    if tale:
        return f'"{told[slice(*tale)].strip()}" makes a tale of it'
    hoax = unreal.hoax(scene, span[0]) if verdict.standing != "denied" else None
    if hoax:
        return f'"{told[slice(*hoax)]}" makes a joke of it'
    if verdict.standing == "denied" and told.startswith("remain", span[0]) and BOND.match(told, span[1]):
        return f'"{told[slice(*span)]}" keeps no post'
    if key == scene.author:
        if verdict.standing == "asserted":
            bye = _SEE_YOU.search(told) or (_GOES_ON.search(told) if _is_bare(finding) else None)
            if bye:
                return f'"{bye.group().strip()}" says that the author goes on'
        others = not _by_name(scene, finding) and _of_others(scene, finding, verdict)
    else:
        others = _of_author(scene, key, finding, verdict, author) or _goes_on_quoted(scene, finding, verdict)
    if others:
        return "the words speak of somebody else"
    return (
        "the words speak of a thing, another company or a leave"
        if _of_things(scene, key, finding, verdict)
        else None
    )


def _is_bare(finding: Finding) -> bool:
    """Do the words name nothing that is left: 'I'm out', and not 'I'm out of ORG'?"""
    named = any(e.rule == finding.rule and e.scope == "ours" for e, _, _ in finding.events)
    return finding.rule in _BARE and not (named and finding.rule.startswith("en.state"))


def _goes_on_quoted(scene: Scene, finding: Finding, verdict: Verdict) -> bool:
    """X: "I'm off, see you at the booth": words of going in a quotation that says that the work goes on."""
    if verdict.standing != "asserted" or not _is_bare(finding):
        return False
    told = [(e.start, e.end) for e, _, tied in finding.events if tied]
    ends = [next((high for low, high in scene.quotes if low <= start < high), 0) for start, _ in told]
    return bool(told) and all(
        _GOES_ON.search(scene.text, at, end) for (_, at), end in zip(told, ends, strict=True)
    )


def _by_name(scene: Scene, finding: Finding) -> bool:
    """Does the author tell it of themselves by name, in words of their own: 'Mara Venn is leaving ORG'?"""
    return not scene.text.startswith("rt @") and any(
        tied and m.kind == "name" and not any(low <= e.start < high for low, high in scene.quotes)
        for e, m, tied in finding.events
    )


def _of_others(scene: Scene, finding: Finding, verdict: Verdict) -> bool:
    """Is it said of somebody else that they leave, by an author whom the rules or the model took for the leaver?"""
    if verdict.standing == "denied":
        return False
    alone = finding.standing == "none" and not (scene.author_watched or scene.long)
    if alone and not may_be_staff(scene, [event.rule for event, _, _ in finding.events]):
        return True
    rules = [(e.start, e.end) for e, _, tied in finding.events if tied and "stay" not in e.rule]
    words = [(start, end) for tag, start, end in verdict.weighed.signs if tag in LEAVING]
    return whose.of_others(scene, marked(scene), rules or words, words)


def _of_author(scene: Scene, key: str, finding: Finding, verdict: Verdict, author: Finding) -> bool:
    """Is it the author who leaves, and the person only named beside: 'I left ORG. Thank you, X'?"""
    if scene.author is None or scene.long or verdict.standing != "asserted":
        return False
    spoken = [e for e, m, _ in finding.events if m.kind == "first" or e.rule not in _NOBODYS]
    if spoken or (finding.events and author.standing != "asserted"):
        return False
    signs = [sign for sign in verdict.weighed.signs if sign[0] in LEAVING]
    words = [(start, end) for tag, start, end in signs if tag not in _NO_VERBS]
    own = [
        (e.start, e.end)
        for e, m, tied in author.events
        if tied and m.kind == "first" and e.standing == "asserted"
    ]
    words = words or [(start, end) for _, start, end in signs]
    return whose.of_author(scene, marked(scene), words, own, key)


# Where somebody goes, or was before.
_NO_VERBS = ("elsewhere", "former")
# Words that have no subject of their own: 'it was time to go'.
_NOBODYS = ("en.idiom.time_for", "en.idiom.time_to_go", "zh.noun.farewell")


_ON_LEAVE = regex(
    r"\b(?:sabbatical|(?:parental|maternity|paternity|medical|sick|family|extended|study) leave|leave of absence)\b"
)
# Classes of words that a person on leave is spoken of with too.
_VAGUE = ("former", "replace")


def _of_things(scene: Scene, key: str, finding: Finding, verdict: Verdict) -> bool:
    """Do the words speak of things, of another company or person, or of a person on leave?"""
    if verdict.standing != "asserted":
        return False
    letters = "" if scene.text.isascii() else marked(scene)

    def is_aside(start: int, end: int) -> bool:
        if scene.text[start:end].isascii():
            return asides.is_aside(scene, start, end, key)
        return chinese.is_aside(scene, letters, start, end, key)

    ruled = [(e.start, e.end) for e, _, tied in finding.events if tied]
    if ruled:
        return all(things.is_thing(scene, *place) or is_aside(*place) for place in ruled)
    signs = [sign for sign in verdict.weighed.signs if sign[0] in LEAVING]
    if not signs:
        return False
    if all(tag in _VAGUE for tag, _, _ in signs) and _ON_LEAVE.search(scene.text, *verdict.weighed.window):
        return True
    if things.of_things(scene, [(start, end) for _, start, end in signs]):
        return True
    beside = [sign for sign in signs if not is_aside(*sign[1:])]
    return len(beside) < len(signs) and all(tag in (*_VAGUE, *_NO_VERBS) for tag, _, _ in beside)
