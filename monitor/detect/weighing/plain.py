"""Sentences and frames that say plainly, by name, that a watched person leaves, whatever stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...organisation import Span
from ..chinese import sources as chinese
from ..english import sources as english
from ..events import Event
from ..regex import regex
from ..scene import Mention, Scene
from ..vocabulary import words
from .features import Laid, Window, signs_of

# What another sentence may take the plain one back by.
_TURNS = words("deny return hedge anon joke fiction imagine dream user room trip other_sense")
# The cues that are said of little else than of a post or a lab; 'left' and 'quit' want the lab behind them.
_STRICT = (
    "en.verb.resign",
    "en.verb.step_down",
    "en.idiom.notice",
    "zh.verb.resign",
    "zh.idiom.letter",
    "en.noun.resignation",
)
_OURS = ("en.verb.left", "en.verb.leave", "en.verb.quit", "en.verb.depart", "en.verb.exit", "zh.verb.leave")
# So many letters beside a sentence may drown it; a "Breaking!" does not.
_MUCH = 8
# And by which one that names only others.
_TURNS_ALL = words("deny joke fiction")
# That nobody answers is no doubt.
_NO_ANSWER = regex(
    r"未(?:作|予|作出|做出)?(?:正式|公开|正面)?(?:回应|置评|回复)|没有(?:立即)?回应|不予置评|\b(?:declin\w+ to comment|not (?:immediately )?(?:respond|repl|comment)|not (?:immediately )?be reached|no comment)"
)
# What says that somebody keeps a post, where the text speaks of changes.
_STAYS = ("en.stay.remain", "en.stay.says", "zh.stay.stay")
_CHANGES = regex(
    r"\b(?:re-?organi[sz]|restructur|reshuffl|overhaul|shake-?up|depart|resign|exodus|split|exits?\b|left\b|leaves\b|leaving\b|quit\b)|重组|改组|调整|架构|离职|离开|辞职|出走|卸任|离任"
)
# How the sentence ends, and how one begins that goes on with it.
_ENDS = regex(r"(?<![.…])[.。][\"'”’]?\s*$")
_ENDS_OWN = regex(r"(?<![.…])[.。!][\"'”’]?\s*$")
_GOES_ON = regex(r"\s*(?:\.\.|…|-|—|–|\(|because\b|from\b|as (?:a|the)\b|but\b|not\b)")
_TIED_BEHIND = regex(r"(?:了)?(?:§|[^。.!?！？…,，;；]{0,8})(?:[。.;；]|$)")
_ANNOUNCES = regex(
    r"[^。!?;\"“”「」]{0,14}?(?:正式|已经|已|突然|今日|今天|昨日|昨天|今晨|当天|凌晨)*(?:宣布|官宣|发文宣布|确认)(?:自己|本人)?(?:已经|已|将|正式|即将)*"
)
# 'Y answers X's resignation: ...'
_ANSWERED = regex(r"(?:^|[。!?;\n\s])(?!网友|网传|传)[^。!?;,:\s]{2,16}?(?:回应|谈|评|解释)(?:了|及)?$")
_ON = regex(r"\s*(?:一事|之事|事件)?\s*[:,]")
_ALSO = regex(
    r"(?:[、,和与及跟]|以及|还有)?[^。,!?;:\"“”]{0,8}?(?:也|均|都|已|已经|接连|相继|先后|陆续|双双|一同|一起|同时|同日|随后)+"
)


def plain_sentences(
    scene: Scene, laid: Laid, key: str, plain: Iterable[tuple[Event, Mention]]
) -> Iterator[Span]:
    """The sentences of plain events that name the person, and that no other sentence turns into something else."""
    plain = list(plain)
    ends = _ENDS_OWN if all(who.kind == "first" for _, who in plain) else _ENDS
    numbers = {
        scene.sentence_of(event.start)
        for event, who in plain
        if (_is_strict(scene, event) or _is_last_day(event, who))
        and scene.sentence_of(event.start) == scene.sentence_of(who.start)
        and not any(start <= event.start < end for start, end in scene.quotes)
    }
    for number in sorted(numbers):
        low, high = scene.sentences[number]
        much = len(scene.text) - (high - low) >= _MUCH
        if much and ends.search(scene.text, low, high) and not _is_turned(scene, laid, key, number):
            yield low, high


def by_pronoun(
    scene: Scene, events: Iterable[tuple[Event, Mention]], standing: str
) -> Iterator[tuple[Event, Mention]]:
    """The events of a watched person by 'he', each with the person's name that stands before it in the sentence."""
    for event, who in events:
        if who.kind == "third" and who.watched and event.standing == standing:
            low = scene.sentences[scene.sentence_of(event.start)][0]
            named = [m for m in scene.named(low, who.start) if m.key == who.key and m.kind == "name"]
            if named:
                yield event, named[-1]


def by_author(
    scene: Scene, events: Iterable[tuple[Event, Mention]], standing: str
) -> Iterator[tuple[Event, Mention]]:
    """The events by which an author who is not watched says 'I leave' in a text that names others, too."""
    if any(m.kind == "name" and m.key != scene.author for m in scene.mentions):
        for event, who in events:
            first = who.kind == "first" and who.key == scene.author and not who.watched
            if first and event.standing == standing == "asserted":
                yield event, who


def _is_last_day(event: Event, who: Mention) -> bool:
    return who.kind == "first" and event.scope == "ours" and event.rule.startswith("en.day.last")


def _is_strict(scene: Scene, event: Event) -> bool:
    if event.standing == "denied":
        return event.rule in _STAYS and _CHANGES.search(scene.text) is not None
    return event.rule in _STRICT or (event.rule in _OURS and event.scope == "ours")


_IDLE = regex(
    r"\b(?:leaving|quitting|resigning|departing|retiring|walking out|stepping down|departure|resignation|exit)\b[^.!?;]{0,50}\bwould(?: not|n't| also| only| just| really| probably)? (?:be|mean|make|feel|hurt|kill|break|leave|do)\b"
)


# 'Now I can retire', 'had the model write my resignation letter', 'no longer just a lead', 'Singapore'.
_IDLE_TALK = regex(
    r"(?:可以|能)(?:安心|放心|直接|原地|光荣|圆满|安详)?地?(?:退休|走了|毕业|辞职|离职|下岗)了?|(?:用|让|叫|拿)[^,。!?]{1,8}(?:写|生成|起草|润色|代写)[^,。!?]{0,6}(?:离职信|辞职信|辞呈|离职申请|辞职报告)"
    r"|被挖(?:角|墙角)?(?:来|进|到)[^,。!?]{2,12}的(?:故事|经历|时候|那年|那天)|\bhang in there\b|\bstay strong\b|\bno longer (?:just|only|merely|simply) \b|\b(?:asked|had|got|let|made|used) (?:[\w'-]+ ){1,3}(?:to )?(?:write|draft|polish) (?:my|me|a) (?:\w+ )?(?:resignation|goodbye|farewell)"
)


def idle(scene: Scene, window: Window) -> bool:
    """Is a departure only thought through: 'X leaving ORG would be like ...', or a turn of speech?"""
    if _IDLE_TALK.search(scene.text, *window):
        return True
    return scene.text.find("would", *window) >= 0 and _IDLE.search(scene.text, *window) is not None


def unsourced(scene: Scene, event: Event) -> bool:
    """Do only people without a name say what an event tells?"""
    low, high = scene.sentences[scene.sentence_of(event.start)]
    if event.rule.startswith("zh."):
        return chinese.unsourced(scene.text, low, event.start)
    return english.unsourced(scene.text, low, event.start, event.end, high)


def _is_turned(scene: Scene, laid: Laid, key: str, number: int) -> bool:
    """Does another sentence deny, doubt or mock what one says?"""
    behind = scene.sentences[number][1]
    if _GOES_ON.match(scene.text, behind):
        return True
    for other, (low, high) in enumerate(scene.sentences):
        if other == number:
            continue
        tags = {tag for tag, _, _ in signs_of(laid, key, Window(low, high))[1]} & _TURNS
        if _NO_ANSWER.search(scene.text, low, high):
            tags -= {"hedge", "anon"}
        named = {m.key for m in scene.named(low, high) if m.kind == "name"}
        if tags & _TURNS_ALL if named and key not in named else tags:
            return True
    return False


_NAMED_EN = regex(
    r"(?:,(?: [^,.;:?!\"]{2,60},)?)?(?: who)?(?: has| have| had)?(?: (?:abruptly|suddenly|formally|officially|unexpectedly|quietly|just|already|also|now))? "
)
_SAYS_EN = regex(
    r",?(?: has)? (?:said|says|announced|announces|confirmed|told (?:staff|colleagues|employees))(?: (?:on|late on|early on) (?:mon|tues|wednes|thurs|fri|satur|sun)day)?(?: that)? (?:he|she|they) (?:was|is|were|are|has|had|have|would be|will be) "
)
_AFTER_SAID = regex(r"(?: (?:from|as) [^.,;:!?\"]{2,50})?(?:\.(?!\.)|,)")
_BEHIND_EN = regex(
    r"(?: (?:on (?:mon|tues|wednes|thurs|fri|satur|sun)day|last (?:week|month)|this (?:week|month)|today|yesterday|on the same day))?"
    r"(?:\.(?!\.)[\"'”]?(?:\s|$)|, (?:his|her|their|the|it|a)\b|, (?!.{0,40}\b(?:sources?|people|persons?|insiders?|rumou?rs?)\b)[^.,;:?!\"]{2,40} (?:said|says|reported|reports|confirmed|shows?)\.)"
)
_FOR_EN = regex(
    r" for (?=[A-Za-z])(?!the|a|an|good|his|her|their|lunch|home)\w+(?: in (?:january|february|march|april|may|june|july|august|september|october|november|december)| last \w+| this \w+)?[.,]"
)
_PAST_EN = ("resigned", "stepped down", "left", "departed", "quit")


# What only says that somebody does as the one before, or does not.
_LIKEWISE = ("en.same.so_did", "en.same.likewise", "en.same.did_not", "en.same.but_other", "en.same.with")


# Who has come back had left; the words of the departure before it outweigh those of the return.
_BACK = ("en.stay.undone", "en.stay.rehired", "en.stay.back")
_IF_TRUE = regex(r"(?:如果|若是?|要是|假如|倘若)[^。!?]{0,24}$")


def fixed(scene: Scene, events: Iterable[tuple[Event, Mention]], standing: str, window: Window) -> bool:
    """Do words that mean nothing else say it of a watched person: that they are back, or 'if the news of X is true'?"""
    return any(
        who.watched
        and event.standing == standing
        and window.start <= event.start < window.end
        and (who.kind != "name" or scene.sentence_of(who.start) == scene.sentence_of(event.start))
        and (_is_back if standing == "denied" else _is_talk)(scene, event)
        and not any(start <= event.start < end for start, end in scene.quotes)
        for event, who in events
    )


def _is_back(scene: Scene, event: Event) -> bool:
    return (
        event.rule in _BACK
        and _BACK_AT.match(scene.text, event.start, event.end) is not None
        and (event.rule != "en.stay.back" or _at_the_lab(scene, event.end))
    )


def _is_talk(scene: Scene, event: Event) -> bool:
    if event.rule == "en.hint.news":
        return True
    begin = scene.sentences[scene.sentence_of(event.start)][0]
    return event.rule.startswith("zh.verb.") and bool(
        _IF_TRUE.search(scene.text, begin, event.start) and chinese.IF_TRUE.match(scene.text, event.end)
    )


# 'Back at ORG', and not 'back to ORG evals'.
_NO_THING = regex(
    r"\s*(?:$|[^\w\s'-]|(?:today|now|again|this|last|after|as|and|but|to|in|on|for|from|with|just|since|yesterday|following|a|one|two|three|six|\d+|weeks|months|days|by|where|team|lab)\b)"
)


def _at_the_lab(scene: Scene, at: int) -> bool:
    span = scene.organisation_in(at, at + 30)
    while (
        span is not None and (more := scene.organisation_in(span[1], span[1] + 16)) and more[0] <= span[1] + 2
    ):
        span = more
    return span is None or _NO_THING.match(scene.text, span[1]) is not None


_BACK_AT = regex(
    r"(?:re-?hir|reinstat|rejoin|return|c[ao]m(?:e|es|ing) back|(?:is |was |are )?back\b|\w+ .*\bback$)"
)


def framed(scene: Scene, event: Event, who: Mention) -> bool:
    """Does a frame say it that means nothing else: 'X announced that he resigns.', 'Y and X have left as well.'?"""
    if (who.end > event.start and event.rule not in _LIKEWISE) or scene.sentence_of(
        who.start
    ) != scene.sentence_of(event.start):
        return False
    if any(start <= event.start < end for start, end in scene.quotes):
        return False
    if event.rule in _LIKEWISE and who.kind == "name":
        return True
    between = scene.text[who.end : event.start]
    if event.rule.startswith("en."):
        return _framed_english(scene, event, between)
    if (
        event.rule == "zh.verb.resign"
        and not between
        and _ANSWERED.search(scene.text, max(0, who.start - 24), who.start)
    ):
        return _ON.match(scene.text, event.end) is not None
    if event.rule not in ("zh.verb.resign", "zh.verb.leave") or not _TIED_BEHIND.match(scene.text, event.end):
        return False
    if event.rule == "zh.verb.resign" and _ANNOUNCES.fullmatch(between):
        return True
    several = len({m.key for m in event.persons if m.watched}) > 1
    return several and _ALSO.fullmatch(between) is not None


def _framed_english(scene: Scene, event: Event, between: str) -> bool:
    if not scene.organisation:
        return False
    if _SAYS_EN.fullmatch(between):
        return event.rule in _STRICT and _AFTER_SAID.match(scene.text, event.end) is not None
    if scene.text[event.start : event.end] not in _PAST_EN or not _NAMED_EN.fullmatch(between):
        return False
    if event.rule in ("en.verb.resign", "en.verb.step_down"):
        return _BEHIND_EN.match(scene.text, event.end) is not None
    return _FOR_EN.match(scene.text, event.end) is not None
