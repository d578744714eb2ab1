"""A receiver that fails in every way, while service and store are killed: each alert arrives, signed, once.

1,000 deliveries: 250 people say that they leave, and four endpoints hear of each. The service is killed -9
twenty times (at random moments, while a receiver has an alert in its hands, and between its 2xx and our note
of it) and the store twice. Only in the last case may an alert come again; those are counted and explained.
In CI the receiver hangs once an endpoint and fails four times running at most; the full form (CHAOS=1) lets
it fail as often as it falls, hang four times, and runs on Debian's Redis, too.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.embedded import binary
from tests.conftest import debian, held_port
from tests.lab import LAB
from tests.running import Running
from tests.storm.receiver import GOOD, Attempt, Hook, Storm, storming

FULL = os.environ.get("CHAOS") == "1"
PEOPLE, KILLS, STORE_KILLS = 250, 20, 2
BACKLOG = 160  # deliveries that are out at once: there is always something to kill
RETRY = ["200ms"] * 60  # long enough for a receiver that fails a third of all attempts, and for the breaker
PATIENCE = 600 if FULL else 240
CUT = ("cut",)  # a 2xx whose body was cut off: enough for a webhook, not for a chat, whose body counts
SYLLABLES = ("ba", "lo", "mi", "ren", "tak", "vo", "sel", "dur", "nya", "quo", "fen", "gri")


def people(choose: random.Random, count: int) -> list[dict[str, Any]]:
    """Invented people, each with a name of their own and a known handle."""
    names: set[str] = set()
    while len(names) < count:
        names.add(" ".join("".join(choose.choices(SYLLABLES, k=3)).title() for _ in range(2)))
    return [
        {"id": name.lower().replace(" ", "-"), "name": name, "handles": {"x": name.lower().replace(" ", "")}}
        for name in sorted(names)
    ]


def farewell(person: dict[str, Any]) -> bytes:
    author = {"handle": person["handles"]["x"], "name": person["name"]}
    words = f"I am leaving Orrin Lab today. Yours, {person['name']}"
    at = datetime.now(UTC).isoformat()
    post = {"source": "x", "id": person["id"], "text": words, "created_at": at, "author": author}
    return json.dumps(post).encode()


def secret() -> str:
    return "whsec_" + b64encode(secrets.token_bytes(24)).decode()


@dataclass
class Server:
    """A store in a process of its own, on the same port and files after each kill."""

    program: str
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    kills: list[float] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        # As the embedded store: what it has answered is in the kernel, and kill -9 takes none of it.
        settings = ["--save", "", "--appendonly", "yes", "--appendfsync", "no"]
        where = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)]
        with (self.folder / "store.log").open("ab") as log:
            self.process = subprocess.Popen([self.program, *where, *settings], stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while self.ask("PING") != b"+PONG\r\n":
            assert self.process.poll() is None and time.monotonic() < deadline, "the store does not start"
            time.sleep(0.02)

    def kill(self) -> None:
        assert self.process is not None
        self.kills.append(time.monotonic())
        self.process.kill()
        self.process.wait()

    def ask(self, *words: str) -> bytes:
        """The first bytes of a reply as they are; b"" where nobody answers."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 5) as to:
                to.sendall(f"*{len(words)}\r\n".encode() + b"".join(_bulk(word) for word in words))
                return to.recv(4096)
        except OSError:
            return b""


def _bulk(word: str) -> bytes:
    return b"$%d\r\n%b\r\n" % (len(word.encode()), word.encode())


@contextmanager
def serving(program: str) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="monitor-storm-"))
    with held_port() as port:
        server = Server(program, folder, port)
        try:
            server.start()
            yield server
        finally:
            server.kill()
            shutil.rmtree(folder)


class Patient(Running):
    """Waits longer: where many tests share two cores, a start that follows on a kill takes its time."""

    def until(self, predicate: Any, what: str, timeout: float = 180.0) -> Any:
        return super().until(predicate, what, max(timeout, 180.0))


@dataclass
class Killer:
    """Kills the service, and notes when."""

    running: Running
    kills: list[float] = field(default_factory=list)

    def kill(self) -> None:
        assert self.running.process is not None
        self.kills.append(time.monotonic())
        os.kill(self.running.process.pid, signal.SIGKILL)

    def at(self, storm: Storm, moment: str) -> None:
        """Kill at the next such moment of the receiver, in its own thread: before anything else happens."""
        done = threading.Event()

        def now(what: str) -> None:
            if what == moment and not done.is_set():
                storm.moment = None
                self.kill()
                done.set()

        storm.moment = now
        if not done.wait(120):
            storm.moment = None
            pytest.fail(f"nothing {moment} within 120 s: {self.running.tail()}")


class Pusher(threading.Thread):
    """Sends one farewell after another, each until it is stored, while not too much is under way."""

    def __init__(self, running: Running, storm: Storm, everyone: list[dict[str, Any]]) -> None:
        super().__init__(daemon=True)
        self.running, self.storm, self.everyone = running, storm, everyone
        self.ended = threading.Event()
        self.sent = 0

    def run(self) -> None:
        for person in self.everyone:
            body = farewell(person)
            while not self._sent(body):
                if self.ended.wait(0.02):
                    return
            self.sent += 1

    def _sent(self, body: bytes) -> bool:
        under_way = self.sent * len(self.storm.hooks) - sum(map(len, self.storm.accepted(CUT).values()))
        if under_way > BACKLOG or not self.running.port:
            return False
        try:
            return self.running.push(body)[0] == 202
        except (http.client.HTTPException, ValueError):
            return False


def rage(storm: Storm, killer: Killer, server: Server, choose: random.Random) -> None:
    """Twenty lives of the service, each ended by kill -9, and two of the store."""
    running = killer.running
    ends = ["start"] * 3 + ["any"] * 5 + ["arrived"] * 5 + ["answered"] * 7
    assert len(ends) == KILLS
    choose.shuffle(ends)
    at_work = [life for life, end in enumerate(ends) if end != "start" and 2 <= life < KILLS - 2]
    outages = dict(zip(choose.sample(at_work, STORE_KILLS), ("it", "both"), strict=True))
    begun = time.monotonic()
    for life, end in enumerate(ends):
        print(f"storm: {time.monotonic() - begun:.1f} s, {len(storm.attempts)} attempts; next end: {end}")
        running.port = 0
        if end == "start":
            running.start(ready=False)
            time.sleep(choose.uniform(0.1, 4.0))
            killer.kill()
            running.kill()
            continue
        running.start()
        work(running, storm, choose.randint(5, 40))
        if outage := outages.get(life):
            server.kill()
            time.sleep(choose.uniform(0.2, 1.0))
            if outage == "both":
                killer.kill()
                running.kill()
            server.start()
            if outage == "both":
                continue
            work(running, storm, 10)
        if end == "any":
            killer.kill()
        else:
            killer.at(storm, end)
        running.kill()


def work(running: Running, storm: Storm, attempts: int) -> None:
    """Until so many more attempts have come; a receiver that hangs may keep them all waiting."""
    wanted, deadline = len(storm.attempts) + attempts, time.monotonic() + 4
    while len(storm.attempts) < wanted and time.monotonic() < deadline:
        assert running.process and running.process.poll() is None, running.tail()
        time.sleep(0.005)


def again(attempts: list[Attempt], kinds: tuple[str, ...]) -> list[tuple[Attempt, Attempt]]:
    """Each answer of these kinds after which its alert came once more, with that attempt.

    What fails from there on is tried again as ever: that is no further repeat.
    """
    answers: dict[tuple[str, str], Attempt] = {}
    found = []
    for one in attempts:
        key = (one.endpoint, one.id)
        if one.id and key in answers:
            found.append((answers.pop(key), one))
        if one.answered is not None and one.kind in kinds:
            answers[key] = one
    return found


def begun_at(running: Running) -> list[float]:
    """When each life of the service began to send at the earliest: as its log says that it listens."""
    ahead = time.time() - time.monotonic()
    lines = [json.loads(line) for line in running.log.read_text().splitlines() if "listening on" in line]
    return [datetime.fromisoformat(line["time"]).timestamp() - ahead for line in lines]


def explained(
    repeats: list[tuple[Attempt, Attempt]], kills: list[float], begun: list[float]
) -> dict[tuple[str, float], Attempt]:
    """Endpoint and kill -> the 2xx that the kill kept us from noting.

    An endpoint has one attempt under way, so a kill explains one repeat of each endpoint at most. A request may
    lie unread in the receiver's socket when the kill falls: until the next life begins, no other sends any.
    """
    found: dict[tuple[str, float], Attempt] = {}
    for answer, repeat in repeats:
        may = [
            at
            for at in kills
            if at <= repeat.arrived and not any(at < life <= answer.arrived for life in begun)
        ]
        kill = next((at for at in may if (answer.endpoint, at) not in found), None)
        assert kill is not None, f"sent again without a kill of its own between: {answer} {repeat}"
        found[answer.endpoint, kill] = answer
    return found


PROGRAMS = ["valkey", pytest.param("redis", marks=pytest.mark.debian)] if FULL else ["valkey"]


@pytest.mark.timeout(2 * PATIENCE + 240)
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_thousand_deliveries_through_kills_and_faults(tmp_path: Path, program: str) -> None:
    seed = int(os.environ.get("STORM_SEED") or secrets.randbits(32))
    print(f"storm: STORM_SEED={seed} makes the same choices again")
    choose = random.Random(seed)
    everyone = people(choose, PEOPLE)
    names = {person["name"]: f"orrin-lab-{person['id']}-1-v1" for person in everyone}
    limits = {"in_a_row": 1000 if FULL else 4, "hangs": 4 if FULL else 1}

    def hook(name: str, *keys: str) -> Hook:
        return Hook(name, random.Random(f"{seed} {name}"), keys, **limits)

    hooks = [
        hook("one", secret()),
        hook("two", secret()),
        hook("rotating", secret(), secret()),
        hook("chat"),
    ]
    storm = Storm(hooks, lambda text: next((id for name, id in names.items() if name in text), "?"))
    path = shutil.which("valkey-server") or str(binary()) if program == "valkey" else debian("redis-server")
    with storming(storm), serving(path) as server:
        running = Patient(tmp_path, **settings(tmp_path, server, storm, everyone))
        killer, pusher = Killer(running), Pusher(running, storm, everyone)
        pusher.start()
        begun = time.monotonic()
        try:
            rage(storm, killer, server, choose)
            running.start()
            calm(running, storm, server, set(names.values()))
        finally:
            pusher.ended.set()
            pusher.join(20)
            heard_of = {name: len(found) for name, found in storm.accepted(CUT).items()}
            print(f"storm: {pusher.sent} stored, accepted {heard_of}, kills {len(killer.kills)}")
        heard = len(storm.attempts)
        running.start()
        assert running.stop() == 0
        assert len(storm.attempts) == heard, "a restart sends nothing that is done"
        write_log(tmp_path / "attempts.jsonl", storm, killer, server)
        judge(storm, killer, server.kills, set(names.values()), time.monotonic() - begun)


def settings(folder: Path, server: Server, storm: Storm, everyone: list[dict[str, Any]]) -> dict[str, object]:
    lab = json.loads(LAB.model_dump_json(by_alias=True, exclude_defaults=True))
    (folder / "lab.yaml").write_text(json.dumps({**lab, "people": everyone}))
    endpoints = [
        {
            "name": hook.name,
            "url": f"http://127.0.0.1:{hook.port}/hook",
            "format": "standard" if hook.secrets else "slack",
            "min_status": "rumoured",
            "allow_private": True,
            "secret": list(hook.secrets),
        }
        for hook in storm.hooks
    ]
    return {
        "watchlist": str(folder / "lab.yaml"),
        "store": {"url": server.url},
        "alerts": {"retry": RETRY, "endpoints": endpoints},
    }


def calm(running: Running, storm: Storm, server: Server, ids: set[str]) -> None:
    """The last life: until all has come and is noted; nothing was given up."""
    running.until(
        lambda: all(ids <= set(found) for found in storm.accepted(CUT).values()), "all arrive", PATIENCE
    )
    due = [f"monitor:{{cases}}:due:{hook.name}" for hook in storm.hooks]
    running.until(lambda: all(server.ask("ZCARD", key) == b":0\r\n" for key in due), "all is noted")
    assert server.ask("ZCARD", "monitor:{cases}:dead") == b":0\r\n"
    assert server.ask("XLEN", "monitor:{cases}:alerts") == b":%d\r\n" % len(ids)
    for hook in storm.hooks:
        assert running.metric(f'monitor_dead_letters{{endpoint="{hook.name}"}}') == 0
    assert running.stop() == 0


def write_log(path: Path, storm: Storm, killer: Killer, server: Server) -> None:
    """All that happened, in order, for whoever must find out why."""
    rows = [{"at": one.arrived, **vars(one)} for one in storm.attempts]
    rows += [{"at": at, "kill": "service"} for at in killer.kills]
    rows += [{"at": at, "kill": "store"} for at in server.kills]
    with path.open("w") as file:
        for row in sorted(rows, key=lambda row: row["at"]):
            file.write(json.dumps(row) + "\n")
    print(f"storm: all attempts and kills are in {path}")


def judge(storm: Storm, killer: Killer, outages: list[float], ids: set[str], took: float) -> None:
    """What the receiver's log must hold, and the line that reports it."""
    kills = killer.kills
    attempts = sorted(storm.attempts, key=lambda one: one.arrived)
    kinds = Counter(one.kind for one in attempts)
    whole, cut = again(attempts, GOOD), again(attempts, CUT)
    print(f"storm: {len(attempts)} attempts in {took:.0f} s: {dict(kinds.most_common())}")
    after_cut = Counter(answer.endpoint for answer, _ in cut)
    cuts = Counter(one.endpoint for one in attempts if one.kind == "cut" and one.answered is not None)
    windows = explained(whole, kills, begun_at(killer.running))
    print(
        f"storm: {len(kills)} kills of the service; 2xx that it could not note, so sent again: {len(whole)}"
    )
    print(
        "storm: ms from 2xx to kill (below 0: it fell first): "
        + ", ".join(
            f"{ms:.1f}" for ms in sorted(1000 * (at - (windows[_, at].answered or 0)) for _, at in windows)
        )
    )
    print(f"storm: 2xx cut off: {dict(cuts)}; of these sent again: {dict(after_cut)}")
    for (name, at), one in windows.items():
        # Noted before the endpoint is sent anything else: a 2xx that is older is not forgotten by a kill.
        assert one.answered is not None
        later = [other for other in attempts if other.endpoint == name and one.answered < other.arrived < at]
        assert not later, f"{name}: {one} was not noted before {later}"
    assert len(kills) == KILLS and len(outages) == STORE_KILLS
    assert storm.unsigned == []
    for name, found in storm.accepted(CUT).items():
        assert set(found) == ids, name
    assert set(kinds) >= {"500", "503", "429", "reset unread", "reset read", "torn", "late", "cut"}
    # Each attempt of an alert is the same message: a webhook-id stands for one body.
    assert {len(bodies) for (name, _), bodies in storm.bodies.items() if name != "chat"} == {1}
    assert len(whole) <= len(storm.hooks) * len(kills)
    # Where the head of a 2xx was lost with its connection, only the receiver knows that it answered.
    assert all(after_cut[hook.name] <= cuts[hook.name] for hook in storm.hooks)
