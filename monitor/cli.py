"""The commands; signals become one stop event here, and this is the only exit."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from . import __version__
from .errors import ReplyError, StoreDown, UserError

if TYPE_CHECKING:
    from .settings import Settings

LABELS = """the figures of labelled files instead: lines with "about" [person id] and "claims" [{"person", "claim"}] give
precision and recall; a line {"departures": [{"person", "at": the time of the first public sign}]} beside posts with
created_at gives the time from that sign to the alert, and the false alarms a month"""
KINDS = ("post", "comment", "title", "article", "profile", "bio")  # model.Post's, which takes long to import
FEW = 1000  # texts: a model of fewer is made, and warned of


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run one command: exit 0, 1 (something was wrong) or 2 (a mistake of the user's, one line)."""
    arguments = _parser().parse_args(argv)
    try:
        _refuse_odd_bytes(arguments)
        code = arguments.run(arguments)
    except (UserError, ReplyError) as error:
        if not _is_mistake(error):
            raise
        code = _complain(error)
    except StoreDown as error:
        code = _complain(UserError(f"store: {error.reason}: {error}"))
    except BaseExceptionGroup as group:
        mistakes, bugs = group.split(_is_mistake)
        if mistakes is None or bugs is not None:
            raise
        code = _complain(_first(mistakes))
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO):
            raise
        code = _complain(error)
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def _refuse_odd_bytes(arguments: argparse.Namespace) -> None:
    for name, value in vars(arguments).items():
        if isinstance(value, str) and not value.isprintable():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise UserError(f"{name}: not UTF-8") from None


def _is_mistake(error: BaseException) -> bool:
    """Is it the user's: a wrong setting, or a store that is not set up for us?"""
    refused = ("NOPERM", "NOAUTH", "WRONGPASS", "MOVED", "BADTYPE", "WRONGTYPE")
    return isinstance(error, UserError) or (isinstance(error, ReplyError) and error.code in refused)


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return UserError(f"store.url: {error}") if isinstance(error, ReplyError) else error


def _complain(error: BaseException) -> int:
    print(f"monitor: {' '.join(str(error).split())}", file=sys.stderr)
    return 2


class _Parser(argparse.ArgumentParser):
    """A mistake in the command line is one line, as every other is."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {' '.join(message.split())}; `{self.prog} --help` says more\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="monitor", description="Notices when watched people leave.")
    parser.add_argument("--version", action="version", version=f"monitor {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: object, help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        added.set_defaults(run=run)
        if name not in ("demo", "train"):
            help = "settings file (default: ./monitor.yaml if there)"
            added.add_argument("--config", type=Path, metavar="FILE", help=help)
        return added

    command("run", _run, "run the service")
    demo = command("demo", _demo, "the whole service over the built-in story, on a store of its own")
    help = "how many times as fast as told (default: about 3 minutes)"
    demo.add_argument("--speed", type=_speed, metavar="N", help=help)
    demo.add_argument("--once", action="store_true", help="tell the story in about 15 s and end")
    command("analyze", _analyze, "posts on stdin to reactions on stdout, as JSON Lines")
    backtest = command("backtest", _backtest, "what would have been alerted, and when")
    backtest.add_argument("files", nargs="+", type=Path, metavar="FILE", help="posts as JSON Lines")
    backtest.add_argument("--format", choices=("table", "json"), default="table")
    backtest.add_argument("--labels", action="store_true", help=LABELS)
    command("check", _check, "settings, store, sources and endpoints: what is wrong")
    health = command("healthcheck", _healthcheck, "is the running service ready? exit status 0 if it is")
    health.add_argument("--live", action="store_true", help="only whether it lives, ready or not")
    match = command("match", _match, "why a text matches, or not")
    match.add_argument("text")
    for name in ("source", "handle", "name", "url"):
        whose = "author's " if name in ("handle", "name") else ""
        match.add_argument(f"--{name}", help=f"the post's {whose}{name}")
    match.add_argument("--kind", choices=KINDS, help="of post; bio is profile")
    cases = command("cases", _cases, "list and judge cases")
    cases.add_argument("action", choices=("list", "show", "confirm", "dismiss", "reopen"))
    cases.add_argument("id", nargs="?")
    cases.add_argument("--note", default="", help="kept in the case's history")
    cases.add_argument("--format", choices=("json", "text"), default="json", help="of show")
    alerts = command("alerts", _alerts, "list, test and replay alerts")
    alerts.add_argument("action", choices=("list", "test", "replay", "dead"))
    alerts.add_argument("what", nargs="?", metavar="ENDPOINT|ID")
    train = command("train", _train, "make a sentiment model from labelled texts (needs the extra train)")
    train.add_argument("kind", choices=("english", "chinese"))
    help = 'JSON Lines, plain or .gz: {"text", "label": negative|neutral|positive}'
    train.add_argument("files", nargs="+", type=Path, metavar="FILE", help=help)
    train.add_argument("--out", type=Path, required=True, metavar="FILE", help="the model file")
    train.add_argument("--vectors", type=Path, metavar="FILE.npz", help="of words and their vectors")
    forget = command("forget", _forget, "remove what an author said, or what was said of a person")
    whom = forget.add_mutually_exclusive_group(required=True)
    whom.add_argument("--author", type=_name, metavar="[SOURCE:]HANDLE_OR_ID")
    whom.add_argument("--person", type=_name, metavar="ID_OR_FULL_NAME")
    forget.add_argument("--dry-run", action="store_true", help="only say what would go")
    forget.add_argument("--yes", action="store_true", help="do it, on a terminal too")
    return parser


def _name(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty")
    return text


def _speed(text: str) -> float:
    with contextlib.suppress(ValueError):
        if 0 < (speed := float(text)) < 1e9:
            return speed
    raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")


def _end_quietly() -> None:
    """Until the loop takes the signals over, they end the start-up with status 0."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))


def _settings(arguments: argparse.Namespace) -> Settings:
    from .settings import load

    return load(arguments.config)


def _run(arguments: argparse.Namespace) -> int:
    _end_quietly()
    from .app import Service
    from .telemetry import set_up_logging

    set_up_logging(sys.stderr, sys.stderr.isatty())
    service = Service(_settings(arguments))
    return until_signal(service.run)


def until_signal(run: object) -> int:
    """Run a coroutine function with a stop event that SIGTERM and SIGINT set; exit status 0."""

    async def body() -> None:
        stop, started = asyncio.Event(), asyncio.Event()
        task = asyncio.current_task()
        assert task is not None

        def end() -> None:
            stop.set()
            if not started.is_set():
                task.cancel()

        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, end)
        try:
            await run(stop, started)  # type: ignore[operator]
        except asyncio.CancelledError:
            if not stop.is_set():
                raise

    asyncio.run(body())
    return 0


def _demo(arguments: argparse.Namespace) -> int:
    _end_quietly()
    from .demo import Demo

    return Demo(arguments.speed, arguments.once).main(until_signal)


def _analyze(arguments: argparse.Namespace) -> int:
    from .analyze import analyze

    sink = sys.stdout.buffer
    with contextlib.redirect_stdout(sys.stderr):  # What a scorer prints is no answer.
        return analyze(_settings(arguments), sys.stdin.buffer, sink)


def _backtest(arguments: argparse.Namespace) -> int:
    if arguments.labels:
        from .exam import score as run
    else:
        from .backtest import backtest as run
    return run(_settings(arguments), arguments.files, arguments.format, sys.stdout)


def _match(arguments: argparse.Namespace) -> int:
    from .offline import explain

    author = (arguments.handle, arguments.name)
    a = arguments
    return explain(_settings(a), a.text, a.source, a.kind, author, a.url, sys.stdout)


def _check(arguments: argparse.Namespace) -> int:
    from .operate import check

    return asyncio.run(check(arguments.config, sys.stdout))


def _healthcheck(arguments: argparse.Namespace) -> int:
    from .healthcheck import healthcheck

    return healthcheck(arguments.config, arguments.live)


def _cases(arguments: argparse.Namespace) -> int:
    from .operate import cases

    a = arguments
    return asyncio.run(cases(_settings(a), a.action, a.id, a.note, sys.stdout, a.format))


def _alerts(arguments: argparse.Namespace) -> int:
    from .operate import alerts

    return asyncio.run(alerts(_settings(arguments), arguments.action, arguments.what, sys.stdout))


def _train(arguments: argparse.Namespace) -> int:
    try:
        from .score.train import train
    except ImportError as error:
        if error.name != "numpy":
            raise
        raise UserError("train: needs numpy: pip install 'monitor[train]'") from None
    a = arguments
    kind = {"english": "en", "chinese": "zh"}[a.kind]
    texts = train(kind, a.files, a.out, vectors=a.vectors)
    print(f"{a.out}: {a.out.stat().st_size} bytes from {texts} texts")
    if texts < FEW:
        print("train: a model of so few texts is not to be relied on; take thousands", file=sys.stderr)
    return 0


def _forget(arguments: argparse.Namespace) -> int:
    from .forget import forget

    a = arguments
    return asyncio.run(forget(_settings(a), a.author, a.person, a.dry_run, a.yes, sys.stdout))
