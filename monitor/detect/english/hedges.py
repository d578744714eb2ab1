"""English words that make a departure a rumour: before it, behind it, or about the whole text."""

from __future__ import annotations

import re

from ..events import Site
from ..regex import regex
from ..scene import quote_around
from .words import Phrases

BEFORE = Phrases(
    """reportedly; allegedly; supposedly; purportedly; apparently; seemingly; maybe; perhaps; possibly; probably; prob; prolly; likely; presumably; conceivably; plausibly;
    ostensibly; might; can't say for sure; {seem}; {appear}; {look} like; {sound} like; {feel} like; {smell} like; word is; word on the street; word has it; word around/at/in; word going around/round;
    word reached/reaches; word goes; legend has it; unconfirmed; unverified; uncorroborated; unsourced; unattributed; said to; believed to; thought to; expected to; understood to; tipped to; tipped for; tipped as; poised to; rumoured; rumored;
    rumour; rumor; rumours; rumors; gossip; gossips; whisper; whispers; whispering; whispered; hearsay; scuttlebutt; grapevine; chatter; buzz; murmurs; murmur; tattle; tea is; the tea; tittle-tattle; mutterings; muttering; speculation;
    speculate; speculates; speculating; speculated; leaked; overheard; overhear; {hear} that; hearing; hears; i hear; we hear; i heard; we heard; just heard; heard a; heard the; heard you; ive heard; i've heard; people familiar; insider; insiders; tipster; tipsters; leaker;
    {consider}; {weigh}; {mull}; {ponder}; {think} about/of; {contemplate}; {toy} with; {flirt} with; eyeing; eyes a/an/the/leaving/up; eyed a/an; {entertain}; floated; mooted; touted; tempted; itching; {hint}; hinting; cryptic; suspected; suspects; suspect; suspicion;
    {threaten} to; {want} to; {look} to; {plan} on maybe; in talks; in discussions; in negotiations; exploring; {explore}; sounding out; linked to/with; on the verge; on the brink; close to; near to; open to; not ruling out; {guess}; i think; i bet; i suspect; i'd bet/wager/guess/say; i would bet/wager/guess/say; i reckon; i'm betting; i wager;
    my bet; safe bet; good bet; bet is; bets are; betting; odds; odds on; odds are; odds of; chances are; chance of; chances of; my money; money's on; hunch; gut feeling; gut says; my theory; theory is; theory that; could be; may be; might be; potential; potentially; possible; possibility; probable; imminent;
    {know} if; sure if; {confirm} if; {ask} if; {tell} if; {tell} me if; clear if; {see} if; lips; everyone's lips; must have; has to be; presumed; not sure; nobody sure; no one sure; unsure; unclear if; unclear whether; remains unclear; no idea if; no idea whether; {wonder}; whether; {fuel}; {spark}; {raise} questions/doubts/eyebrows; {set} tongues; tongues wagging;
    question marks; question mark; no word on/about/yet; no news on/about/yet; unanswered; might as well; is it true; any truth; anybody know; anyone know; anyone confirm; can someone/somebody/anyone/anybody; could someone/somebody/anyone/anybody; {claim}; swears; swear; little bird; birdie; {suggest}; signs that/of; sign that/of;
    there is talk; there's talk; talk of; talk that; the talk is; they say; they're saying; people say; some say; people are saying; everyone says; everybody says; everyone is saying; everyone's saying; so i'm told; i was told; we were told; been told; was told over; told in a; i'm told; i am told; we're told; told me; tells me; telling me; {tell} us; {tell} a/this reporter/blogger/newsletter/site; me how i know; how i know;
    allegation; allegations; alleged; purported; supposed; supposedly; so-called; if true; if genuine; if real; if accurate; if correct; if confirmed; a source; one source; sources say/said/tell/told/close/claim/inside/at/with/near/indicate/suggest; source says/said/close/inside/tells/claims/at; multiple sources; several sources; a person close; people close; people with knowledge; a person with knowledge;
    people briefed; a person briefed; person familiar; those familiar; anonymous; anonymously; anon; is this about; as a possibility; widely expected; wide expectation; {tip} as; next to {go}/{leave}/{quit}; could go; doing the rounds; going around; going round; making the rounds; circulating; {circulate};
    calling it:; calling it now; mark my words; prediction:; expected in; {brace} for; {prepare} for; preparing; pencilled; earmarked; reading between the lines; apparently not; vibes; just vibes; my read; my read is; seeing lots/many/some/these of; seeing lots of; seeing a lot of; seeing many; seeing some; seeing these; seeing posts; seeing tweets; a feeling; i have a feeling; got a feeling; feeling that; tarot; crystal ball; odds; market on; prediction market; polymarket; kalshi; manifold; metaculus; my book; poll; straw poll; either; forwarded as received; forwarded many times; chain message; per an anonymous; anonymous staffer; whose guess; your guess; voice from inside; should know; in the know; desk chatter; floor chatter; chatter has; the smart money; story was/is/goes that; the story that; heavy hint; fortune teller; predicted; prediction; predictions; predict; predicts; forecast; prophesy"""
)

# Who is said to know, without a name; what is said to have it.
_NOBODY = (
    r"(?:friends?|cousin|barber|hairdresser|uncle|auntie?|flatmate|roommate|housemate|neighbou?rs?|colleagues?|ex-colleague|co-?worker|recruiters?|headhunters?|source|sources|insiders?|employees?|engineers?|staffers?|guy|person|dude|bloke|lad|man|woman|"
    r"driver|waiter|barista|bartender|blogger|leakers?|tipsters?|commenter|poster|dm|bird|mates?|contacts?|contractor|students?|interns?|postdoc|prof|professor|advisor|adviser|"
    r"people|folks|some|someone|somebody|others|everyone|everybody|they|half|doorman|guard|janitor|janny|cleaner|cabbie|sister|brother|wife|husband|mum|mom|dad|girlfriend|boyfriend|partner|ex)"
)
_MEDIUM = r"(?:forums?|blogs?|newsletters?|podcasts?|tweets?|threads?|group ?chats?|chats?|subreddits?|accounts?|screenshots?|rumou?rs?|tabloids?|bots?|reddit|twitter|weibo|maimai|blind|4chan|wechat|discord|slack|glassdoor|zhihu|hn|timeline|internet|corridors?|grapevine|rumou?r mill|network|lists?|sheets?|spreadsheet|bingo|dms?|timeline|leak)"

HEARSAY = regex(
    rf"\b(?:an?|my|some|one|another|this|that|our|his|her|their|two|three|four|five|several|many|multiple|few|old|random|\d+) (?:[\w'-]+ ){{0,3}}?{_NOBODY}(?: (?!who\b|that\b|which\b|whose\b|behind\b)[\w'-]+){{0,5}}? "
    r"(?:says?|said|swears?|swore|claims?|claimed|tells?|told|reckons?|thinks?|insists?|insisted|heard|hears?|saying|whispers?|whispered|mentioned|mentions?|writes?|wrote|keeps?|posts?|posted|believes?|assumes?|suspects?|is sure|are sure|is convinced|is adamant|texted|dm'd|pinged|let slip)\b"
    r"|\b(?:someone|somebody|people|folks|they|everyone|everybody|reddit|twitter|weibo|maimai|blind|discord|wechat|x|some(?! (?:\w+ )?thought\b)|many|others)(?: [\w'-]+){0,4}? (?:says?|said|swears?|claims?|claimed|tells?|told|reckons?|thinks?|thought|insists?|heard|hears?|writes?|wrote|keeps?|tweets?|posts?|believes?|assumes?|suspects?)\b"
    r"|\b(?:half|some|most|many|one|two|none) of (?:them|you|those|the \w+)(?: \w+){0,2}? (?:says?|think|thinks|swears?|has|have|had|reckons?)\b"
    rf"|\b{_MEDIUM}(?: [\w'-]+){{0,6}}? (?:says?|claims?|claimed|insists?|reckons?|thinks?|has|have|had|is convinced|swears?|suggests?)\b"
    r"|\b(?:two|three|four|five|six|several|some|many|half|people|few) (?:[\w-]+ )?(?:at|in|inside|within|from|close to|near) (?:[\w' -]{2,24}?) (?:say|said|swear|claim|tell|told|reckon|think|whisper|believe)\b"
    r"|^\W*(?:passenger|cabbie|cab driver|taxi driver|uber driver|barista|waiter|waitress|bartender|bloke|guy|dude|woman|man|voice|stranger|neighbou?r|recruiter|headhunter|random|someone|somebody)\b[^.!?:]{0,40}\b(?:says?|said|saying|swears?|claims?|told|reckons?|muttering|whispers?|whispered)\b"
    r"|\bwho(?:'d| could| might) $"
    r"|according to (?:\w+ ){0,4}(?:sources|people|insiders|employees|someone|somebody|friends|reports?|rumou?rs?|colleagues|staff|chatter)\b"
    r"|^(?:sources?|rumou?rs?|gossip|unconfirmed|leaks?|hearing|leak|speculation)(?=:)"
)
AFTER = regex(
    r"(?:,|\(|-|—|–|\.\.\.)?\s*\b(?:(?:two |three |several |some |multiple )?(?:sources|insiders|people familiar|people close|those close)[^.]{0,30}(?:say|said|claim)|sources?|according to (?:\w+ ){0,4}(?:sources|people|insiders|reports?|rumou?rs?|employees)|(?:according to|says?|per) (?:someone|somebody)\b[^.!?]{0,60}|"
    r"(?:i|we) hear|i heard|rumou?r has it|so they say|they say|people say|unconfirmed|unverified|if true|supposedly|or so\b.{0,20}|reportedly|allegedly|apparently|perhaps|possibly|presumably|i reckon|i bet|i suspect|"
    r"says? (?:friend|cousin|mate) of|(?:says?|per|according to) (?:the|a|an|some|one|this|my) (?:\w+ )?(?:blog|newsletter|tabloid|forum|thread|account|bot|tweet|post|screenshot|rumou?r mill|grapevine|friend|cousin|uncle|aunt|mate|colleague|source|insider|recruiter|guy|bloke)[^.!?]{0,60}|i think|i guess|probably|maybe|right\?|no\?|or what|report says|reports say|rumou?rs?|word is|is the rumou?r|is the gossip|is the word|is the talk|per rumou?rs?|if (?:you|we|one) believe\b.{0,30}|if (?:the )?(?:gossip|rumou?rs?|reports?|chatter|whispers|leaks?|it|this|that) (?:is|are|turns? out|proves?|holds?).{0,20}|so (?:my|a|an|the|his|her|one|some) [\w' ]{2,40}(?:says?|said|reckons?|claims?|tells me|told me)|or is (?:it|that|this) (?:only|just|all)? ?(?:\w+ )?(?:gossip|rumou?rs?|talk|chatter)|we'll see|who knows)\s*[\"')]?\s*(?:[.!?]|$)"
)
NOT_NAMED = regex(
    r"according to (?:\w+ ){0,4}(?:sources|people|insiders|employees|colleagues|someone|somebody)|\b(?:sources|insiders|people familiar|people close|people with (?:\w+ )?knowledge)\b[^.]{0,40}\b(?:said|say|told (?:us|me|this|the|reuters|bloomberg))\b|"
    r"(?:asked|wished|wanted|declin\w+|not authori[sz]ed) (?:not )?to (?:be )?(?:named|identified|speak)|condition of anonymity"
)
# Said anywhere, it makes every claim of the text a rumour.
TEXT = Phrases(
    """grain of salt; pinch of salt; bucket/truckload/shaker/spoonful/mountain/lorryload/boatload of salt; salt shaker; kilo of salt; big if true; huge if true; unconfirmed; unverified; unsourced; uncorroborated; someone confirm; somebody confirm; anyone else hear/hearing/heard; awaiting confirmation; awaiting official;
    draw/make your own conclusions; what you will; as you will; take it as; take this as; take it with; take this with; take with; no official confirmation; no confirmation; not confirmed; not been confirmed; not independently verified; not been verified; not verified; could not be verified/confirmed; could not be independently verified/confirmed; couldn't verify/confirm; not verify;
    ask me how i know; ask how i know; can't verify; cannot verify; can't vouch; cannot vouch; don't quote me; not quote me; treat as rumour/rumor/vapour/vapor/gossip; treat as a rumour/rumor; treat accordingly; apply decay; half the time; could be wrong; might be wrong; may be wrong; could be nothing; might be nothing; may be nothing; probably nothing; been wrong before; often wrong; usually wrong; could be a rebrand;
    forwarded as received; forwarded many times; trading at; treat as gossip; treat it as gossip; take as gossip; until someone signs; yes or no; your guess is as good; beats me; make of that what; make of it what;
    just a rumour/rumor; only a rumour/rumor; just rumours/rumors; just gossip; only gossip; canteen gossip; trust me bro; source: trust; source: vibes; source: dude; rumour mill; rumor mill; nothing official; waiting for official/an; wait for an/the official; no receipts; zero receipts; receipts so far: zero; receipts: zero; receipts: none; receipts: 0; no proof; zero proof; no evidence yet; no sources; zero sources;
    all i hear; what i hear; fake or real; real or fake; true or false; true or fake; fact or fiction; do your own research; dyor; no idea if this/it/that; hope it's/it_is/this_is/i'm not true; hope it's/it_is/this_is/i'm wrong/false; pls/please/plz/kindly confirm; confirm karo; can confirm or deny; confirm or deny; pls/please/plz say it's; please say it is;
    put their name to it; on the record yet; won't go on record; will not go on record; nobody will go on the record; speculating; pure speculation; just speculation; wild speculation; idle speculation; just vibes; pure vibes; tinfoil; tin foil; conspiracy theory; coin flip; coin toss; 50/50; fifty-fifty; fifty fifty; not 100% sure; not 100 percent sure; not a hundred percent;
    grain-of-salt; sounds fake; smells fake; screenshot doing the rounds; third-hand; second-hand; secondhand; thirdhand; three hops; friend of a friend; foaf; who started the list; {decline} to comment on reports/rumours/rumors/whether/speculation/his/her/the; has not responded to reports/rumours/rumors; smoking something; anyone got a source; any insider; any insiders; any sources; source?; sauce?; citation needed; is this real; is this true; is that true; is it true; is it real; is that real; is this legit; is it legit; legit or not; can anyone/anybody/someone/somebody confirm; anyone able to confirm; anyone know if; anybody know if; true?"""
)
_NOT_TRUTH = regex(r"^ (?:to )?(?:where|why|when|what|who)\b")
TELL_ME = regex(
    r"\by ?/ ?n\b|\byes ?/ ?no\b|tell me (?:this|it|that)(?: is|'s| isn't)\b|^rumou?rs?:|can(?:not|'t) confirm (?!where|why|when|what)|(?:have|has|had) not (?:been able to )?(?:verif|confirm)"
)
# One of these is in all that it matches.
_TELLING = ("/", "tell me", "rumor", "rumour", "confirm", "verif")


def doubted_text(text: str) -> bool:
    """Does the text as a whole call its news unconfirmed?"""
    if any(word in text for word in _TELLING) and TELL_ME.search(text):
        return True
    return any(not _NOT_TRUTH.match(text, end) for _, end in TEXT.spans(text))


_HEDGE = regex(
    r"\b(?:could(?!n't| not)|may(?= (?:or|be|have|already|soon|well|also|leave|quit|resign|step|depart|exit|move|join|walk|lose|part|go|not|yet|follow|hang|hand|pack|jump|bail|bolt|retire|finally|just|even|actually|soon|still|never)\b|\s*$)|"
    r"(?<!to )(?:hear|heard)(?! (?:it )?(?:(?:straight |directly |first-hand )?from (?:him|her|you|himself|herself)|the news)))\b"
)


def hedged(site: Site, before: str, after: str) -> bool:
    """Is the departure hearsay or a guess, by the words before or behind it?"""
    if quoted_post(site):
        return True
    before = before.rsplit(" now that ", 1)[-1]
    if _HEDGE.search(before) or HEARSAY.search(before) or AFTER.match(after):
        return True
    begin = site.start - len(before)
    for start, end in BEFORE.spans(before):
        if before.startswith("-", end) or _NO_HEDGE.match(before, start):
            continue
        if not (_told_by_name(site, begin + start, before[start:end]) or _is_true(before, start, end)):
            return True
    return _late_hedge(after)


# 'Hearing notes: ...' of a court, 'wants to be clear: ...'.
_NO_HEDGE = regex(
    r"hearing(?:s|:| (?:notes?|room|date|day|today|on|in|of|transcript|officer|aids?))|(?<=the )hearing|(?<=day's )hearing|(?<=court )hearing"
    r"|want(?:s|ed)? to (?:be (?:very |really |absolutely )?clear|make (?:it )?clear|clarify|clear|stress|point out|add|say|thank|let|tell|confirm|announce|share|state)\b"
)


_POST = regex(
    r"[\"'」』》]\s*(?:posts?|stor(?:y|ies)|headlines?|rumou?rs?|articles?|tweets?|threads?|claims?|takes?|leaks?|hoax|meme)\b"
)


def quoted_post(site: Site) -> bool:
    """'Another "X left ORG" post': what others post."""
    quote = quote_around(site.scene, site.start)
    return quote is not None and _POST.match(site.scene.text[quote[1] : quote[1] + 16]) is not None


def _told_by_name(site: Site, start: int, word: str) -> bool:
    """'X told me he leaves' is X's own word."""
    return word.startswith(("told", "tell", "claim")) and any(
        m.end <= start <= m.end + 14 and m.kind in ("name", "third") for m in site.scene.mentions
    )


def _is_true(before: str, start: int, end: int) -> bool:
    return before.startswith(("rumo", "goss", "whis"), start) and bool(
        re.match(r" (?:is|are|was|were|turned out|turn out) (?:\w+ )?(?:true|right|confirmed)", before[end:])
    )


def _late_hedge(after: str) -> bool:
    if NOT_NAMED.search(after):
        return True
    m = AFTER.search(after[-90:])
    return m is not None and (
        m.group(0).lstrip()[:1] in ",(-—–"
        or "sources" in m.group(0)
        or "people" in m.group(0)
        or "or is" in m.group(0)
    )
