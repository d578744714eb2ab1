"""Word tables for what a text tells about a departure beside the fact: when, whereto, who follows."""

from __future__ import annotations

from ..vocabulary import words

SHORT_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec")
OTHER_DAYS = (
    "today",
    "tonight",
    "yesterday",
    "tomorrow",
    "this morning",
    "this afternoon",
    "this evening",
    "ago",
    "week",
    "month",
    "month's",
)

# A date that one of these governs is the date of something else.
OTHER_DEEDS = """
    {join}; {found}; {co-found}; {say}; {tell}; {announce}; {confirm}; {report}; {reveal}; {disclose}; {write}; {post}; {tweet};
    {publish}; {update}; {launch}; {release}; {unveil}; {learn}; {hear}; {discover}; {note}; {add}; {claim}; {promote}; {hire};
    {appoint}; {become}; {start}; {begin}; {raise}; {meet}; {speak}; {host}; open/opens/opened/opening; met; heard; spoke; won; began; became; last night; back; {publish}; {state}; {mention}; {call};
    {email}; {ask}; {deny}; {find} out; {promise}; {introduce}; {present}; {talk}; {interview}; {succeed}; {replace}; {return};
    news; headline/headlines; rumour/rumours/rumor/rumors; since; born; conference; summit; keynote; event; interview; statement;
    memo; article; blog; podcast; earnings; meeting; announcement; which; where; when; because; than; edition; issue; or; but; while; if; {name}; drinks; party; dinner; cake; lunch; toast; {cite}; {quote}; {win}; {ship}; {miss}"""

# What tells in a later sentence that its date is still that of the departure.
STILL_LEAVING = """
    last/final day; last/final working day; last official day; last week; effective; {take} effect; {stay} until; {stay} on until;
    {remain} until; {stay} through; {remain} through; {leave}; {depart}; departure; exit; {step} down; {go} on; contract ends;
    {finish} on; in office until; there until; around until; on board until; at orrin until"""

AFTER_DATE = words(
    """launch release releases summit conference meeting keynote event interview report reports post edition issue memo
    announcement deadline filing earnings statement article hearing update"""
)
ANNOUNCED = """
    {announce}; {confirm}; {report}; {reveal}; {disclose}; {say}; {tell}; {write}; {post}; news of; word of; rumours of; rumors of"""
NOMINAL = words(
    "departure departures exit exits resignation leaving move farewell retirement goodbye going ouster dismissal"
)
PAST = words(
    """left gone quit resigned went stood walked fired sacked ousted dismissed poached moved was were had departed
    retired replaced hired snapped lured removed terminated handed parted"""
)
LEFT = words(
    "left quit resigned departed fired sacked ousted dismissed retired resigning quitting leaving departing leaves departs"
)
LEAVES = words(
    "leave leaves leaving depart departs departing step steps stepping go goes going retire retires retiring"
)

# Where somebody goes: each trigger stands right before the name of the place.
JOIN = """
    {join}; {sign} with; {sign} for; {jump} ship to; {jump} to; {defect} to; {decamp} to; {switch} to; {head} to; {head} over to;
    headed to; headed for; bound for; off to; {move} to; {move} over to; {go} to; {go} over to; {go} work for; work/works/working for; now at;
    now with; work/works/working at; {land} at; {start} at; {resurface} at; job at/with; role at/with; position at/with; post at/with;
    gig at/with; next stop; next stop is; next stop will be; next up; next chapter; next adventure; new home is; new employer is; poached by; hired away by; hired by; snapped up by; lured away by;
    lured by; recruited by; scooped up by; picked up by; snatched by; nabbed by; tempted away by; wooed away by; signed by; acquired by; lured to; poached to;
    moves across to; {transfer} to; {return} to; {flee} to; {bolt} to; {bolt} for; reuniting with; {follow}"""
FOUND = """
    to found/start/launch/build/create/establish/co-found/cofound/set_up; {found}; {co-found}; {cofound}; founding/launching/starting/building/creating;
    building his/her/their/my own; is launching/starting/founding; has founded/started/launched/set_up; {set} up"""
# A departure that goes somewhere by itself: "X exits to Y".
GOES = words(
    "exits exit exited moves moved defects defected departs departed switches switched jumps jumped ship bolts bolted leaves leaving"
)
# Verbs of taking on somebody from elsewhere.
TAKES = words(
    """poach poaches poached poaching hire hires hired hiring lure lures lured luring snap snaps snapped nab nabs nabbed
    snag snags snagged steal steals stole recruit recruits recruited snatch snatches snatched land lands landed"""
)
HEADS = words(
    """start-up startup startups company lab laboratory fund firm studio venture nonprofit non-profit business university
    competitor rival consultancy foundation"""
)
DETERMINERS = words("a an his her their its my our another")

# Names that are no employer.
PLACES = words(
    """london paris berlin tokyo beijing shanghai hangzhou shenzhen singapore lisbon madrid rome milan vienna zurich geneva
    amsterdam dublin boston seattle austin toronto vancouver montreal sydney melbourne auckland seoul taipei bangkok bali
    dubai delhi mumbai bangalore bengaluru munich hamburg stockholm oslo copenhagen helsinki warsaw prague budapest lagos
    nairobi cairo moscow kyoto osaka guangzhou chengdu nanjing wuhan xian macau hainan sanya japan china korea india
    england britain uk usa us america canada mexico brazil chile peru argentina france germany italy spain portugal greece
    turkey sweden norway finland denmark iceland ireland scotland wales switzerland austria poland ukraine russia israel
    egypt kenya africa asia europe australia zealand new york francisco san los angeles california texas silicon valley
    hong kong taiwan tibet thailand vietnam malaysia indonesia philippines hawaii florida chicago washington
    christmas easter thanksgiving ramadan diwali ces davos neurips icml iclr acl cvpr emnlp naacl aaai ijcai kdd sxsw
    god heaven hell dad mum mom reasons him her them me us you it more less all good now what which who that whom
    sure next then lent tbd tba chatgpt claude copilot llama grok kimi ios android linux windows perth brisbane adelaide wellington
    queensland tasmania oxford cambridge bristol manchester leeds glasgow edinburgh belfast cardiff liverpool brighton york
    cologne frankfurt stuttgart dresden leipzig basel bern lausanne lyon marseille nice toulouse bordeaux brussels antwerp
    ghent rotterdam utrecht hague luxembourg salzburg graz innsbruck barcelona valencia seville bilbao porto turin naples
    florence venice bologna athens thessaloniki istanbul ankara belgrade zagreb ljubljana sofia bucharest bratislava brno
    krakow gdansk vilnius riga tallinn reykjavik bergen gothenburg malmo tampere minsk kyiv tbilisi yerevan baku almaty
    tashkent tehran baghdad amman beirut jerusalem haifa tel aviv riyadh doha kuwait muscat abu dhabi karachi lahore dhaka
    kolkata chennai hyderabad pune goa kathmandu colombo yangon hanoi saigon phnom penh kuala lumpur jakarta manila cebu
    penang shenyang dalian harbin qingdao tianjin chongqing suzhou xiamen fuzhou kunming dali lijiang lhasa guiyang hefei
    nagoya sapporo fukuoka okinawa busan jeju honolulu anchorage portland oregon denver colorado utah phoenix arizona vegas
    nevada dallas houston atlanta miami orlando tampa philadelphia pittsburgh baltimore detroit minneapolis milwaukee
    columbus cleveland cincinnati nashville charlotte raleigh boulder oakland berkeley cupertino menlo palo alto jose
    ottawa calgary quebec halifax brooklyn manhattan jersey massachusetts maine vermont alaska bogota medellin lima quito
    santiago montevideo rio sao paulo buenos aires havana panama costa rica jamaica accra dakar kampala kigali addis ababa
    johannesburg cape town durban casablanca tunis algiers pakistan bangladesh nepal sri lanka iran iraq saudi arabia qatar
    uae jordan lebanon croatia serbia slovenia slovakia hungary romania bulgaria czechia belgium netherlands holland
    estonia latvia lithuania cyprus malta north south west east coast hills beach"""
)  # fmt: skip
NOT_COMPANIES = words("ant adept stability inflection runway hema cloud gemini kimi gap ship")

# Verbs that lead to towns as well as to employers, and what tells an employer then.
MOVES = ("mov", "go ", "goes", "going", "gone", "went", "flee", "fled", "return", "head", "off ", "bound")
SIGNS = words(
    "ai lab labs inc corp ltd research technologies technology university institute systems robotics ventures capital"
)

# Before the trigger: it does not happen, or only somebody else thinks so, or it lies behind.
NOT_GOING = """
    not; never; no; nobody; neither; nor; without; cannot; didn't; doesn't; isn't; won't; wasn't; hasn't; haven't; don't; aren't; can't;
    {deny}; {decline}; {turn} down; turned/turning/turns; {refuse}; {reject}; rather than; instead of; whether; if; unless; before; after;
    since; previously; formerly; earlier; once; had; would have; until; asked; whatever; used to; family; wife; husband; partner; kids; parents; friend; colleague; brother; sister; son; daughter; we"""
PERHAPS = """
    reportedly; rumour/rumours/rumor/rumors/rumoured/rumored; may; might; could; would; perhaps; maybe; possibly; probably; presumably;
    likely; apparently; allegedly; supposedly; speculation; {speculate}; said to; {hint}; {suggest}; unclear; unconfirmed; expected;
    {believe}; believed; {think}; {consider}; in talks; talking to; {hope}; {wish}; {want}; {guess}; {bet}; {wonder}; tipped; some say;
    word is; hearsay; gossip; {dream}; {expect}; should; linked with; linked to; interested in; {plan}; unsure; not sure; who knows"""

# Who follows. NAME stands behind the first group, before the second.
NAMED_AFTER = """
    replaced; succeeded; replaced by; succeeded by; successor; successor is; successor will be; successor as; successor named as; replacement;
    replacement is; replacement will be; replacement named as; new head is; new lead is; new chief is; followed by;
    {hand} over to; {hand} over the reins to; {hand} the reins to; {hand} it over to; {hand} things over to; {hand} the role to;
    {hand} the job to; {hand} the team to; {hand} the keys to; {hand} her team to; {hand} his team to; {hand} the baton to; {hand} control to;
    {hand} off to; {pass} the baton to; {pass} the torch to; {pass} the reins to; {pass} the role to; {pass} to; {give} way to; {make} way for;
    his/her/their/my place; his/her/their/my place comes/is/will_be; {take} his/her/their/my place is; his/her/their/my stead; his/her/their seat;
    {lead} by; led by; now run by; now headed by; headed by; to be led by; overseen by; filled by; taken over by; taken by;
    role {go} to; job {go} to; post {go} to; role falls/fell to; job falls/fell to; duties {pass} to; team {go} to; baton to; reins to; responsibilities to; duties to; leaving it to"""
NAMED = """{name}; {appoint}; {pick}; {tap}; {promote}; {choose}; {install}; {select}; {elevate}; {bring} in; {hire}"""
TO_FOLLOW = """
    as his/her/their/the/my successor; as successor; as his/her/their/the/my replacement; as replacement; to replace; to succeed; in his/her/their/my place;
    to take over; to fill; as new head; as the new head; as interim head; as acting head; as new lead; as interim lead; as acting lead;
    as the new lead; as its new; as her/his successor; to lead; to head; to run"""
FOLLOWS = """
    {take} over; taken over; {succeed}; {replace}; {step} in; {step} up; {step} into his/her/their/the/my; {fill} in; {fill} his/her/their/the/my;
    {inherit}; {assume} his/her/their/the/my; {assume} leadership; {pick} up his/her/their/the/my; {take} on his/her/their/my;
    {lead} the/his/her/their/my; leads orrin's; {head} the/his/her/their; heads up the; {run} the/his/her/their; in charge; in charge of the;
    his/her/their/my successor; his/her/their/my replacement; the successor; the replacement; named as his/her/their/the/my successor; named successor;
    named his/her/their/the successor; named as his/her/their/the replacement; appointed to succeed; appointed to replace; named to replace; named to succeed;
    appointed as his/her/their/the successor; appointed his/her/their/the successor; chosen to succeed; tapped to succeed; tapped to replace; appointed successor;
    promoted to replace; {become} the new/interim/acting; {become} interim/acting/new; the new head/lead/chief/director; new head/lead/chief/director; interim/acting head/lead/chief/director; {take} the helm; {take} the reins"""
TEAM = words(
    """team group lab unit division department squad effort role post job position seat work research model models project
    projects reins helm duties responsibilities shoes place office speech vision code alignment safety data infra"""
)
AUXILIARY = words(
    """has have will is was been be are to now then already immediately temporarily also formally officially who s ll
    meanwhile instead himself herself just next being it that today tomorrow yesterday and"""
)
# What may follow "takes over" when it is a post that is taken.
TAKEN = words(
    """from as for the his her their my on in next immediately temporarily until leadership responsibility and at by today
    tomorrow starting effective this after with while until ad officially permanently when"""
)

CAME_BACK = """
    {rejoin}; re-joins; re-joined; re-joining; {boomerang}; homecoming; second stint; back in the fold; {return} to the fold;
    has returned; have returned; returned after; returns after; back after; back from; {come} home to"""
BACK_TO = """
    back at; back with; back to; back in; back on; {return} to; {come} back to; {go} back to; welcome back; welcome back to;
    {come} back; {rehire}; {take} back"""
STAYED = """
    {withdraw}; {rescind}; {retract}; never left; never quit; never resigned; did not leave; didn't leave; not leaving; not left; has not
    left; hasn't left; vacation; holiday; holidays; parental; maternity; paternity; sick; leave of absence; trip; sabbatical; on stage;
    stays; is staying; changed her/his/their/my mind; desk; lunch; no plans; not going"""
