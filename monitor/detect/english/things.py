"""English words of leaving that are said of things or of others: who is left off a list, what goes back for a new one."""

from __future__ import annotations

from collections.abc import Sequence

from ...organisation import Span
from ..regex import regex
from ..scene import Scene
from ..vocabulary import COMPANIES

# 'left X out of the list', 'leaves X alone': read behind X.
_LEFT = regex(
    r" (?:out|off|alone|hanging|speechless|stranded|in (?:the (?:dark|dust|lurch|cold|hands)|charge|stitches|awe|tears)|with (?:a|an|no|the)|unanswered|unread|on read)\b"
)
# Read where the words begin.
_THING = regex(
    # 'leaves ORG staff in stitches', 'left customers wondering'
    r"(?:left|leav(?:e|es|ing)) (?:(?:the|its|his|her|their|our|many|some|most|all|[\w-]+(?:'s)?) ){0,2}(?:staff|staffers|fans|users|customers|developers|devs|colleagues|investors|shareholders|engineers|researchers|everyone|everybody|people|folks|rivals|competitors|audiences?|crowd|analysts|readers|guests|attendees|employees|team-?mates)"
    r" (?:in (?!\d|january|february|march|april|may|june|july|august|september|october|november|december|for)|with (?:no|more|few|mixed|many|plenty|questions|the (?:bill|feeling|impression|question|job)|an? (?:[\w-]+ )?(?:choice|problem|puzzle|question|headache|mystery|mess|backlog|grin|smile|laugh|cliffhanger))|wondering|guessing|asking|speechless|stunned|baffled|confused|puzzled|scratching|reeling|cold|hanging|fuming|scrambling|wanting|waiting|laughing|cheering|divided|unimpressed|unsure|[a-z]+less\b)"
    # 'left a hole in the fence'
    r"|left (?:an? )(?:[\w-]+ )?(?:hole|gap|dent|mark|scratch|stain|crack) (?:in|on) (?!(?:the |our |this )?(?:team|lab|company|group|org|leadership|research|roadmap|heart|hearts|my|us)\b|\w+'s? (?:team|research|leadership|roadmap))"
    # 'departing interns', 'outgoing mayor'
    r"|(?:departing|outgoing|leaving|retiring) (?:@?[\w-]+ )?(?:interns?|students?|guests?|visitors?|passengers?|trains?|flights?|mayors?|ministers?|presidents?|governors?|ambassadors?|senators?|class|cohort|batch|volunteers?|contractors?|customers|users|merchants|sellers|investors?|directors? of the board|board members?|chair(?:man|woman)?)\b"
    # 'quit sourdough'
    r"|(?:quit|quits|quitting|quitted|gave up|giv(?:es?|ing) up|leaving|left) (?:[\w-]+ )?(?:coffee|caffeine|sugar|smoking|vaping|drinking|alcohol|meat|gluten|bread|sourdough|baking|chocolate|twitter|x(?=[.,!]|$)|instagram|facebook|tiktok|linkedin|wordle|chess|golf|crossfit|running|yoga|social media|vim|emacs|windows|linux|poker|duolingo)\b(?! (?:startup|start-up|company|team))"
    # 'emailed X and it bounced'
    r"|bounc(?:ed|es|ing)(?= back\b| around\b| off the\b)"
)
# What stands before them: 'left X out', 'and it bounced. I can't spell'.
_LEAVES = regex(r"(?:left|leav(?:e|es|ing))(?: @?)")
_OUT = regex(r"out\b(?! at\b)|off\b")
_BOUNCED = regex(r"bounc(?:ed|es|ing)\b")
_MISSPELT = regex(
    r"\b(?:typo|misspel\w+|spell|spelt|spelled|wrong address|wrong email|mailbox (?:is |was )?full|inbox (?:is |was )?full|spam filter)\b"
)
# Ties that are cut with somebody else, and a thing that is handed back for another one.
_TIES = regex(r"(?:cut|cuts|cutting|sever|severs|severed|severing) (?:all |his |her |their |my )?ties\b")
_WITH = regex(
    r" with (?!(?:the |his |her |their |my |our )?(?:company|lab|firm|team|group|employer|giant|startup|tech|us\b))"
)
_EXCHANGED = regex(
    r"[^.!?]{0,60}?(?:[,;]|\band|\bbut|[.!])[^.!?]{0,24}?\b(?:gave|given|give|handed|issued|sent|got|get|getting|received|picked up) (?:me |us |him |her |them |back )?(?:an?|one|another|the) ?(?:[\w-]+ ){0,2}?"
    r"(?:with\b|new(?:er)?\b|replacement\b|upgrade\b|loaner\b|bigger\b|better\b|older\b|spare\b|another\b|one\b|m\d\b)"
)
_THINGS = regex(
    r"\b(?:laptop|macbook|badge|phone|monitor|keycard|key card|pass|lanyard|charger|keyboard|dock)\b"
)
_BROKEN = regex(
    r"\b(?:chip|reader|scanner|battery|door|badge|lanyard|it) (?:is|was|'s|seems|got) (?:broken|faulty|dead|down|bent|demagneti[sz]ed|flat)\b|\b(?:new|replacement|temporary|temp) (?:badge|pass|card|lanyard)\b|\b(?:lost|forgot|dropped) my (?:\w+ )?(?:badge|pass|lanyard|keycard|card)\b|\b(?:second|third|fourth|fifth|\d+th) time (?:this|in)\b"
)


def is_thing(scene: Scene, start: int, end: int) -> bool:
    """Do the words of leaving at start..end say nothing of anybody's job?"""
    text, (low, high) = scene.text, scene.sentences[scene.sentence_of(start)]
    if text[start - 1 : start] == "-" and start:
        return True
    if _THING.match(text, start, high):
        return True
    words = text[start:end]
    if _is_left_out(scene, start, high) or (_OUT.match(words) and _left_before(scene, low, start)):
        return True
    if _BOUNCED.match(words):
        return _MISSPELT.search(text, start, min(len(text), end + 90)) is not None
    ties = _TIES.match(text, start)
    if ties:
        behind = _WITH.match(text, ties.end())
        return behind is not None and not any(s == behind.end() for s, _ in scene.organisation)
    if _THINGS.search(words):
        near = min(len(text), end + 140)
        return _EXCHANGED.match(text, end, near) is not None or _BROKEN.search(text, start, near) is not None
    return False


def _is_left_out(scene: Scene, start: int, high: int) -> bool:
    """'left X out': is the person what the verb is done to?"""
    verb = _LEAVES.match(scene.text, start)
    who = [m for m in scene.mentions if verb and m.start == verb.end()]
    return any(_LEFT.match(scene.text, m.end, high) for m in who)


def _left_before(scene: Scene, low: int, start: int) -> bool:
    """The same, read from 'out'."""
    who = [m for m in scene.mentions if m.end == start - 1 and m.start > low]
    return any(
        _LEAVES.fullmatch(scene.text, begin, m.start)
        for m in who
        for begin in (scene.text.rfind("le", low, m.start),)
        if begin >= 0
    )


_BEHIND = regex(r" (?P<of>(?:by|from|at) )?(?:the )?(?P<name>\w+)")
_GONE = regex(r"(?:left|leav|quit|depart)")
_SEEKS = ("open to work", "looking for work", "looking for", "free agent", "on the market")


def _at_company(scene: Scene, start: int, end: int) -> bool:
    """Does another company stand right behind: 'made redundant by OTHER'?"""
    m = _BEHIND.match(scene.text, end)
    if (
        scene.organisation_in(start, end)
        or m is None
        or m["name"] not in COMPANIES
        or not (m["of"] or _GONE.match(scene.text, start))
    ):
        return False
    return not any(low == m.start("name") for low, _ in scene.organisation)


def of_things(scene: Scene, places: Sequence[Span]) -> bool:
    """Are all the words of leaving at `places` said of things or of another company?"""
    if not all(scene.text[start:end].isascii() for start, end in places):
        return False
    away = [_at_company(scene, start, end) for start, end in places]
    return all(
        is_thing(scene, start, end) or there or (any(away) and scene.text[start:end] in _SEEKS)
        for (start, end), there in zip(places, away, strict=True)
    )
