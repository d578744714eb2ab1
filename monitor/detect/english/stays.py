"""English wordings that somebody stays, came back or was bound again: a departure denied."""

from __future__ import annotations

import re

from ..events import Reading, Site
from ..regex import regex
from ..vocabulary import COMPANIES
from . import people
from . import scope as scopes


def stay(site: Site) -> Reading:
    if re.match(
        r"\s*(?:late|tuned|up|overnight|in (?:a|the) hotel|hydrated|hungry|my favou?rite)\b", site.after
    ):
        return None
    word = site.scene.text[site.start : site.end]
    if word.endswith(" in") and _IN_TOWN.match(site.after):
        return None
    if word.startswith("remain") and BOND.match(site.after):
        return None
    if _UNTIL.match(site.after) or (re.match(r"stay\b", word) and not _MAY_STAY.search(site.before)):
        return None
    scope = scopes.organisation_behind(site) or "open"
    if (
        word.startswith("still")
        and scope == "open"
        and re.match(r" (?:at|with|on the|there|here|part of)", word[5:] + " ")
    ):
        text = site.scene.text
        answers = re.search(r"not|n't|no,|rumou?r|\?", text[max(0, site.low - 80) : site.high])
        if not answers and not _tells_all(site):
            return None
    if _I_AM_AT.match(word) and (scope != "ours" or not _DISBELIEF.search(site.scene.text)):
        return None
    if word.startswith("still the") and scope != "ours":
        return None
    return people.subject_near(site), scope


# 'Staying in Lisbon', and not 'staying in my chair'.
_IN_TOWN = regex(
    r" (?!(?:my|his|her|their|our|the|this|that|its|place|post|office|charge|touch|role|position|power|situ|house)\b)"
)


def _tells_all(site: Site) -> bool:
    """'I'm still here.', by a watched author: said to those who ask."""
    own = site.scene.author_watched and re.search(r"\b(?:i'm|im|i am) $", site.before)
    return bool(own) and re.match(r"\s*(?:[.,!;]|$)", site.after) is not None


# 'Remains a friend' keeps no post.
BOND = regex(
    r"(?: [\w-]+){0,3}? (?:friends?|inspiration|hero|mystery|legend|idol|role model|mentor|influence|critic|fan|believer|favou?rite)\b"
)
_I_AM_AT = regex(r"(?:i'm|im|i am) (?:at|with)")
# What an author who says where they are speaks against.
_DISBELIEF = regex(
    r"\b(?:(?:don't|dont|do not|never) (?:believe|trust|listen|buy)|ignore|fake|false|rumou?rs?|not true|untrue|hoax|nonsense|april fools?|kidding|jok(?:e|ing))\b"
)
# 'Will stay until July': an end is named.
_UNTIL = regex(
    r"(?: on| (?:at|with|in) [\w ]{2,30})? (?:until|till|through|to see out) (?!the end of (?:time|days)|(?:he|she|they|i)|retirement|further)"
)


_MAY_STAY = regex(
    r"(?:\b(?:to|will|would|shall|can|could|may|might|must|should|not|never|does|do|did|i|we|they|you|and|or|'ll|'d)|n't)\W+(?:\w+ ){0,2}$|^\W*$"
)


def anywhere(site: Site) -> Reading:
    if not re.search(r"(?:\bnot|n't|\baint|\bisnt) $", site.before):
        return None
    return people.subject(site._replace(start=site.start - 4)), "open"


_WAS_GONE = regex(
    r"\b(?:left|leav\w+|quit\w*|resign\w*|depart\w*|exit\w*|gone|start-?up|stint|spell|boomerang\w*|u-turn|after all|rejoin\w*|return\w*|re-?hired|(?:days|weeks|months|year) (?:at|later|after|away|outside|elsewhere)|outside|old (?:desk|job|team|badge|chair)|again|un-\w+|changed|rumou?rs?|reports?|break)\b"
)


def back(site: Site) -> Reading:
    if scopes.organisation_behind(site) != "ours":
        return None
    if not re.search(r"\b(?:not|never)\b|n't\b", site.before) and re.search(
        r"\b(?:holiday|vacation|leave|sick|honeymoon|sabbatical)\b"
        if site.cue.stem.startswith("rejoin")
        else r"\b(?:holiday|vacation|leave|sick|trip|conference|break|weekend|honeymoon|sabbatical)\b",
        site.scene.text[site.low : site.high],
    ):
        return None
    if (
        site.cue.stem.startswith("back")
        and not (_OWN_WORDS.match(site.scene.text) and site.scene.author_watched)
        and not _WAS_GONE.search(site.scene.text)
    ):
        return None
    return people.subject(site), "ours"


# All that an author says of it: "I'm back at ORG!"
_OWN_WORDS = regex(
    r"\W*(?:(?:(?:hi|hello|hey|ok|okay|yes|yep|so|well|guess what|big news|life update|update|some news|news)\W+)*(?:(?:i am|i'm|im|it's official\W+i'm|officially|so happy to be|happy to be|glad to be|good to be) )?(?:finally |officially |now )?)back (?:at|with|in) [\w @#]{2,24}(?: again| now| today| for good)?\W*$"
)
_TO_A_PLACE = regex(r"(?: home)? (?:back )?(?:to|into|for|from) ")
_HOME = regex(
    r"(?:the |his |her |their )?(?:old )?(?:company|lab|team|fold|group|firm|job|role|post|position|desk|seat|office)\b"
)


def goes_elsewhere(site: Site) -> bool:
    """Does somebody 'return' to somewhere else than to the organisation: 'to academia', 'to her home town'?"""
    firm = re.match(r" (?:back )?(?:at|with|in) (\w+)", site.after)
    if firm is not None and firm[1] in COMPANIES:
        return True
    place = _TO_A_PLACE.match(site.after)
    if place is None:
        return False
    begin = site.end + place.end()
    ours = site.scene.organisation_in(begin, begin + 40)
    return not ((ours and ours[0] <= begin + 4) or _HOME.match(site.scene.text, begin))


def rehire(site: Site) -> Reading:
    """'ORG rehires X', 'ORG took X back': the organisation before the verb, the person in the cue or behind it."""
    scene = site.scene
    within = [m for m in scene.named(site.start, site.end) if m.kind in ("name", "third")]
    who = within or people.behind(site, site.end, 30)
    ours = [span for span in scene.organisation if site.start - 16 <= span[1] <= site.start]
    if not who or not ours or re.search(r"[.;:!?]", scene.text[ours[-1][1] : site.start]):
        return None
    return who, "ours"


def contract(site: Site) -> Reading:
    """'signed a new contract', 'turned down OTHER': not with somebody else, and with the organisation near."""
    scene = site.scene
    number = scene.sentence_of(site.start)
    low = scene.sentences[max(0, number - 1)][0]
    if scene.organisation_in(low, site.high) is None:
        return None
    partner = re.match(r" (?:with|for|at) (?:the )?", site.after)
    if partner:
        begin = site.end + partner.end()
        span = scene.organisation_in(begin, site.high)
        if span is None or span[0] != begin:
            return None
    if site.cue.stem in ("turn", "spurn", "rebuff") and not _offers(site):
        return None
    return people.subject(site), "open"


def _offers(site: Site) -> bool:
    return bool(
        re.match(
            r"[^.;]{0,40}\b(?:offers?|jobs?|roles?|poach\w*|recruiters|headhunters|rivals?)\b", site.after
        )
    ) or (bool(re.match(r"(?: [A-Z][\w-]+){1,2}", site.scene.letters[site.end : site.end + 40])))


def retain(site: Site) -> Reading:
    """'ORG keeps X': the organisation right before the verb, the person behind it, and nothing more of him."""
    ours = [span for span in site.scene.organisation if site.start - 14 <= span[1] <= site.start]
    if not ours or re.search(r"[.,;:!?]", site.scene.text[ours[-1][1] : site.start]):
        return None
    who = people.behind(site, site.end, 30)
    tail = site.scene.text[who[-1].end : site.high] if who else ""
    if not re.match(r"\s*(?:[.,;!?]|$|but\b|and\b|after all|on board|for now|in place|as\b)", tail):
        return None
    return who, "ours"
