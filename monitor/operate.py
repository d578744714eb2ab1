"""The commands that attach to the running service's store: cases, alerts, check."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TextIO, cast, get_args

from . import collect, watchlist
from .casefile import ActKind
from .consume.cases import CaseBook
from .consume.notify import apprise
from .consume.notify.command import command, why_disabled
from .consume.notify.outbox import Disabled, Outbox
from .detect.rules import CaseRules
from .dossier import told
from .embedded import binary, running, socket_of
from .endpoint import Endpoint
from .errors import ReplyError, StoreDown, UserError
from .keys import Keys
from .model import Case, encode
from .score.names import chinese_word_names, word_names
from .score.scorers import DEFAULT, is_late, scorer
from .score.scorers import check as check_scorer
from .settings import Settings, load
from .sight import Sight
from .store import Store
from .stream import Stream
from .terminal import table
from .values import signing_key


@asynccontextmanager
async def attached(settings: Settings) -> AsyncIterator[tuple[Store, Keys]]:
    """The store of the running service: store.url, or the embedded one's socket in data_dir."""
    if settings.store.url is not None:
        url = settings.store.url.get_secret_value()
    elif running(settings.data_dir):
        url = f"unix://{socket_of(settings.data_dir)}"
    else:
        raise UserError(f"data_dir: no service is running on {settings.data_dir}")
    store = await Store.open(url)
    try:
        yield store, Keys(settings.store.prefix, settings.store.partitions)
    finally:
        await store.close()


async def cases(
    settings: Settings, action: str, id: str | None, note: str, sink: TextIO, form: str = "json"
) -> int:
    """monitor cases list | show ID | confirm ID | dismiss ID | reopen ID"""
    if action != "list" and id is None:
        raise UserError(f"cases {action}: which one? `monitor cases list` shows their ids")
    if action == "list" and id is not None:
        raise UserError(f"cases list: it lists all, and takes no {id!r}")
    people = watchlist.load(settings.watchlist)
    async with attached(settings) as (store, keys):
        book = CaseBook(store, keys, CaseRules(people, settings.alerts))
        if action in get_args(ActKind):
            assert id is not None
            case, _ = await book.operate(id, cast(ActKind, action), note)
            sink.write(f"{case.id}: {case.status}\n")
            return 0
        await book.load()
        if action == "list":
            found = sorted(book.files.values(), key=lambda file: file.case.changed_at, reverse=True)
            _list([file.case for file in found], sink)
            return 0
        file = book.files.get(id or "")
        if file is None:
            raise UserError(f"no case {id}")
        if form == "text":
            sink.writelines(line + "\n" for line in told(file.case, people))
        else:
            sink.write(encode(file.case).decode() + "\n")
    return 0


def _list(found: list[Case], sink: TextIO) -> None:
    rows = [
        [c.id, c.name, c.status, c.voices, len(c.evidence), f"{c.changed_at:%Y-%m-%d %H:%M:%S}"]
        for c in found
    ]
    table(["ID", "NAME", "STATUS", "VOICES", "EVIDENCE", "CHANGED"], rows, sink)


async def alerts(settings: Settings, action: str, what: str | None, sink: TextIO) -> int:
    """monitor alerts list | test ENDPOINT | replay ID | dead"""
    async with attached(settings) as (store, keys):
        return await command(Outbox(store, keys), settings.alerts.endpoints, action, what, sink)


async def check(path: Path | None, sink: TextIO) -> int:
    """Settings, watchlist, store, sources and endpoints, a line each; 1 if anything is wrong."""
    rows: list[list[object]] = []

    def note(what: str, name: str, look: Callable[[], str]) -> None:
        try:
            rows.append([what, name, "ok", look()])
        except (UserError, OSError) as error:
            rows.append([what, name, "WRONG", error])

    try:
        settings = load(path)
    except UserError as error:
        table(["PART", "NAME", "STATE", "DETAIL"], [["settings", path or "-", "WRONG", error]], sink)
        return 1
    rows.append(["settings", path or "defaults", "ok", f"hash {settings.config_hash()}"])
    note("watchlist", settings.watchlist, lambda: f"{len(watchlist.load(settings.watchlist).people)} people")
    note("sentiment", settings.sentiment.scorer, lambda: _scorer(settings))
    rows += _word_names(settings)
    rows.append(await _store_row(settings))
    attachable = bool(settings.store.url) or running(settings.data_dir)
    sights = await _sights(settings) if attachable else {}
    for name in settings.sources:
        note("source", name, lambda name=name: _source(settings, name, sights))  # type: ignore[misc]
    disabled, dead = await _troubles(settings) if attachable else ({}, Counter())
    for endpoint in settings.alerts.endpoints:
        note("endpoint", endpoint.name, lambda one=endpoint: _endpoint(one, disabled, dead[one.name]))  # type: ignore[misc]
        if dead[endpoint.name] and rows[-1][2] == "ok":
            rows[-1][2] = "warning"
    rows += await _unnamed(settings) if attachable else []
    table(["PART", "NAME", "STATE", "DETAIL"], rows, sink)
    return 1 if any(row[2] == "WRONG" for row in rows) else 0


def _scorer(settings: Settings) -> str:
    """A line on the scorer; UserError if it cannot be had."""
    name, model = settings.sentiment.scorer, settings.sentiment.model
    if is_late(name):
        check_scorer(name, model)
        return f"late, in processes of its own; {DEFAULT} scores first"
    scorer(name, model)
    own = f", {model}" if model else ""
    return (
        f"reads English and Chinese{own}"
        if name == "blend"
        else "reads Latin script"
        if name == "vader"
        else ""
    )


def _word_names(settings: Settings) -> list[list[object]]:
    """A warning for each person whose name has a word that a scorer knows."""
    try:
        watched = watchlist.load(settings.watchlist)
        found = [*word_names(watched), *chinese_word_names(watched)]
    except UserError:
        return []
    said = (
        "in {0.name} is a word that scores {0.compound:+.2f}: not scored where the text is about this person"
    )
    return [["name", one.person, "warning", f"{one.word} {said.format(one)}"] for one in found]


async def _store_row(settings: Settings) -> list[object]:
    name = "store.url" if settings.store.url else "embedded"
    try:
        if settings.store.url is None and not running(settings.data_dir):
            return ["store", name, "ok", f"not running; {binary().name} would keep {settings.data_dir}"]
        async with attached(settings) as (store, keys):
            await store.run("pending", [keys.reactions(keys.tags()[0])], ["0-0"])
            return ["store", name, "ok", store.server]
    except (UserError, StoreDown, ReplyError) as error:
        return ["store", name, "WRONG", error]


def _endpoint(endpoint: Endpoint, disabled: Mapping[str, Disabled], dead: int) -> str:
    """A line on one endpoint; one that is disabled, or cannot work, is raised as wrong."""
    apprise.check([endpoint])
    detail = f"{endpoint.format} to {endpoint.place} from {endpoint.min_status}"
    if why := why_disabled(endpoint, disabled):
        raise UserError(f"{detail}: {why}")
    if dead:
        detail += f"; dead letters: {dead}, see `monitor alerts dead`"
    if endpoint.format == "standard" and any(len(signing_key(secret)) < 24 for secret in endpoint.secret):
        return f"{detail}; its secret is short"
    if endpoint.format == "feishu" and not endpoint.secret:
        return f"{detail}; not signed"
    return detail


async def _troubles(settings: Settings) -> tuple[Mapping[str, Disabled], Counter[str]]:
    """The endpoints that are disabled, and the dead letters of each; nothing where no service runs."""
    try:
        async with attached(settings) as (store, keys):
            outbox = Outbox(store, keys)
            return await outbox.disabled(), await outbox.dead_letters()
    except (UserError, StoreDown, ReplyError):
        return {}, Counter()


async def _unnamed(settings: Settings) -> list[list[object]]:
    """A warning for each endpoint for which alerts wait, and which the settings do not name: perhaps renamed."""
    named = {one.name for one in settings.alerts.endpoints}
    said = "not in the settings; {} deliveries wait for it, and are given up a week after it was there last"
    try:
        async with attached(settings) as (store, keys):
            waiting = await Outbox(store, keys).waiting()
    except (UserError, StoreDown, ReplyError):
        return []
    return [
        ["endpoint", name, "warning", said.format(one.open)]
        for name, one in waiting.items()
        if one.open and name not in named
    ]


def _source(settings: Settings, name: str, sights: Mapping[str, Sight]) -> str:
    """A line on one source; what the running service cannot see is raised as wrong."""
    source = collect.build({name: settings.sources[name]})[name]
    detail = f"{settings.sources[name].kind} {source.told()}".rstrip()
    if settings.sources[name].kind == "push" and settings.http.token is None:
        detail += "; closed until http.token is set"
    sight = sights.get(name)
    if sight and sight.reason == "stopped":
        return f"{detail}; no process reads it"
    if sight and sight.state == "blind":
        raise UserError(f"{detail}: not seen since {sight.since:%Y-%m-%d %H:%M:%S}: {sight.reason}")
    return f"{detail}; {sight.state}" if sight else detail


async def _sights(settings: Settings) -> Mapping[str, Sight]:
    """What the running service sees of its sources; nothing where none runs."""
    try:
        async with attached(settings) as (store, keys):
            days, window = settings.store.retention, settings.thread_window
            return await Stream(store, keys, retention=days, thread_window=window).sights(
                list(settings.sources)
            )
    except (UserError, StoreDown, ReplyError):
        return {}
