"""More English turns of phrase for leaving, by picture: papers, doors, boats, games, goodbyes, lists and cards."""

from __future__ import annotations

from .forms import rows

_POST = "post/commission/office/charge/title/seat/chair/throne/mantle/duties/command/captaincy/desk/position/role/job/gig"
_LAST_TIME = "for good/the_last_time/the_final_time/the_very_last_time"
_LIST = "org_chart/org-chart/roster/masthead/team_page/staff_page/staff_list/directory/payroll/books/on-call_rotation/pager/maintainers_list/author_list"
_TRAIN = "train/treadmill/bus/carousel/merry-go-round/hamster_wheel/boat/rollercoaster/ride/hype_train/ship/rocket/rocketship"
_WORD = "goodbye/farewell/bye/bye-bye/adios/sayonara/au_revoir/ciao/cheerio/ta-ta/toodle-pip/see_ya/arrivederci/auf_wiedersehen/so_long/adieu/good-bye/peace_out"

JOB = rows(
    "idiom", "idiom.post",
    f"{{resign}}/{{relinquish}}/{{vacate}}/{{surrender}}/{{cede}}/{{abdicate}}/{{demit}} OWN ~ {_POST}", f"{{lay}} down OWN ~ {_POST}/tools/burden", f"{{give}} up OWN ~ {_POST}/badge",
    "{tender} OWN ~ letter/papers", "{tender} letter/lah/liao/already/alr", "quit liao/alr/lah/lor/sia", "throw/threw letter/towel", "cabut already/liao/from", "zao liao/already", "siam/chao liao",
    "{give} ~ OWN notice/resignation/two_weeks", "{give} ~ weeks/weeks'/week's/months/months'/month's notice", "{give} in OWN ~ notice", "{put} in ~ notice/papers", "{put} down (OWN) papers", "{put} OWN ~ papers/notice/resignation in", "{put} up OWN papers", "{send} up/in OWN ~ papers/resignation", "{throw} OWN papers",
    "{file} (OWN) ~ papers", "{work} (out) OWN notice", "on notice period", "serving notice period", "{buy} out OWN notice", "{email} OWN ~ notice/two_weeks/resignation", "{drop} OWN ~ notice/letter/papers/two_weeks/resignation", "{slap}/{slam}/{drop}/{plonk}/{throw}/{bang} OWN ~ resignation/badge/lanyard/letter/notice (down) on/onto",
    "{throw} down OWN badge/lanyard", "{announce} OWN ~ resignation/departure/retirement/exit", "{leave} the employ/employment", "{leave} OWN employ/employment/employer", "{leave} the nest/fold/ship/reservation/payroll", "{leave} under a cloud", "{leave} the sinking ship", "{leave} a sinking ship", "left service", "left it all behind",
    "{take} early/voluntary retirement/redundancy/separation/severance", "{take} the/OWN ~ package/golden_handshake/buyout/severance/redundancy/payout", "not {renew}/{extend} OWN ~ contract",
    "{clock}/{punch}/{log}/{sign}/{badge}/{swipe} out/off " + _LAST_TIME, "{clock}/{punch}/{log}/{sign}/{badge}/{swipe} out/off one/a last/final time", "{turn}/{switch} off the lights/monitor", "{switch}/{turn} off OWN ~ monitor/light for the last time",
    "{toss}/{bin}/{jag}/{chuck}/{jack}/{pack}/{shove}/{dump}/{ditch} (in/off) OWN job", "{sack} off OWN job", "{toss} it in", "{knock} it on the head", "{walk} off the/OWN job", "{tell} them/him/her to shove it", "{tell} OWN boss/manager/employer to shove/where",
    "{fire} OWN boss/employer/company/manager", "{do}/{pull} an irish goodbye/exit", "{do}/{pull} a runner/houdini/disappearing_act/jerry_maguire/bunk/reggie_perrin/lord_lucan/harold_holt/brexit", "{ask} for OWN cards", "{collect} OWN p45/cards/papers", "p45 in hand", "nagresign",
    "{decide} to part", "{hang} up OWN ~ cleats/apron/whistle/skates/gpus/stethoscope/clipboard/tie/cape/mic/lab_coat/notebook/terminal/soldering_iron/stripes", "{throw} in the sponge", "{call} it a career", "{take} OWN final/last bow", "{take} OWN ball/toys/marbles and/home", "{take} OWN skills/talents/business/genius/brain elsewhere",
    "{take} the off-ramp/lifeboat/door", "{head}/{make}/{rush}/{race} (a) for/beeline the/for exit/exits/door/doors/hills", "{make} a beeline for the door/exit", "{head} for the hills", "{run} for the hills", "{spread} OWN wings", "{cash} in OWN chips", "{fold} OWN hand/tent/tents", "{walk}/{ride}/{drive}/{sail}/{gallop} (off) into the sunset",
    "{go} over the wall", "{step}/{get}/{hop}/{jump}/{leap} off the ~ " + _TRAIN, "{get} out while the getting/going", "{get} out of dodge", "{get} the hell out", "{blow} town", "{smash}/{hit}/{press}/{pull} the/that ~ eject/ejector", "{press} eject", "{burn} OWN bridges/boats", "{say} OWN goodbyes/good-byes/byes/farewells",
    "{slam} the door (behind/on)".replace(" (behind/on)", " behind/on"), "{chuck}/{throw} up/the the/up deuces", "{clear}/{empty}/{clean} (out) OWN ~ drawer/drawers/cube/cubicle/workspace/shelf/shelves/workstation/pigeonhole", "{box} up OWN ~ stuff/things/desk/books/mugs/plants",
    "{carry} OWN ~ box/boxes/plant/plants/belongings/things out/home/to", "{carry} a ~ box out/to", "{walk} out with a/OWN ~ box/boxes", "cardboard box under/in OWN arm/arms", "{start}/{begin} (OWN) gardening/garden leave", "{sit} out OWN/a non-compete/noncompete", "{mail}/{ship}/{send}/{post} back OWN ~ laptop/badge/equipment/keys/lanyard",
    "{hand}/{give}/{return}/{surrender} (back) OWN ~ equipment/yubikey/security_token/work_phone/pager/parking_permit/hoodie/access_badge/staff_card/door_card", "{hand}/{give} back the ~ pager/laptop/badge/keys/lanyard/keycard", "{wipe} OWN ~ laptop/work_phone/macbook",
    "{leave} OWN ~ badge/lanyard/keycard/laptop/pass/keys with security/hr/reception", "{leave} OWN ~ badge/lanyard/keycard/laptop/pass/keys at reception/the_front_desk", "{leave} OWN ~ badge/lanyard/keycard on the/OWN desk/table",
    "{forfeit} OWN ~ options/equity/stock/bonus", "experience letter", "no dues certificate", "{serve} out OWN ~ contract", "{see} out OWN ~ contract/notice", "{end}/{terminate} OWN ~ employment/contract", "{sever} OWN ~ connection/links/ties/relationship/contract", "{cut} OWN ~ ties/links",
    "{end} OWN ~ association/relationship/involvement with", "{untie} the knot with", "{go} awol", "{desert} OWN post", "{abandon} OWN ~ ship/post", "{flee}/{escape}/{quit}/{ditch}/{bolt} the ~ company/lab/firm/ship/coop/nest/team", "{separate} from the ~ company/lab/firm/service",
    "{hang} OWN hat elsewhere", "{move} to greener/new pastures", "{move} elsewhere", "{leave} for pastures new", "off to pastures new", "off to greener pastures", "onto greener pastures", "{pass} up a renewal", "{let} OWN/the ~ contract run/lapse/expire/end", "{swap}/{trade} (in) OWN ~ badge/keyboard/gpus/lanyard for",
)  # fmt: skip

# Common words: the organisation must follow at once.
THERE = rows(
    "ours", "idiom.breaks_with",
    "{divorce}", "{dissociate} from", "{separate} from", "{decouple} from", "{unplug} from", "{unsubscribe} from", "{break} with", "{break} out of", "{bust} out of", "{hightail} it out of", "{get} (the) out/hell_out of", "{move} on from", "{roll} off/out_of", "{cycle} out of",
    "{spin} out of", "{hop} from", "{migrate} from", "{relocate} from", "{secede} from", "{vanish} from", "{disappear} from", "{evaporate} from", "{run} (away) from", "{back} out of", "{pull} out of", "{peel} away from", "{take} off from", "{drive} away from", "{ride} out of", "{sail} away from", "{drift} off from",
    "{finish} up at/with", "{wrap} up at/with", "{wrap} it up at", "{wind} up at", "{wind} down OWN time/duties/work at", "{end} OWN ~ time/years/days/story/journey at/with/in", "{conclude} OWN ~ time/tenure/stint/service at/with", "{close} OWN laptop at", "{close} the book/chapter/door/page on", "{turn} the page on", "{draw} the curtain/a_line on/under", "{bring} the curtain down on",
    "{call} time on", "had it with", "had enough of", "{give} up on", "{hop} off the", f"{{say}}/{{bid}}/{{wave}}/{{kiss}}/{{blow}} ~ {_WORD} to", f"{{bid}}/{{wave}}/{{kiss}} {_WORD} to", "{say} hasta la vista to", "{blow} a kiss to", "out of the", "free from", "off the", "{shift} from", "done at/with", "clear of", "gone from", "out from", "absent from", "not with", "awol from", "released from/by", "discharged from", "unshackled from",
    "no longer of/employed/employed_by/reporting_to/reports_to/tied_to/attached_to/among_us_at/an_employee_of/a_part_of/staff_at/on_staff_at/in_charge_of/in_charge_at/leads/leading/heads/heading/runs/running/draws_a_salary_from", "not employed by/at", "{cease} to be employed by/at", "{part} from", "{jilt}",
)  # fmt: skip

STATES = rows(
    "idiom", "state.not_coming_back",
    "will no longer be/work/lead/head/run/serve/report", "not be coming back", "won't be coming back", "isn't/not coming back from OWN ~ leave/sabbatical/holiday", "{cease} to be/hold an/his/her/their ~ employee/office/post", "{cease} employment", "no longer an employee", "no longer on staff", "no longer employed", "no longer on the payroll", "no longer in charge", "no longer tech/team lead",
    "no longer the ~ head/lead/boss/chief/leader", "no longer our ~ lead/boss/head/leader/manager", "don't/doesn't/dont/doesnt work there/here anymore/any_more/any_longer/since/as_of", "not working there/here since/anymore", "out of contract", "out of work", "officially unemployed/jobless/funemployed/free", "jobless as of/from", "unemployed as of/from/since", f"off the {_LIST}", f"struck off the {_LIST}",
    "taken off the ~ " + _LIST, "an ex-employee", "an ex-colleague", "now an ex-colleague", "a former employee/colleague",
)  # fmt: skip

NEAR = rows(
    "near", "idiom.alum", "{say}/{wave}/{bid} goodbye/farewell to OWN ~ desk/badge/laptop/colleagues/teammates/employer/job/keycard/lanyard",
    "{go} separate ways", "among the ~ people/staff/engineers/employees/researchers/ones/many cut/let_go/laid_off/axed/fired/dismissed/affected",
    "{hand}/{pass}/{cede}/{yield}/{turn} (over) ~ reins/helm/baton/torch/mantle",
    "{join} the ~ alumni/alum", "{become} an alum/alumnus/alumna", "officially an alum/alumnus/alumna/ex-employee", "now an alum/alumnus/alumna", "added to the ~ alumni", "the alumni club/network/group/channel/slack/mafia", "free at last", "officially free", "dobby is free", "a free elf", "handcuffs off", "golden handcuffs off", "{hang} it up", "on to new/pastures/bigger/greener adventures/new/and/things/pastures", "on to the next chapter/adventure/thing/one",
    "on to something new", "{move} on to something/bigger/new/pastures/greener/other", "{get} out for good", "{go} walkabout", "{begin}/{start}/{open} a new chapter", "so long and thanks for all the", "so long, and thanks for all the", "this is where i get off", "where i get off",
)  # fmt: skip

CLOSED = rows("time", "idiom.chapter_closed", "chapter closed", "chapter closes", "chapter is closed/over/done/ending", "chapter ends", "chapter has closed/ended", "journey ends", "journey is over", "adventure is over", "that's a wrap on OWN ~ chapter/time/years/journey/career", "end of OWN ~ journey/chapter/time/story/career/adventure", "the last chapter at")  # fmt: skip

SENT = rows(
    "oust", "oust.more",
    "released by", "{dispense} with the/OWN services of", "pink-slipped", "pink slipped", "rightsized", "right-sized", "down-sized", "reorged/reorg'd/re-orged out", "optimised/optimized out/away", "retrenched", "pipped out", "pip'd out", "managed out", "counselled/counseled/nudged/elbowed/shoved/pressured/bounced/stack-ranked/voted/froze/frozen/iced/eased/levered/winkled out", "driven out", "run out of town", "frogmarched", "frog-marched", "perp-walked", "perp walked", "86'd", "eighty-sixed", "axed", "expelled",
    "banished", "defenestrated", "overthrown", "kicked upstairs and out", "thrown on the scrapheap", "dispensed with", "told to resign/quit/go", "fired on the spot", "relieved of OWN ~ duties/post/role/command/position/responsibilities/job", "stripped of OWN ~ post/role/title/duties", "removed from OWN ~ post/role/position/job/duties", "removed as", "discharged from OWN ~ post/duties", "given the shaft/hoof/spanish_archer", "got/get the shaft/chop/ax", "kena retrench/boot/chop/fried/sacked/axed",
    "fried squid", "shown the red card", "red-carded", "cut in the/this/that ~ layoff/layoffs/round/restructuring/reorg", "escorted by security", "escorted from the building", "voted off the island", "sent for an early bath", "made to walk the plank", "thanosed", "dooced", "whacked by",
) + rows(
    "hire", "oust.takes", "{spirit} away", "{whisk} away", "{tempt} away", "{woo} away", "{pluck}", "{pick} off", "{prise}/{pry} away/loose", "{siphon} off", "{acquihire}/{acqui-hire}", "{snaffle}", "{hoover} up", "{cherry-pick}", "{buy}", "{raid}", "{grab}", "{swoop} for", "{recruit} away", "{peel} off", "{wrest}", "{coax}", "{lure} away", "{entice} away", "{snipe}", "{pinch}", "{bag}", "{swipe}", "{filch}", "{abscond} with",
) + rows("noun", "noun.role_cut", "role/position/job/post/team {be} eliminated/cut/abolished/axed/impacted/made_redundant/terminated", "role/position/job/post has been eliminated/cut/abolished/axed/made_redundant", "contract {be} not renewed/extended", "contract wasn't/won't/not be/renewed/extended renewed/extended".replace("/renewed/extended renewed", " renewed"), "contract ran out", "contract lapsed/expired", "contract not renewed/extended", "contract wasn't renewed/extended")  # fmt: skip

NOUNS = rows(
    "noun", "noun.parting",
    "defections", "walk-out/walkouts/walk-outs", "goodbyes", "farewells", "parting gift/words/note/message/shot/email", "valedictory", "valediction", "abdication", "leave-taking", "golden handshake", "separation agreement/papers/letter", "termination letter/notice", "pink slip", "relieving order/certificate",
    "leaver's/leavers' card/drinks/email/party/do", "going away party/do/drinks/lunch/cake/present/gift", "good-bye party/cake/lunch", "retirement party", "sending-off party", "send off", "send-offs", "exit formalities/process/clearance/checklist/forms/form/paperwork", "full and final settlement", "fnf settlement", "final settlement", "notice letter", "letter of resignation", "departure announcement/memo/post/thread/email/notice",
    "handover notes/doc/docs/document",
) + rows("day", "day.last_day", "last official/physical/full/actual/proper/real/scheduled day", "last official/physical working day", "last work day", "last workday", "lwd", "last paycheque", "last salary from/slip")  # fmt: skip

COUPLES = rows("couple", "idiom.split_up", "have/just/finally split", "{split} up", "{break} up", "are done/through/over/finished/no_more/history", "are seeing/{see} other people".replace("{see}", "now_seeing"), "are getting a divorce", "are getting divorced", "have/has called it quits/a_day", "have gone our/their separate ways", "are no longer together/an_item", "are on a break", "{part} ways/company", "{call} it quits/a_day") + rows(
    "no_more", "lose.no_more", "no more"
) + rows("stay_in", "stay.talked", "{talk} NAME into staying", "{talk} NAME out of", "{persuade}/{convince} NAME to stay/remain/stick_around") + rows(
    "inside", "oust.removes", "{remove}/{drop}/{cut}/{strike}/{axe} NAME as/from/in/this/today/yesterday/on/last/over"
)  # fmt: skip

UNDONE = rows("undone", "stay.undone", "{carry}/{bring}/{take}/{haul} it/them/the_box back in/inside/upstairs", "{take} it back", "came/comes/come back", "is/was/are back", "returned", "{change} OWN mind", "backed out", "{think} better of it", "reversed it", "withdrew it") + rows(
    "seen", "hint.seen", "anyone/anybody (actually) seen", "anyone/anybody (actually) heard from", "anyone/anybody (actually) met", "nobody has seen", "no one has seen"
)  # fmt: skip

CUT_OFF = rows(
    "owned", "hint.access",
    "badge deactivated/disabled/revoked/shredded", "badge {be} deactivated/disabled/revoked/dead", "badge won't open/work", "badge went/turned red", "badge stopped/no_longer working/works", "keycard deactivated/no_longer_works", "slack deactivated", "slack says/shows deactivated", "deactivated on slack", "greyed/grayed out on slack", "commit access/rights revoked", "access removed/cut/revoked", "vpn revoked/stopped", "emails bounce", "mailbox closed/disabled",
    "desk cleared/emptied/bare", "desk {be} cleared/emptied/bare/empty", "desk was reassigned", "nameplate {come} down", "nameplate taken down", "calendar wiped/cleared", "calendar {be} empty/wiped/cleared", "photo removed/taken_down/gone", "name removed/gone/scrubbed/missing",
)  # fmt: skip

ROWS = (*UNDONE, *COUPLES, *NOUNS, *JOB, *THERE, *STATES, *NEAR, *CLOSED, *SENT, *CUT_OFF)
