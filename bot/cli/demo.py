"""``python -m bot demo``: a whole quiz day in a terminal, on a store of its own, through the same core as everywhere."""

import argparse
import asyncio
import os
import re
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.rule import Rule

from adapters.console import open_console
from adapters.console.lines import lines_of
from adapters.console.panels import WIDTH
from bot import app, logs
from bot.app.core import Core
from bot.cli.seat import Seat, has_keyboard, take_seat
from bot.domain.ids import member_id, place_id
from bot.domain.question import Label, SampleReply
from bot.domain.round import Round
from bot.ports import Caller, StartError
from bot.settings import Settings, load
from bot.views import GradeView
from scheduler.clock import SystemClock, Ticker

PLACE = place_id("console", "demo", "mlops")
_READING = 1.2
"""Seconds to read what was just shown."""
_ENDED = 143
"""The exit code of who was ended by a signal."""
_TEAM = (("ana", "good"), ("ben", "partial"), ("chris", "wrong"))


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("demo", help="play a quiz day in this terminal", description=__doc__)
    parser.add_argument(
        "--script",
        metavar="FILE",
        type=Path,
        help="replay a conversation, one line a message (a title after #), and end",
    )
    parser.add_argument(
        "--packs", metavar="FOLDER", type=Path, help="ask out of this folder of questions instead of our own bank"
    )
    parser.add_argument(
        "--pace", metavar="SECONDS", type=float, default=_READING, help="pause after each scene (default 1.2)"
    )
    parser.add_argument("--picture", metavar="FILE", type=Path, help="also keep what was shown, as an SVG")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Play the day, then go on with whoever is at the keyboard; with --script only what the file says."""
    logs.configure("text", "WARNING")
    script = _script(args.script)
    _check_picture(args.picture)
    out = Console(highlight=False, record=args.picture is not None)
    with tempfile.TemporaryDirectory(prefix="study-bot-", ignore_cleanup_errors=True) as folder:
        try:
            asyncio.run(_play(_settings(Path(folder), args.packs), out, script, max(0.0, args.pace)))
        except asyncio.CancelledError:
            return _ENDED
    if args.picture:
        args.picture.write_text(_picture(out), encoding="utf-8")
    return 0


def _picture(out: Console) -> str:
    """Return what was shown as an SVG that fetches nothing: without the web fonts that rich names."""
    svg = out.export_svg(title="python -m bot demo")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def _check_picture(path: Path | None) -> None:
    """Raise StartError before the day is played, not after it."""
    if path and (path.is_dir() or not os.access(path.parent, os.W_OK)):
        raise StartError(f"{path} cannot be written: name a file in a folder that is there.", code=2)


def _settings(folder: Path, packs: Path | None) -> Settings:
    """Return settings for a store of the demo's own: nothing of the environment's may lead it to a real one."""
    named = {"STUDYBOT_DATA_DIR": str(folder / "store"), "STUDYBOT_CONSOLE_FILE": str(folder / "room.jsonl")}
    settings = load(named, env_file=None)
    if packs is None:
        return settings
    if not packs.is_dir():
        raise StartError(f"{packs} is no folder: name one that holds questions.", code=2)
    return settings.model_copy(update={"packs": (packs,)})


def _script(path: Path | None) -> Sequence[str] | None:
    if path is None:
        return None
    try:
        return path.read_bytes().decode("utf-8", "replace").splitlines()
    except OSError as error:
        raise StartError(f"{path} cannot be read: {error.strerror}.", code=2) from error


async def _play(settings: Settings, out: Console, script: Sequence[str] | None, pace: float) -> None:
    # A terminal that is closed, or a kill: leave as we came, without a server that nobody knows of.
    playing = asyncio.current_task()
    assert playing  # noqa: S101 - this is one
    for name in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(name, playing.cancel)
    async with _stage(settings, out, keyboard=script is None and has_keyboard()) as stage:
        if script is not None:
            await stage.perform(script)
            return
        await _day(stage, pace)
        await stage.say("ana: /quiz-admin ask-now")
        await stage.join_in()


async def _day(stage: "_Stage", pace: float) -> None:
    """One quiz day with three teammates: a good, a partial and a wrong reply out of the bank's samples."""

    async def scene(title: str, *lines: str) -> None:
        stage.title(title)
        await stage.perform(lines)
        await asyncio.sleep(pace)

    await scene("a lead sets the quiz up", "ana: /quiz-admin setup at=09:00 reveal=16:00 zone=UTC days=daily")
    await scene("the question of the day", "ana: /quiz-admin ask-now")
    round_ = await stage.present()
    samples = {sample.kind: sample for sample in stage.samples(round_)}
    for name, kind in _TEAM:
        await scene(f"{name} answers in private", f"{name}: /quiz answer {' '.join(samples[kind].text.split())}")
    await scene("the reveal", "ana: /quiz-admin reveal-now")
    for name, _ in _TEAM:
        await scene(f"{name}'s own grade", f"{name}: /grade")
    name, ticks = await _self_check(stage, samples)
    await scene(f"{name} checks the suggestion", f"{name}: /grade {ticks} -- that is what my reply says")
    await scene("the ranking", "ana: /leaderboard day")


async def _self_check(stage: "_Stage", samples: Mapping[str, SampleReply]) -> tuple[str, str]:
    """Return who has something to put right, preferably ben, and what that honest member ticks.

    Honest is what the sample's own labels say; what a reply makes by half stays as suggested.
    """
    found: dict[str, str] = {}
    differ: list[str] = []
    for name, kind in _TEAM:
        grade = await stage.grade(name)
        labels = samples[kind].labels
        ticks = [
            one.ticked if labels[one.point.id] is Label.HALF_MADE else labels[one.point.id] is Label.MADE
            for one in grade.points
        ]
        found[name] = " ".join(str(number) for number, tick in enumerate(ticks, 1) if tick) or "none"
        if ticks != [one.ticked for one in grade.points]:
            differ.append(name)
    name = next((one for one in ("ben", *differ) if one in differ), "ben")
    return name, found[name]


def _heed_the_end() -> None:
    """Raise CancelledError if this task was told to end: ``asyncio.wait_for`` of Python 3.11 now and then keeps that to itself."""
    task = asyncio.current_task()
    if task and task.cancelling():
        raise asyncio.CancelledError


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """A chat room, the bot in it, and the terminal that shows both."""

    core: Core
    ticker: Ticker
    seat: Seat
    out: Console

    async def perform(self, lines: Sequence[str]) -> None:
        """Say the lines of a script, to its end or to /quit; one that begins with # is a title."""
        for line in lines:
            if line.startswith("#"):
                self.title(line.lstrip("# "))
            elif line.strip() and not await self.say(line):
                return

    async def say(self, line: str) -> bool:
        """Say one line; what it sets going has happened before this returns. False if it was /quit."""
        self.seat.screen.echo(line)
        if not await self.seat.conversation.take(line):
            return False
        await self.ticker.drain()
        await self.seat.screen.look()
        _heed_the_end()
        return True

    def title(self, text: str) -> None:
        self.out.print(Rule(text, style="dim"), width=min(self.out.width, WIDTH))

    async def join_in(self) -> None:
        """Go on with who is at the keyboard, or with what comes through the pipe, until /quit or the end."""
        _heed_the_end()
        if has_keyboard():
            self.title("your turn")
            self.out.print(
                "/quiz answer keeps your answer private, any other line is open to all; /help lists more, /quit ends.",
                style="dim",
            )
            await self.seat.at_keyboard()
            return
        await self.seat.conversation.take("/as you")
        if sys.stdin is None:  # closed, as by a supervisor
            return
        async for line in lines_of(os.dup(sys.stdin.fileno())):
            if line.strip() == "/quit" or not await self.say(line):
                return

    async def grade(self, name: str) -> GradeView:
        caller = Caller(place=PLACE, member=member_id("console", "demo", name), delivery=name, admin=False)
        grade = await self.core.desk.grade(caller)
        if not isinstance(grade, GradeView):
            raise StartError("The demo's replies were not graded.", code=70)
        return grade

    async def present(self) -> Round:
        round_ = await self.core.round_in(PLACE)
        if round_ is None:
            raise StartError("The demo's question was not posted.", code=70)
        return round_

    def samples(self, round_: Round) -> Sequence[SampleReply]:
        """Return the sample replies that the bank has for the round's question."""
        question = self.core.questions.get(round_.asked().id)
        return question.samples if question else ()


@asynccontextmanager
async def _stage(settings: Settings, out: Console, *, keyboard: bool) -> AsyncIterator[_Stage]:
    async with (
        open_console(settings.console_file, SystemClock()) as chat,
        app.open_store(settings) as store,
        app.open_core(settings, store, {"console": chat}) as core,
        app.ticking(core, app.ticker_of(core, settings, ("console",))) as ticker,
    ):
        seat = take_seat(core.desk, chat, PLACE, out, keyboard=keyboard)
        yield _Stage(core=core, ticker=ticker, seat=seat, out=out)
