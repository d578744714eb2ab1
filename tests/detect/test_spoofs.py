"""Look-alikes, impostors and floods, from the post to the alert: none of them confirms a departure."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from typing import Any

import pytest

from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings
from monitor.model import Post, Reaction
from monitor.readers import Readers, Run
from monitor.watchlist import is_known, parse
from tests.detect.life import OPS, SURE, Life
from tests.lab import LAB, at, post

HANDLES = ["maravenn", "maravenn610", "millvenn", "mksvenn"]
_KNOWN = LAB.model_dump(mode="json", by_alias=True)
_KNOWN["people"][0]["handles"] = {"x": HANDLES}
WATCHED = parse(_KNOWN, "lab with odd handles")
ENDPOINTS = AlertSettings.model_validate({"endpoints": [OPS, SURE]})
QUITS = "After five years I am leaving Orrin Lab. Thank you all!"
FALSE_REPORT = "BREAKING: Mara Venn has left Orrin Lab"
LOOKALIKES = [
    "maravenn61O", "MaraVenn61o", "maravenn6l0", "mi11venn", "miIIvenn", "m\u0430ravenn", "marav\u0435nn",
    "mar\u03b1venn", "\uff4d\uff41\uff52\uff41\uff56\uff45\uff4e\uff4e", "mara\u200bvenn", "mara\u2060venn",
    "\u202emaravenn\u202c", "nnevaram\u202e", "mara\u00advenn", "maravenn\u0301", "m\u212asvenn", "mk\u017fvenn",
    "\U0001d426aravenn", "maravenn_", "_maravenn", "maravenn.", "mara.venn", "maravenn@evil.example",
    "maravenn.evil.example", "@@maravenn", "maravenn\x00", "rnaravenn",
]  # fmt: skip
HOUSES = [
    "0rrin_lab",
    "orrin-lab",
    "orrinlab",
    "\u043errin_lab",
    "orrin_lab\u200b",
    "\uff4frrin_lab",
    "orrin_Iab",
]


def read(posts: Iterable[Post]) -> tuple[Life, list[Reaction]]:
    """Posts through matcher, claim reader and case rules, with copies found as in every run."""
    run, life, reactions = Run(Readers(WATCHED)), Life(CaseRules(WATCHED, ENDPOINTS)), []
    for one in posts:
        reactions.append(run.react(one, "test", one.created_at))
        life.feed(reactions[-1])
    return life, reactions


def assert_harmless(life: Life) -> None:
    assert all(file.case.status == "rumoured" for file in life.files.values())
    assert set(life.heard("ops")) <= {"rumoured"} and life.heard("sure") == []


@pytest.mark.parametrize("handle", HANDLES)
def test_the_known_handle_itself_confirms(handle: str) -> None:
    life, _ = read([post("real", QUITS, handle=f"@{handle.upper()}")])
    assert life.status == "confirmed" and life.heard("sure") == ["confirmed"]


@pytest.mark.parametrize("handle", LOOKALIKES)
@pytest.mark.parametrize("name", [None, "Mara Venn"])
def test_a_handle_that_looks_alike(handle: str, name: str | None) -> None:
    author = {"handle": handle, "name": name}
    assert not is_known({"x": HANDLES}, "x", post("h", author=author).author)
    assert not is_known({"x": HANDLES}, "x", post("h", author={"id": handle}).author)
    life, (one,) = read([post("fake", QUITS, author=author)])
    assert_harmless(life)
    assert len(one.claims) == (name is not None), "only a display name makes it a claim at all"


@pytest.mark.parametrize("handle", HOUSES)
def test_an_account_that_looks_like_the_organisations(handle: str) -> None:
    life, (one,) = read([post("fake", "Today Mara Venn leaves Orrin Lab.", handle=handle)])
    assert one.claims and life.status == "rumoured"
    assert_harmless(life)
    denied, _ = read(
        [post("a", FALSE_REPORT), post("b", "Mara Venn is not leaving Orrin Lab.", handle=handle)]
    )
    assert denied.status == "rumoured", "nor does it deny"


@pytest.mark.parametrize(
    "text",
    [
        "M\u0430ra Venn h\u0430s left Orrin Lab", "Mar\u03b1 V\u03b5nn has left Orrin Lab",
        "\uff2d\uff41\uff52\uff41 \uff36\uff45\uff4e\uff4e has left Orrin Lab", "Ma\u200bra Ve\u200dnn has left Orrin Lab",
        "\u202eMara Venn has left Orrin Lab\u202c", "\u2066Mara Venn\u2069 has left \u2067Orrin Lab\u2069",
        "Mara\u00adVenn has left Orrin\u00a0Lab", "MARA VENN HAS LEFT ORRIN LAB", "M\u0301a\u0301ra Venn has left Orrin Lab",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", [None, "Mara Venn", "M\u0430ra Venn", "\u202enneV araM", "Ma\u200bra Venn"])
def test_letters_that_look_alike_in_text_and_name(text: str, name: str | None) -> None:
    life, _ = read([post("fake", text, author={"handle": "stranger", "name": name})])
    assert life.status in (None, "rumoured")
    assert_harmless(life)


@pytest.mark.parametrize(
    ("text", "author", "more"),
    [
        (QUITS, {"handle": "somebody_else", "name": "Mara Venn"}, {}),
        (QUITS, {"name": "Mara Venn"}, {}),
        (QUITS, {"handle": "somebody_else", "name": "@maravenn"}, {}),
        (QUITS, {"handle": "mara_parody", "name": "Mara Venn (parody)"}, {}),
        (
            QUITS,
            {"handle": "venn_fan", "name": "Mara Venn", "bio": "Parody, not affiliated with Orrin Lab"},
            {},
        ),
        ("screenshot: 'I quit Orrin Lab' - Mara Venn", {"handle": "leaks"}, {}),
        ("Screenshot of @maravenn: \u201cI am leaving Orrin Lab\u201d", {"handle": "leaks"}, {}),
        (f"RT @maravenn: {QUITS}", {"handle": "fan"}, {}),
        (f"@maravenn: {QUITS}", {"handle": "fan"}, {"repost_of": "real"}),
        (QUITS, {"handle": "fan"}, {"quote_of": "real"}),
        (QUITS, {"handle": "maravenn"}, {"source": "mastodon"}),
        ("ex-Orrin Lab", {"handle": "fan", "name": "Mara Venn"}, {"kind": "profile", "before": "Orrin Lab"}),
        (FALSE_REPORT, {"handle": "news"}, {"url": "https://daily.example.evil.test/a"}),
        (FALSE_REPORT, {"handle": "news"}, {"url": "https://daily.example@evil.test/a"}),
        (
            FALSE_REPORT,
            {"handle": "news", "name": "The Daily (daily.example)"},
            {"url": "https://daily-example.test"},
        ),
    ],
)
def test_an_impostor_confirms_nothing(text: str, author: dict[str, str], more: dict[str, Any]) -> None:
    life, _ = read([post("fake", text, author=author, **more)])
    assert_harmless(life)


def test_impostors_who_only_share_a_name_are_one_voice() -> None:
    texts = [f"I am leaving Orrin Lab{why}" for why in ("", ", for the sea", ", enough is enough")]
    posts = [
        post(f"f{n}", text, author={"handle": f"mara_{n}", "name": "Mara Venn"})
        for n, text in enumerate(texts)
    ]
    third = {"handle": "mara_3", "name": "Mara Venn"}
    life, reactions = read([*posts, post("f3", "Mara Venn here, I have left Orrin Lab", author=third)])
    assert [claim.claim for one in reactions for claim in one.claims][:3] == ["self_announced"] * 3
    assert all(one.claims for one in reactions)
    assert life.case().voices == 1
    assert_harmless(life)


def test_an_unlisted_persons_own_bio_is_weak() -> None:
    author = {"handle": "ottob", "name": "Otto Brandt"}
    bios = [
        post(
            f"bio{n}",
            "ex-Orrin Lab, sailing",
            kind="profile",
            before="Orrin Lab",
            author=author,
            source=source,
        )
        for n, source in enumerate(("x", "bluesky", "mastodon"))
    ]
    life, reactions = read(bios)
    assert [claim.claim for one in reactions for claim in one.claims] == ["profile_changed"] * 3
    (file,) = life.files.values()
    assert (file.case.name, file.case.status, file.case.voices) == ("Otto Brandt", "rumoured", 1)
    assert life.heard("ops") == [] == life.heard("sure")
    told = Life(CaseRules(WATCHED, AlertSettings.model_validate({"endpoints": [OPS], "unlisted": True})))
    assert told.feed(reactions[0]).heard("ops") == ["rumoured"]


def varied(number: int, chance: random.Random) -> str:
    """One text in another dress."""
    text = chance.choice(
        [
            FALSE_REPORT,
            FALSE_REPORT.upper(),
            FALSE_REPORT.replace(" ", "  "),
            f"RT @a{number}: {FALSE_REPORT}",
        ]
    )
    if chance.random() < 0.3:
        text = text.replace("a", "\u0430" if chance.random() < 0.5 else "a\u200b")
    ends = ["", "!" * (number % 7), f" {number}", f" https://t.co/{number:x}", f" @user{number}", "\n\n", " \U0001f6a8\U0001f62d",
            f" #news{number}", f" ({number})", f"\u2026 www.site{number}.example/x", " 1\ufe0f\u20e3"]  # fmt: skip
    starts = ["", "\U0001f6a8 ", f"@user{number} ", ">> ", f"https://t.co/{number:x} "]
    return chance.choice(starts) + text + chance.choice(ends) + chance.choice(ends)


@pytest.mark.parametrize("dressed", [False, True])
def test_ten_thousand_copies_from_new_accounts_are_one_voice(dressed: bool) -> None:
    chance = random.Random(7)
    posts = [
        post(
            f"c{number}", varied(number, chance) if dressed else FALSE_REPORT, minute=number / 1000,
            author={"handle": f"new{number}", "id": f"id{number}"},
        )
        for number in range(10_000)
    ]  # fmt: skip
    begun = time.process_time()
    read(posts[:2_500])
    quarter = time.process_time() - begun
    life, reactions = read(posts)
    assert time.process_time() - begun - quarter < 10 * quarter, "four times as many cost four times as much"
    assert sum(bool(one.claims) for one in reactions) > 6_000
    assert set(life.files) == {"orrin-lab-mara-venn-1"}
    case = life.case()
    assert (case.status, case.voices, case.version) == ("rumoured", 1, 1)
    assert_harmless(life)
    assert life.heard("ops") == ["rumoured"]
    assert len(life.files[case.id].items) <= 20 and len(case.evidence) <= 20


NOTE = "BREAKING: Ruth Amsel has left Orrin Lab, according to an internal note."
BARE = "Otto Blau left Orrin Lab"
DRESSED = [
    (NOTE, f"{NOTE} omg wow lol"), (NOTE, f"huge news today {NOTE}"), (NOTE, NOTE.removeprefix("BREAKING: ")), (NOTE, f'"{NOTE}" seen on X'),
    (NOTE, f"{NOTE} (via @daily)"), (BARE, f"OMG {BARE}"), (BARE, "Otto Blau just left Orrin Lab"), (BARE, f"{BARE} lol"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "copy"), DRESSED)
def test_a_word_more_or_less_makes_no_second_voice(text: str, copy: str) -> None:
    own, other = post("own", text), post("copy", copy, minute=1)
    for posts in ([own, other], [other, own]):
        life, reactions = read(posts)
        assert all(one.claims for one in reactions)
        (file,) = life.files.values()
        assert (file.case.status, file.case.voices) == ("rumoured", 1)


def test_copies_with_words_of_chance_are_one_voice_and_hide_nobody() -> None:
    chance = random.Random(11)
    words = [
        "banana",
        "kiwi",
        "horse",
        "table",
        "window",
        "garden",
        "river",
        "stone",
        "cloud",
        "music",
        "paper",
        "bridge",
    ]
    note = NOTE.replace("Ruth Amsel", "Mara Venn")
    posts = []
    for number in range(400):
        said = note.split()
        for _ in range(chance.randrange(3)):
            said.insert(chance.choice([0, len(said)]), chance.choice(words))
        posts.append(
            post(f"b{number}", " ".join(said), minute=number / 100, author={"handle": f"bot{number}"})
        )
    life, _ = read(posts)
    assert (life.status, life.case().voices) == ("rumoured", 1)
    assert len(life.files["orrin-lab-mara-venn-1"].items) <= 20
    life, _ = read([*posts, post("other", "My friend Mara Venn quit Orrin Lab yesterday", minute=9)])
    assert (life.status, life.case().voices) == ("reported", 2)


def test_a_post_that_repeats_two_reports_makes_them_no_fewer() -> None:
    one = "Mara Venn has left Orrin Lab after a dispute over budgets."
    other = "My friend Mara Venn quit Orrin Lab yesterday."
    posts = [
        post("a", one),
        post("b", other),
        post("c", f"{one} {other}"),
        post("d", "Mara Venn has left Orrin Lab"),
    ]
    for _ in range(4):
        posts = [*posts[1:], posts[0]]
        life, _ = read(posts)
        assert life.status == "reported" and (life.case().voices or 0) >= 2


def test_a_flood_hides_nobody_who_speaks_for_themselves() -> None:
    flood = [post(f"c{n}", FALSE_REPORT, author={"handle": f"new{n}"}) for n in range(300)]
    chatter = [
        post(f"d{n}", f"{FALSE_REPORT} said {'very ' * n}surely", handle="one_account") for n in range(100)
    ]
    life, _ = read([*flood, *chatter])
    assert life.status == "reported", "two accounts with words of their own"
    assert len(life.files["orrin-lab-mara-venn-1"].items) <= 40
    life, _ = read([*flood, post("other", "My friend Mara Venn quit Orrin Lab yesterday", minute=1)])
    assert (life.status, life.case().voices) == ("reported", 2)
    life, _ = read([*flood, post("real", QUITS, handle="maravenn", minute=1)])
    assert life.status == "confirmed"


def test_one_account_that_repeats_all_others_makes_them_no_fewer() -> None:
    texts = [FALSE_REPORT, "My friend Mara Venn quit Orrin Lab"]
    own = [post(f"o{n}", text, handle=f"reader{n}") for n, text in enumerate(texts)]
    parrot = [post(f"p{n}", text, handle="parrot", minute=-1) for n, text in enumerate(texts)]
    for posts in ([*own, *parrot], [*parrot, *own]):
        life, _ = read(posts)
        assert (life.status, life.case().voices) == ("reported", 2)
    assert read(parrot)[0].status == "rumoured"
    assert read([own[0], parrot[0]])[0].status == "rumoured"
    assert at(0) == own[0].created_at
