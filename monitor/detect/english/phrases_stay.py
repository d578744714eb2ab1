"""English turns of phrase that hint at leaving, or say that somebody stays or came back, in the notation of english_forms."""

from __future__ import annotations

from .forms import rows

_PAGE = "org_chart/org-chart/orgchart/team_page/directory/staff_list/staff_page/website/author_list/about_page/roster/masthead/slack/staff_directory/phone_list/contributors_page/commit_log"
_ROOM = "bio/profile/linkedin/page/header/description/tagline/handle/headline/banner/signature/homepage/about/intro/email_signature"

# A rule that starts with `hint` makes a departure rumoured, never asserted.
HINTS = (
    *rows(
        "near", "hint.eyes_door",
        "{eye} the/OWN ~ door/exit/exits/doors", "{eye} a/an/OWN ~ move/exit/departure", "{weigh} (up) a/an/OWN/the/two/several/multiple ~ offer/offers/move/exit/departure/options/future", "{weigh} offer/offers/exit/move/options/departure",
        "{mull} (over) (a/an/OWN/the) ~ offer/offers/move/exit/options/departure/future", "{consider} (a/an/OWN/the) ~ offer/offers/move/options/exit/departure", "{field} ~ offers/calls", "{entertain} ~ offers",
        "undecided", "wavering", "on the fence", "torn between", "non-committal", "noncommittal", "one foot out", "one foot outside", "one foot in", "halfway out", "ready to leave/go/walk/quit/jump/bail/bounce", "itching to leave/go/quit", "{want} out", "{want} to leave/go/quit", "wanna leave/quit", "{plot} a/an/OWN ~ exit/escape/departure", "{plan} a/an/OWN ~ exit/escape/departure",
        "how to get out", "{ask} about leaving", "getting out of", "preparing to go/leave/quit/exit", "to be off", "next out", "next to go/leave/quit/walk/resign/depart/bail", "next ~ name/one/person/domino/head to go/leave/walk/quit/fall/exit",
        "not long for", "days are numbered", "days ~ are numbered", "on borrowed time", "on thin ice", "on the chopping block", "for the chop", "hanging by a thread", "in the firing line", "under pressure to go/quit/resign/leave",
        "quiet quitting", "quiet-quitting", "restless", "unhappy at", "fed up at/with", "disillusioned with/at", "in ~ talks with/to", "tapped up", "{sound} out", "meeting with recruiters", "taking calls from", "taking recruiter calls", "interviewing at/with",
        "looking at/for outside opportunities", "outside opportunities/offers", "exploring options/opportunities/OWN options", "testing the water/waters/market", "shopping OWN", "shopping OWN ~ around", "considering OWN options", "considering OWN position",
        "won't last the/another/till/until", "won't make it to/through/past", "not see out the", "doesn't see out the", "won't see out the", "won't see the year", "gone by ~ summer/autumn/fall/winter/spring/christmas/friday/monday/may/june/july/april/august/september/easter/year",
        "out by ~ summer/autumn/fall/winter/spring/christmas/friday/monday/may/june/july/april/august/september/easter",
        "gone quiet", "gone dark", "gone silent", "radio silence", "not posted since", "hasn't posted/committed/pushed/tweeted/merged", "hasn't been seen", "no commits since", "commits stopped", "stopped committing/posting/merging", "missing from the ~ " + _PAGE,
        "lost its/his/her/the ~ logo", *(f"{verb} from the ~ {_PAGE}" for verb in ("{vanish}", "{disappear}", "gone", "absent", "removed", "dropped", "deleted", "wiped", "scrubbed", "missing")),
        "calendar ~ empty/cleared/wiped", "linked with/to a move", "linked with a/an", "circled by", "courted by", "wooed by", "approached by", "chased by", "being courted/poached/wooed/chased/approached/headhunted", "{follow} suit",
    ),
    ("off", r"off(?=\s*[?!]|\s*$|\.(?:\s|$)|,? too\b)", "offish", "hint.off"),
    *rows("offish", "hint.doomed", "toast", "a goner", "history"),
    *rows("near", "hint.profile", "{flip}/{switch}/{change} OWN ~ linkedin/bio/profile/headline/tagline/header", "stopped listing", "no longer lists/listed/shows/mentions", f"{{take}} ~ out of OWN ~ {_ROOM}", f"{{take}} ~ off OWN ~ {_ROOM}", f"{{scrub}}/{{remove}}/{{delete}}/{{drop}}/{{wipe}}/{{strip}}/{{erase}} ~ from OWN ~ {_ROOM}"),
    *rows(
        "future", "hint.future",
        "future at/in/with ~ in doubt/question/limbo", "future in doubt/question/limbo", "future {be} in doubt/question/limbo/uncertain/unclear", "future unclear/uncertain", "future up in the air", "future at/with/in ~ {be} uncertain/unclear/in_doubt/up_in_the_air", "fate at", "future hangs",
    ),
    *rows(
        "owned", "hint.profile",
        f"{_ROOM} no longer/doesn't/dropped/lost/without/minus/lacks", f"{_ROOM} ~ no longer/doesn't/dropped/lost", f"{_ROOM} now/just/suddenly/quietly blank/empty/reads/says", f"{_ROOM} got/has/been ~ wiped/scrubbed/updated/changed", f"{_ROOM} is now/just/suddenly",
        "{change} OWN ~ " + _ROOM, "slack ~ deactivated/disabled/greyed_out/grayed_out", "account ~ deactivated/disabled/deleted/gone", "email ~ bounces/bounced/bouncing", "mail ~ bounces/bounced/bouncing", "desk {be} empty/cleared/bare", "desk looks/looked empty/cleared/bare", "chair {be} empty", "nameplate {be} gone",
    ),
)  # fmt: skip

STAYING = (
    *rows(
        "stay", "stay.says",
        "going nowhere", "goin nowhere", "goes nowhere", "staying put/on/with/at/right/exactly/where/as/in", "stays put/on/with/at/right/where/as/in", "{stay} on as/at/with", "{stay} at/with", "here to stay", "here for the long haul", "in it for the long haul", "for the long haul",
        "not the one leaving", "not among them", "not one of them", "not on the list", "happy where he/she/i/they", "stuck with me/him/her", "{stick} around/with/it_out", "sticking it out",
        "still {have}/{hold}/{carry}/{wear} OWN ~ badge/pass/lanyard/laptop/desk/job/keys", "still very/right/firmly/happily/definitely/100%/literally/actually at/with/in/here/there", "still in the building/office/seat/chair/saddle/role/post/job/team/house", "still on ~ org_chart/payroll/team/team_page/roster/staff",
        "still my/our/OWN ~ boss/lead/manager/head/colleague/tech_lead/teammate", "still showing/turning up", "still merging/pushing/committing/reviewing/approving/shipping/leading/running", "still {head}/{lead}/{run}", "badge still works", "badge works fine", "remains/remain at/with/in/as/our/the/head/lead/tech/chief/employed/on/an/a/part",
        "i'm/im at/with", "i am at/with",
        "un-quit", "un-quits", "un-resigning", "un-quitting", "unresigns", "unresigned", "unquit", "un-leaving", "{retract}/{rescind}/{withdraw}/{reverse}/{revoke}/{cancel} (OWN/the) ~ resignation/notice", "{take} back OWN ~ resignation/notice/letter",
        "{take} OWN ~ resignation/notice/letter back", "{tear}/{rip} up (OWN/the) ~ resignation/notice/letter", "{shred}/{burn}/{bin} (OWN/the) ~ resignation/notice/letter", "resignation withdrawn/retracted/rescinded/reversed/revoked", "resignation {be} withdrawn/retracted/rescinded/reversed/revoked/torn_up", "{change} OWN mind",
        "change of heart", "u-turn on OWN/the ~ exit/departure/resignation/decision", "u-turns on OWN ~ exit/departure/resignation", "{talk} out of it/leaving/quitting/resigning/going", "{talk} into staying", "{talk} round/around", "persuaded/convinced to stay/remain", "agreed/agrees/agree/decided/decides/chose/opted/opts/promised/promises/vowed/vows/pledged/pledges/elected/wants/intends/plans/going to stay/remain/stick_around",
        "opted against leaving/going/quitting", "decided/decides against leaving/going/quitting/it", "{think} better of it", "{take} OWN ~ resignation back", "talked myself out of", "returned/returns/returning to OWN ~ post/role/job/desk/team/seat/duties", "rehired", "re-hired", "reinstated", "re-joined", "reappointed", "brought back by", "won back", "wooed back", "lured back", "boomeranged", "un-fired", "un-left", "unfired", "{resume} OWN ~ duties/role/post/position", "badge/account/access reactivated/restored", "did a u-turn", "u-turned", "backtracked", "reversed course", "retirement lasted", "{pick} OWN badge back up", "staying/stayed aboard/the_course", "remains committed", "refuses to go/leave", "re-signed", "contract extension", "contract extended/renewed", "{sign} a/OWN ~ contract/deal/extension", "{sign} new contract/deal", "signs extension", "{keep}/{retain} OWN ~ post/job/role/title/seat", "{hang}/{hold} on to OWN ~ job/post/role", "{decline}/{reject} the/an/OTHER ~ offer/approach/overture", "{accept}/{take} a/the ~ counteroffer/counter-offer/counter", "back on duty", "back in the saddle", "back at OWN ~ post/job", "re-upped", "re-ups", "re-up", "recommits", "recommitted", "recommit", "back in the fold", "back aboard", "back on board", "back in OWN ~ seat/chair/job/role/desk",
        "back at OWN ~ desk/keyboard/seat", "signed on for another/more/two/three/a", "{extend} OWN ~ stay/contract", "{renew} OWN ~ contract/vows", "not leaving after all", "staying after all", "stays after all", "isn't leaving after all", "at OWN desk as", "never left", "never went", "not gone", "hasn't gone", "haven't gone", "renewed instead", "just renewed", "has renewed", "signed on for", "is/remains employed", "still employed", "still very much employed", "back on the ~ team/roster/payroll/crew", "back to stay", "keeps/keep OWN job/post/role", "in OWN seat as",
    ),
    *rows(
        "ends", "noun.rumoured",
        "rumours/rumors/reports/talk/news/word/stories of OWN/NAMES ~ death/demise/departure/exit/resignation/leaving/firing/sacking/dismissal/ouster/defection", "obituary/obituaries/obit of/for OWN/NAMES ~ career/time/tenure/days", "rumours/rumors/reports/talk about OWN/NAMES ~ departure/exit/resignation/leaving/future",
    ),
    *rows("anywhere", "stay.anywhere", "budging", "budge", "moving an inch", "going anywhere", "gone anywhere", "goin anywhere", "go anywhere", "went anywhere", "leaving anytime", "leaving any time"),
    *rows("back", "stay.back", "{last}/{survive} ~ outside", "back at", "back with", "back on the ~ team at", "returned/returns/returning/return to OWN ~ post/role/job/desk/team/seat/position/duties at/in/with", "back in/inside/with", "{come} crawling/running/straight/right back to", "{go} back to/in/into", "going back in", "{walk} back into", "{return} to", "rejoining", "{boomerang} back to"),
)  # fmt: skip

SAME = (
    *rows("same_own", "same.too", "follow", "follows", "following", "doing it", "doing so", "doing the same", "do the same", "does the same", "go too", "goes too", "going too", "off too", "gone too", "out too", "leaving too", "packing too", "packing", "packing as well", "going with him/her/them", "did it too"),
)  # fmt: skip

PHRASES = (*HINTS, *STAYING, *SAME)
