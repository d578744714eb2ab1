"""Who leaves, in English: the subject before a verb, the object behind it, the owner of a noun."""

from __future__ import annotations

import re

from ..events import Site
from ..regex import regex
from ..scene import Mention, Scene, quote_around, quote_speaker, retold_speaker
from . import whose
from .roles import I_SPEAK, THING_LEAVES, another_who, by_role, is_object, without_place

_THROUGH = regex(
    r"(?:[\s,:\"'()*_–—-]|\b(?:has|have|had|is|are|was|were|'s|'ve|'m|'re|will|would|be|been|being|just|now|also|both|all|officially|formally|"
    r"finally|already|quietly|suddenly|abruptly|recently|soon|today|yesterday|apparently|reportedly|allegedly|really|actually|"
    r"to|going|about|decided|plans?|planning|planned|intends?|announce[sd]?|announcing|said|says|that|set|due|gonna|did|does|do|not|n't|never|might|may|could|"
    r"can|must|should|shall|likely|probably|possibly|rumou?red|expected|believed|thought|considering|thinking|of|from|and|then|who|"
    r"am|im|only|even|still|too|as|well|on|monday|tuesday|wednesday|thursday|friday|he|she|they|i|his|her|their|my|since|long|sadly|voluntarily|supposedly|insists?|insisted|says|intend|agreed|agrees|chose|chosen|opted|wants?|wanted|happy|been|persuaded|convinced|having|seems?|seemed|appears?|happily|very|much|indeed|definitely|remains?|all|certainly|clearly|firmly|simply|literally|basically|tells?|told|confirm(?:s|ed)?|reiterate[sd]?|states?|stated|assures?|assured|vow(?:s|ed)?|may|or|me|us|today|tonight|got|getting|m|ve|re|ll|s|gets|in talks)\b)*"
)
_OTHERS = regex(
    r"\b(?:engineers?|everyone|everybody|all|staff|staffers|people|colleagues?|users?|everyone|everybody|someone|somebody|nobody|no one|anyone|investors?|researchers|"
    r"members|employees|interns?|friends?|manager|guests?|fans|reporters|models?|shares|stock|customers|developers|others|half|dozens?|"
    r"two|three|four|several|many|some|few|most|we|it|which|company|boss|wife|husband|dog|cat|flight|train|bus|audience|crowd|team|"
    r"deputy|assistant|predecessor|successor|rival|partner|student|students|version|feature|bug|commit|merchant|sellers?|who in)\b"
)
_SOMEBODY = regex(
    r"\b(?:researcher|engineer|scientist|colleague|friend|student|intern|employee|member|person|guy|co-?author|mentee|mentor|boss|"
    r"lieutenant|report|leader|manager|developer|contributor|founder|chief)\b"
)
_JOIN = regex(
    r"[\s\"')]*(?:\([^()]{0,30}\))?(?: of \w+)?\s*(?:,|&|\+|/|and|plus|as well as|along with|together with|, and|then|、|和|與|与|跟|及|以及)(?: (?:also|both|then|now|even))?(?: (?:that|the|our|this|fellow) (?:[\w-]+ ){0,3}(?:guy|lad|bloke|woman|man|lead|head|chief|boss|engineer|researcher|scientist|colleague|co-?founder|legend|wizard|person|dude|one))?\s*@?$"
)
_POSSESSIVE = regex(r"'s?(?=\s|$)")
_TITLES = regex(
    r"[\s\"'(@:]*(?:(?:best|finest|brightest|biggest|greatest|own|longest-serving|most \w+|dearest|favou?rite|only|last|first|second|third|another|number one|no|the|of|by|for|from|its|their|our|his|her|a|an|ai|tech|technical|technology|lead|leader|head|chief|boss|star|top|senior|principal|founder|"
    r"co-founder|veteran|key|core|team|coder|code|model|models|research|researcher|scientist|engineer|executive|expert|architect|director|"
    r"vp|cto|ceo|ex|former|longtime|long-time|post-training|training|people|like|such|as|staff|talent|talents|legend|someone|both|poor|dear|mr|ms|dr|prof|and|well-known|"
    r"safety|speech|audio|vision|data|infra|lab|group|unit|multimodal|mastermind|guru|wizard|maestro|father|brain|brains|guy|face|mind|captain|manager|'s|s)[\s,\"'@:-]+)*"
)


def subject(site: Site) -> list[Mention]:
    """The persons before the verb that leave; [] when somebody or something else does."""
    scene = site.scene
    before = [m for m in scene.mentions if site.low <= m.start and m.end <= site.start]
    if not before:
        return by_role(site) or left_out(site)
    before = [m for m in before if not _owns(scene, m)]
    if not before:
        return []
    nearest = before[-1]
    if len(before) > 1 and is_object(site, nearest):
        nearest = before[-2]
    gap = without_place(scene, nearest.end, site.start)
    if (
        THING_LEAVES.search(gap)
        or (nearest.kind != "first" and I_SPEAK.search(gap))
        or another_who(scene, nearest)
        or not _may_leave(gap, nearest)
    ):
        return []
    if len(before) > 1 and _hangs_on(scene, nearest, before[-2]):
        nearest = before[-2]
    elif _hangs_on_others(scene, nearest, site.low):
        return []
    return group(scene, nearest, site.low)


def _owns(scene: Scene, mention: Mention) -> bool:
    return scene.text[mention.start : mention.end] in ("his", "her", "their", "my", "your", "whose")


def subject_near(site: Site) -> list[Mention]:
    """Like subject, but only adverbs, or what is set off by commas, may stand between."""
    who = subject(site)
    if not who or who[0].start >= site.start:
        return who
    gap = site.scene.text[who[0].end : site.start]
    gap = gap.rsplit(",", 1)[-1] if who[0].kind == "who" else _ASIDE.sub("", gap)
    through = _THROUGH.match(gap)
    return who if through is not None and through.end() == len(gap) else []


_ASIDE = regex(r"^(?:'s)?,[^.;:]*,(?= )|^ ?\([^()]*\)")


_NEW_SUBJECT = regex(
    r"(?:,|;| and| but| so| while| because| that| as| when| until| till| once| since| whether|\.\.\.| -| –| —) (?:the|a|an|this|these|those|my|its|our|their|your|half (?:of )?the|all the|every|each) (?:(?!man|guy|legend|king|queen|lad|bloke|woman|person|boss|goat|dude|one)[\w'-]+ ){1,4}?(?:(?:has|have|had|is|was|are|were|will|just|finally|also|would|could|may|might|been) )*$"
)
_REQUEST = regex(r"'s? (?:\w+ )?(?:request|decision|wish|offer|intention|choice|desire|move) to (?:\w+ly )?$")


def _may_leave(gap: str, nearest: Mention) -> bool:
    gap = gap.rsplit(",", 1)[-1] if nearest.kind == "who" else _ASIDE.sub("", gap)
    through = _THROUGH.match(gap)
    if through is not None and through.end() == len(gap):
        return True
    if _NEW_SUBJECT.search(gap):
        return False
    if _REQUEST.match(gap):
        return True
    rest = gap[through.end() if through else 0 :]
    if (
        re.match(r"'s?\s", gap)
        and nearest.kind == "name"
        and not re.match(r"'s (?:just|now|already|finally|officially|leaving|gone|out|no)\b", gap)
    ):
        return False
    return len(rest) < 140 and not _OTHERS.search(gap)


def _hangs_on(scene: Scene, mention: Mention, previous: Mention) -> bool:
    """Is a mention only an adjunct of the one before it: 'A, a friend of B, left'?"""
    if previous.kind == "third" and previous.key == mention.key:
        return False
    between = scene.text[previous.end : mention.start]
    return bool(
        re.search(
            r"(?:\bof|\bunder|\bwith|\bto|\bnear|\blike|\balongside|\bbehind|\bfor|\bby|\bthan|\bbeside|\bexcept|\bbesides|\bwithout|\bbar|\bapart from|\bunlike) (?:the |@)?$",
            between,
        )
    ) and ("," in between or not re.search(r"\b(?:says?|said|told|confirms?|announce[sd]?)\b", between))


def _hangs_on_others(scene: Scene, mention: Mention, low: int) -> bool:
    head = scene.text[low : mention.start]
    if not re.search(
        r"(?:\bof|\bunder|\bwith|\bto|\bnear|\balongside|\bbehind|\bfrom|\bon|\bexcept|\bbesides|\bwithout|\bbar|\bunlike) (?:the |@)?$",
        head,
    ):
        return False
    return bool(_OTHERS.search(head[-70:]) or _SOMEBODY.search(head[-70:]))


def group(scene: Scene, mention: Mention, low: int) -> list[Mention]:
    """A mention with those that are listed before it: 'A, B and C'."""
    found = [mention]
    names = [m for m in scene.mentions if m.end <= mention.start and m.start >= low]
    for one in reversed(names):
        between = scene.text[one.end : found[-1].start]
        if _NOT_ONLY.search(scene.text, low, one.start) and _BUT_ALSO.fullmatch(between):
            found.append(one)
            break
        if not _JOIN.fullmatch(between) or (
            found[-1].kind == "first" and "," in between and "and" not in between
        ):
            break
        found.append(one)
    if mention.kind == "third" and scene.text[mention.start : mention.end] in (
        "they",
        "they've",
        "they're",
        "both",
        "them",
    ):
        origin = [
            m for m in scene.mentions if m.key == mention.key and m.kind == "name" and m.end <= mention.start
        ]
        if origin:
            found += following(scene, origin[0], mention.start)
    return found


# 'Not just A: B has left too', 'not only A but also B'.
_NOT_ONLY = regex(r"\bnot (?:just|only|merely) $")
_BUT_ALSO = regex(r"(?:\s*[:,;—–-])?\s*(?:but )?(?:also |now )?")


def following(scene: Scene, mention: Mention, high: int) -> list[Mention]:
    """A mention with those that are listed behind it."""
    found = [mention]
    for one in (m for m in scene.mentions if mention.end <= m.start and m.end <= high):
        if scene.text[one.start : one.end] in ("i", "he", "she", "they", "who") or not _JOIN.fullmatch(
            scene.text[found[-1].end : one.start]
        ):
            break
        found.append(one)
    return found


def left_out(site: Site) -> list[Mention]:
    """The subject of a verb without one: a list behind a colon, the one quoted, the author, the topic."""
    scene = site.scene
    after = scene.text[site.end : site.high]
    listed = re.search(r"[:–—]\s", after)
    if listed:
        behind = [
            m
            for m in scene.mentions
            if site.end + listed.end() - 1 <= m.start < site.high and m.kind == "name"
        ]
        if behind and behind[0].start <= site.end + listed.end() + 1:
            return following(scene, behind[0], site.high)
    if not opens_clause(site):
        return []
    quote = quote_around(scene, site.start)
    if quote is not None or retold_speaker(scene) is not None:
        speaker = quote_speaker(scene, quote) if quote else retold_speaker(scene)
        return [speaker] if speaker and speaker.key else []
    return author_or_topic(site)


def _before(site: Site) -> str:
    """The words before a cue; without the organisation's name where a thing of the job follows: 'ORG badge handed in'."""
    span = site.scene.organisation_in(site.low, site.start)
    if site.cue.frame == "idiom" and span is not None and site.scene.text[span[1] : site.start] == " ":
        return re.sub(r"\b(?:my|the) $", "", site.before[: span[0] - site.low])
    return site.before


def opens_clause(site: Site) -> bool:
    """Does nothing but adverbs stand between the start of the sentence, or a dash or comma, and the cue?"""
    head = re.split(r"[,:;(]\s|\s[-–—]\s|\n", _before(site))[-1]
    through = _THROUGH.match(head.strip())
    return (through is not None and through.end() == len(head.strip())) or bool(
        re.fullmatch(
            r"[\W\d]*(?:(?:some|personal|big|life|news|update|so|well|welp|ok|okay|yep|yes|yeah|hey|friends|folks|after|thinking|much|thought|guys|omg|lol|thread|and|me|handed|over|the|keys|team|\w+ly)[\W]*)*",
            head,
        )
    )


def author_or_topic(site: Site) -> list[Mention]:
    """The watched author; else the one whom the text has spoken of before; else another author who says 'I'."""
    scene = site.scene
    others = whose.whose(scene, site.low, site.start, site.end) == "other"
    if scene.author and scene.author_watched and not others:
        return [Mention(site.start, site.start, scene.author, "first", True)]
    before = [m for m in scene.mentions if m.end <= site.start]
    if before:
        low = scene.sentences[scene.sentence_of(before[-1].start)][0]
        topic = next(m for m in before if m.start >= low)
        return [topic]
    if scene.author and not others:
        return [Mention(site.start, site.start, scene.author, "first", False)]
    return []


def behind(site: Site, begin: int, reach: int = 60) -> list[Mention]:
    """The persons named right behind `begin`, over titles and the organisation, with those listed after them."""
    scene = site.scene
    first = next(
        (m for m in scene.mentions if begin <= m.start < min(begin + reach, site.high) and m.kind != "who"),
        None,
    )
    if first is None or (first.kind in ("first", "second") and _owns(scene, first)):
        return []
    way = scene.text[begin : first.start]
    for low, high in reversed(scene.organisation):
        if begin <= low and high <= first.start:
            way = way[: low - begin] + " the " + way[high - begin :].removeprefix("'s")
    passed = _TITLES.match(way)
    if passed is None or passed.end() < len(way.rstrip()):
        return []
    if _POSSESSIVE.match(scene.text, first.end) or (_owns(scene, first) and first.kind == "third"):
        return []
    return following(scene, first, site.high)


_ACTED = regex(
    r"\b(?:(?:in|over|into|on|for|about|up) )?(?:(?:advanced|early|final|exit) )?(?:talks (?:about|on|over|for)|quash(?:es|ed)|dispel(?:s|led)|dismiss(?:es|ed)|reject(?:s|ed)|shoots? down|shot down|laughs? off|brush(?:es|ed) (?:off|aside)|rebut(?:s|ted)|rubbish(?:es|ed)|scotch(?:es|ed)|swats? (?:away|down)|announce[sd]?|announcing|confirm(?:s|ed|ing)?|tender(?:s|ed|ing)?|submit(?:s|ted)?|fil(?:es|ed)|weigh(?:s|ed|ing)?|mull(?:s|ed|ing)?|consider(?:s|ed|ing)?|"
    r"ey(?:es|ed|eing)|plan(?:s|ned|ning)?|plot(?:s|ted|ting)?|negotiat(?:es|ed|ing)|prepar(?:es|ed|ing)(?: for)?|den(?:ies|ied|ying)|rul(?:es|ed|ing) out|discuss(?:es|ed|ing)?|make[s]?|made|making|signal(?:s|led)?|hint(?:s|ed) at|reveal(?:s|ed)|set for|headed for|heading for|nearing|near|explain(?:s|ed)|offer(?:s|ed))"
    r" (?:(?:an?|the|his|her|their|about|shock|surprise|sudden|possible|potential|imminent|planned|early|formal|quick|abrupt)\s){0,3}$"
)


def owner(site: Site) -> list[Mention]:
    """Whose departure a noun speaks of: 'X's exit', 'his exit', 'the exit of X', 'departures: X, Y'."""
    scene = site.scene
    after = scene.text[site.end : site.end + 24]
    of = re.match(r"[\"')]?\s*(?:of|by|for)\s", after)
    sent = re.match(r" from ", after)
    if sent and any(m.start == site.end + sent.end() and m.kind == "name" for m in scene.mentions):
        of = sent
    acted = _ACTED.search(site.before)
    if site.scene.text[site.start : site.end].endswith(" of"):
        return behind(site, site.end)
    if of:
        who = behind(site, site.end + of.end() - 1)
        if who or "by" not in of[0]:
            return who
    before = [m for m in scene.mentions if site.low <= m.start and m.end <= site.start]
    if before and site.start - before[-1].end < 45:
        gap = scene.text[before[-1].end : site.start]
        if _owns(scene, before[-1]) and re.fullmatch(r"\s(?:[\w-]+\s){0,2}[\"']?", gap):
            return [before[-1]]
        if re.fullmatch(r"(?:(?:-san|-kun|-sensei)?'s?|\s?的)\s(?:[\w'-]+\s){0,3}", gap) and not re.search(
            r"'s \w+'s|team|model|deputy", gap
        ):
            return group(scene, before[-1], site.low)
    if before and acted and acted.start() >= before[-1].end - site.low and not _owns(scene, before[-1]):
        return subject(site._replace(start=site.low + acted.start()))
    listed = re.match(r"[^.:]{0,40}:\s", scene.text[site.end : site.high])
    if listed:
        first = next((m for m in scene.mentions if m.start >= site.end + listed.end()), None)
        if first is not None and first.start <= site.end + listed.end() + 1:
            return following(scene, first, site.high)
    return []
