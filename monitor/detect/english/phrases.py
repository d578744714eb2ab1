"""English turns of phrase for leaving and being sent away, in the notation of english_forms."""

from __future__ import annotations

import re

from ..vocabulary import COMPANIES
from .forms import rows, typos

_THINGS = "badge/pass/laptop/lanyard/keycard/keys/key_card/id/id_card/access_card/parking_pass/macbook/company_phone/company_laptop/work_laptop/fob/swipe_card"
_LETTER = (
    "/".join(sorted(typos("notice")))
    + "/notice/resignation/papers/letter/resignation_letter/two_weeks/two_weeks'_notice/two_weeks_notice/two-week_notice/notice_letter"
)
_FORMS = "form/forms/paperwork/papers/documents/agreement/package/letter"
_TIME = "tenure/time/stint/run/reign/spell/career/journey/chapter/adventure/association/employment/days/years"
_LAST = "commit/commits/pr/push/merge/standup/stand-up/all-hands/on-call/deploy/release/email/e-mail/meeting/lunch/coffee/paycheck/payslip/shift/sprint/swipe/badge-out/bow/act/lecture/1:1/sync/demo/seminar/bug/ticket/code_review/training_run/post/message/working_day/day/week/month/tuesday/monday/wednesday/thursday/friday/day_ever"
_OUT = "door/exit/lift/elevator/gate/gates/lobby/car_park/parking_lot/kerb/curb/street/turnstiles"

# Said of a job only: no word of the organisation is needed.
LEAVING = (
    *rows(
        "idiom", "idiom.notice",
        f"{{hand}} in/over/back OWN ~ {_THINGS}/{_LETTER}", f"{{turn}} in/over OWN ~ {_THINGS}/{_LETTER}",
        f"{{put/throw/send}} in/down OWN ~ {_LETTER}".replace("{put/throw/send}", "{put}/{throw}/{send}"),
        "{throw} ~ letter", f"{{give}} in/back OWN ~ {_THINGS}/{_LETTER}", "{give} OWN ~ notice/resignation/two_weeks",
        "{lodge}/{file}/{submit}/{tender}/{serve}/{post}/{deliver} (in) (OWN) ~ resignation/notice/resignation_letter/letter_of_resignation",
        "{tender} already", "{serve} (out) (OWN) notice", "{work} out OWN notice", "working OWN notice", "in/on OWN notice_period",
        f"{{sign}} (off) the/OWN/my exit/leaving/separation/severance/termination/release/redundancy/leaver/resignation {_FORMS}".replace("the/OWN/my", "the/OWN"),
        f"{{sign}} exit/leaving/separation/severance/termination/redundancy {_FORMS}",
        "relieving letter", "relieved from OWN duties", "on gardening/garden leave",
        "{put} OWN ~ papers/notice/letter/resignation in", f"{{return}}/{{surrender}} one/two/a/the ~ {_THINGS}", f"{{hand}}/{{give}}/{{turn}} the/a ~ {_THINGS} back/in", "badge/laptop/lanyard/keycard/keys/pass surrendered/dropped_off/gone_back/given_back/posted_back",
        "accept/consider this/that as OWN notice/resignation", "accept/consider this/that OWN notice/resignation", "this is OWN notice/resignation", "here is OWN notice/resignation",
        "{take}/{accept} (the/a/OWN) ~ severance/redundancy/buyout/exit_package/severance_package",
        f"{{return}} OWN ~ {_THINGS}", f"{{surrender}} OWN ~ {_THINGS}", f"{{drop}} OWN ~ {_THINGS} off",
        f"{{hand}} OWN ~ {_THINGS} in/back/over/to", f"{{give}} OWN ~ {_THINGS} back/to",
        "{clean} (out) OWN ~ desk/office/locker/cubicle", "{clear} (out) OWN ~ desk/office/locker/cubicle", "{empty} (out) OWN ~ desk/office/locker/drawers",
        "{pack} (up) OWN ~ desk/office/box/boxes/bags/cubicle/mugs", "{box} up OWN ~ desk/office/things",
        "{quit}/{leave} OWN job/role/post", "{jack}/{chuck}/{pack} in OWN ~ job/role/post/gig", "{jack}/{chuck}/{pack} in the ~ job/role/post/gig",
        f"{{hand}}/{{give}} back OWN/the ~ {_THINGS}/hoodie/jacket/mug/swag", "{sign} elsewhere", "badge/laptop/keys/lanyard/pass/keycard to security/reception/hr/facilities/the_front_desk/the_guard",
    ),
    *rows(
        "idiom", "idiom.goes",
        "{jump} ship", "{abandon} ship", "{cut} and run", "{vote} with OWN feet", "{up}/{pull} sticks/stakes", "upped sticks", "{pull} up stakes",
        "{sling} OWN hook", "{do} a runner/bunk", "{fly} the coop/nest", "{ride}/{sail} off into the sunset", "{take} OWN talents ~ elsewhere/to",
        "{hang} up OWN ~ boots/keyboard/hat/gloves/lanyard/headset/badge/spurs/jersey", "{chuck} it in", "{jack} it in", "{pack} it in", "{pack} it all in", "{throw} in the towel",
        "{clear} out for good", "{pack} in tech/it_all/the_day_job/the_job/everything", "{jack} it all in", "{jacking} it in".replace("{jacking}", "jacking"), "{play} OWN last set/gig/hand/card/note/innings/match/game at", "{walk} out the/that door", "{slam} the door on", "{make} OWN exit", "{take} OWN leave of", "{call} it quits", "{burn} OWN badge",
        "{get} out while the/OWN", "{turn} OWN back on", "{pull} the pin", "{hit}/{press} the eject button",
        "{pull} the ripcord/ejector_seat", "{pull} the plug on OWN time/career/tenure", "{punch} OWN last/final card", "{tap} out of", "{pour} one out for OWN job",
        "{bid} adieu/farewell/goodbye to", "{wave} goodbye to", "{say} OWN goodbyes", "{say} OWN farewells", "{said} OWN last goodbye".replace("{said}", "{say}"),
        "{find} the exit", "{take} the exit", "{shut} the door behind", "{close} the door behind", "{leave} the building for good", "{leave} for good", "{leave} for greener pastures",
        "{opt} to leave/go", "{choose} to leave/go/walk", "{part} ways", "{go} OWN own/separate way/ways",
        "{decide} to pursue other/research/opportunities/interests/something", "{pursue} other/new/outside opportunities/interests/challenges/ventures", "{pursue} research/interests/opportunities outside",
        "{spend} more time with OWN family/kids", "{seek} pastures new", "{seek} new challenges/opportunities", "{call} stumps", "{declare} OWN innings", "down tools for good",
        "{walk} the plank", "{let} OWN/the contract with ~ run/lapse/expire", "{let} OWN/the contract run/lapse/expire", "{let} OWN/the ~ contract run/lapse/expire",
        "not {renew} OWN contract", "not {extend} OWN contract", "not be renewing/extending OWN contract", "chose/choosing/declined/decided not to renew/extend", "not to renew/extend OWN contract",
        "{flounce} out/off", "{storm} out/off", "{ragequit} OWN/the job", "{rage-quit} OWN/the job",
        "no longer on ~ payroll", "off ~ payroll", "{come} off the payroll", "{leave} the payroll",
    ),
    *rows(
        "strict", "idiom.slips_away",
        "{decamp}", "{scarper}", "{skedaddle}", "{vamoose}", "{bugger}/{sod} off", "{shoot} through", "{leg} it", "ord", "ord'ed", "orded", "up and left", "upped and left", "{up} and {quit}", "{up} and {leave}",
        "{clear} out", "{finish} up", "stopped working", "stopped being employed", "isn't/aren't/not returning", "won't return", "will not return", "not be returning", "{move} out", "gone for good", "off for good", "away for good", "away for guid", "outta", "a goner", "not employed", "no longer employed", "{turn} OWN back", "{peace} out", "{dip} out", "{bounce} out", "{yeet} out",
    ),
    # What is left must follow.
    *rows(
        "ours", "idiom.slips_away",
        "{shove}/{clear}/{nick}/{naff} off", "{hop} off", "{peel} off", "{slip} away/out",
        "{drift} away", "{break} free", "{duck} out", "{bug} out", "{bail} out", "{log} off/out", "{sign} off/out", "{clock} out/off", "{check} out", "{opt} out", "{cash} out", "{age} out",
        "{skip} out", "{desert}", "{forsake}", "{jilt}", "{escape}", "{emigrate}", "{withdraw}", "{disembark}", "{graduate} from", "{retire} from",
        "{tap} out", "{nope} out", "{flounce}", "{bolt}", "{flee}", "{split} from/with", "{ghost}", "{skip} from", "{bounce} from/out_of", "{bail} from/on/out_of", "{dip} from/out_of/on", "{walk} from", "{fly} from", "{storm} off", "{walk} off", "{cut} loose", "{break} up", "{break} it off",
        "{chuck} in", "{jack} in", "{pack} in", "{wash} OWN hands", "{shake} the dust", "{shake} off the dust", "{move} away", "{cycle} off", "{roll} off",
        "gone from", "away from", "away fae", "away frae", "off the books", "free of", "free from",
        "finished", "through", "all done", "done for good", "not working", "history",
    ),
    *rows(
        "near", "idiom.between_jobs",
        "between jobs", "a free agent/bird/man/woman/elf", "free bird", "out of a job", "jobless", "unemployed", "funemployed", "on the job market", "on the market", "up for grabs", "looking for work",
        "looking for OWN next", "looking for a new job/role/gig/home", "open to work", "no longer on the team", "no longer on the org_chart", "no longer there",
        "hung it up", "{chuck} it in at", "{jack} it in at", "{pack} up", "{hit} the road", "{ride} off", "{fly} solo",
        "badge stopped working", "badge no longer {work}", "badge doesn't work", "access revoked", "access {be} revoked", "account {be} deactivated", "login stopped working",
        "not employed there",
    ),
    *rows("time", "idiom.time_for", "time for something new/different/else/fresh", "time for a new/change/fresh", "time to move on", "time to say goodbye/farewell", "time to go", "time to leave", "time to close this/that/the"),
    *rows("off", "join.to", "{decamp}/{bolt}/{jump}/{hop}/{switch}/{flee}/{skip}/{leap}/{defect}/{shift}/{run}/{sail}/{jet} to/for", "{jump} ship to/for", "{cross} over to", "{run} off to", "{head} over to", "on OWN way to"),
    *rows("ours", "join.from", "{go} from", "{move} from", "{switch} from", "{jump} from"),
    *rows("oust", "oust.accepted", "{accept} OWN/NAMES resignation"),
    *rows("lose", "lose.sees_off", "seeing/saw/sees/waving/waved/sent/sending off", "end of the line/road for", "curtains for", "cost/costs", "no longer has/have", "had to say goodbye/farewell to"),
    ("going", r"going(?=[.!?;]|$|,? too\b| on (?:mon|tues|wednes|thurs|fri|satur|sun)day)", "offish", "state.going"),
    ("plan", r"plan(?:s|ned|ning)? to go(?= (?:before|by|after|soon|this|next|at the end|within)\b|[.,;]|$)", "near", "state.plans"),
    ("would go", r"would go(?=[.,;]|$)", "near", "state.plans"),
    ("don't work", r"(?<=you )don't work (?:there|here)\b", "idiom", "state.does_not_work"),
    *((stem, rf"(?:(?<=was )|(?<=been )|(?<=were )|(?<=got )|(?<=being )){stem}\b", "oust", "oust.dropped") for stem in ("dropped by", "cut by")),
    *((stem, rf"{stem} off with\b", "oust", "oust.sent_off") for stem in ("waved", "packed", "sent")),
    *rows("follow_out", "same.follow_out", "{follow} NAME out", "{follow} NAME to the door/exit", "{follow} NAME in leaving/quitting/resigning"),
    *rows("noun", "noun.notice", "notice to", "resignation to", "notice period"),
    *rows("day", "day.last_thing", "last paycheck/payslip/shift/on-call/day_ever/working_hours", "final paycheck/payslip/on-call/badge-out/bow"),
    *rows("week", "day.last_thing", "last week/month/sprint/monday/tuesday/wednesday/thursday/friday/hours", "final month/sprint/monday/tuesday/wednesday/thursday/friday/weeks/days"),
    *rows("thing", "day.last_thing", f"last {_LAST}", f"final {_LAST}", f"last ever {_LAST}"),
    *rows(
        "ends", "day.ends_tenure",
        *(f"{verb} NAMES ~ {_TIME}" for verb in ("ending", "ends", "ended", "end of/to", "{bring} down the curtain on", "{call} time on", "{draw} a line under", "curtain falls/down on", "curtains for", "{cut} short", "{conclude}", "{terminate}", "close to/on/of")),
    ),
    *rows(
        "successor", "replace.in_place", "in place of", "in lieu of", "in the stead of", "to fill the shoes of", "to fill the void/gap/hole left by", "void/gap/hole/vacuum/vacancy/opening/seat/chair/space/silence left by", "left vacant by", "vacated by",
    ),
    *rows(
        "noun", "noun.leaving",
        "leaving do/drinks/party/lunch/dinner/card/gift/present/speech/cake/email/e-mail/bash/post/note/letter", "goodbye email/post/note/party/lunch/dinner/cake/speech/drinks/card",
        "farewell email/post/note/party/lunch/dinner/cake/speech/drinks/card/bash/gathering/barbecue/barbie/hotpot/karaoke/mail/memo/message", "going-away party/present/gift/card/drinks",
        "exit memo/letter/email/announcement/statement/package", "resignation letter/email/memo/tweet/post/note/speech/thread/statement", "severance", "flight to", "jump to", "move to", "switch to", "defection to",
        "walkout", "send-off", "sendoff", "vacated/vacant job/post/seat/team/chair/desk/office/role/position/title/cubicle", "axing", "dethroning", "redundancy",
        "parting words/shot/message/thoughts/advice", "goodbye/farewell lap/tour/round/post/walk", "vacancy", "empty chair/desk/seat/office/cubicle", "exit interview", "garden/gardening leave",
    ),
)  # fmt: skip

SENT_AWAY = (
    *rows(
        "oust", "oust.walked_out",
        f"walked/marched/escorted/shown/frogmarched/frog-marched/led/ushered/bundled/chucked/thrown/tossed/kicked/booted to the {_OUT}",
        "walked/marched/escorted/frogmarched/frog-marched/kicked/booted/turfed/hounded/drummed/squeezed/managed/muscled out", "bundled/chucked/thrown/tossed/slung/hustled/frozen/led/ushered out of the company/lab/building/team/firm",
        "walked/marched/escorted off the premises", "walked off the premises", f"shown/given the {_OUT}",
        "got/given/gets/getting/handed the boot/sack/axe/chop/push/bullet/heave-ho/old_heave-ho/elbow/shove/flick/bump/can/hook/pink_slip/order_of_the_boot/dcm/a_pink_slip/tin_tack",
        "got/given/gets/getting/handed OWN marching_orders/cards/p45/walking_papers/pink_slip/notice/cardboard_box",
        "shitcanned", "binned", "jettisoned", "offloaded", "deposed", "toppled", "unseated", "dethroned", "downsized", "rightsized", "restructured out", "guillotined", "culled", "dumped", "dropped from the payroll",
        "cut loose", "laid off", "rif'd", "riffed", "made redundant", "retrenched", "shafted", "terminated", "canned", "chopped", "discharged from", "dispensed with", "relieved of", "stood down by", "told to {clear}/{pack}/{leave}/{go}", "asked to {clear}/{pack}",
        "part/one of/among the ~ layoffs/cuts/redundancies/reductions/rif", "one of the people/ones/engineers/many laid/let off/go", "among those/the_people/the_staff laid/let off/go", "caught up/in in the ~ layoffs/cuts", "hit/swept/impacted/affected by/up by/in ~ layoffs/cuts", "{include} in the ~ layoffs/cuts",
        "sent packing", "sent home for good", "put out to pasture", "out on OWN ear", "shown the red card", "struck off the payroll", "ejected", "evicted from",
    ),
    *rows(
        "inside", "oust.gives_boot",
        *(
            f"{verb} NAME {what}"
            for verb in ("{give}", "{hand}", "{show}")
            for what in ("the boot/sack/axe/chop/push/bullet/heave-ho/elbow/shove/flick/hook/door/exit/bump", "OWN marching_orders/cards/p45/walking_papers/pink_slip", "a pink_slip/p45")
        ),
        "{send} NAME packing", "{kick} NAME out", "{boot} NAME out", "{throw} NAME out", "{walk} NAME out/off", "{march} NAME out", "{push} NAME out", "{force} NAME out", "{squeeze} NAME out", "{drive} NAME out",
        "{relieve} NAME of", "{strip} NAME of", "{cut} NAME loose", "{lay} NAME off", "{make} NAME redundant",
    ),
)  # fmt: skip

TYPOS = tuple(
    (wrong, rf"{wrong}\b", frame, rule)
    for word, frame, rule in (
        ("resigned", "quit", "verb.resign"), ("resigns", "quit", "verb.resign"), ("resigning", "quit", "verb.resign"),
        ("leaving", "go", "verb.leave"), ("departs", "go", "verb.depart"), ("departed", "go", "verb.depart"), ("departing", "go", "verb.depart"), ("quitting", "go", "verb.quit"),
        ("quit", "go", "verb.quit"), ("quits", "go", "verb.quit"), ("left", "go", "verb.left"), ("leaves", "go", "verb.leave"), ("departure", "noun", "noun.departure"), ("resignation", "noun", "noun.resignation"), ("stepping", "quit", "verb.step_down"),
    )
    for wrong in sorted(typos(word) - {"reigned", "reigns", "reigning", "resined", "resins", "depart", "lapsing", "quieting", "quilting", "let", "lft", "qut", "qit", "quts", "qits", "leave", "laves", "leves", "leavs", "laving", "leading", "deported", "steeping"})
    if word != "stepping"
)  # fmt: skip

COMPANY_NEXT = tuple(
    row
    for company in sorted(COMPANIES)
    for row in (
        (f"to {company}", rf"to {re.escape(company)}\b", "bare_to", "join.to"),
        (f"{company}-bound", rf"{re.escape(company)}-bound\b", "bound", "join.bound"),
    )
)
ELLIPSES = tuple(
    (word, rf"{word}(?=[.!;]|$)", "yes_same", "same.but_other") for word in ("is", "did", "has", "was")
)

PHRASES = (*LEAVING, *SENT_AWAY, *TYPOS, *COMPANY_NEXT, *ELLIPSES)
