"""``python -m bot demo``: a whole quiz day in a terminal, on a store of its own, through the same core as everywhere."""

import argparse
import asyncio
import os
import re
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.rule import Rule

from adapters.console import open_console
from adapters.console.conversation import Conversation
from adapters.console.lines import lines_of
from adapters.console.screen import Screen
from bot import app, logs
from bot.domain.ids import place_id
from bot.domain.question import Label, SampleReply
from bot.domain.round import Round
from bot.ports import StartError
from bot.settings import load
from scheduler.clock import SystemClock, Ticker

PLACE = place_id("console", "demo", "mlops")
_READING = 1.2
"""Seconds to read what was just shown."""
_TEAM = (("ana", "good"), ("ben", "partial"), ("chris", "wrong"))


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("demo", help="play a quiz day in this terminal", description=__doc__)
    parser.add_argument(
        "--script", metavar="FILE", type=Path, help="replay a conversation, one line a message, and end"
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
    out = Console(highlight=False, record=args.picture is not None)
    with tempfile.TemporaryDirectory(prefix="study-bot-", ignore_cleanup_errors=True) as folder:
        asyncio.run(_play(Path(folder), out, script, max(0.0, args.pace)))
    if args.picture:
        args.picture.write_text(_picture(out), encoding="utf-8")
    return 0


def _picture(out: Console) -> str:
    """Return what was shown as an SVG that fetches nothing: without the web fonts that rich names."""
    svg = out.export_svg(title="python -m bot demo")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def _script(path: Path | None) -> Sequence[str] | None:
    if path is None:
        return None
    try:
        return path.read_bytes().decode("utf-8", "replace").splitlines()
    except OSError as error:
        raise StartError(f"{path} cannot be read: {error.strerror}.", code=2) from error


async def _play(folder: Path, out: Console, script: Sequence[str] | None, pace: float) -> None:
    async with _stage(folder, out, interactive=script is None and sys.stdin.isatty()) as stage:
        if script is not None:
            await stage.replay(script)
            return
        await _day(stage, pace)
        await stage.replay(["ana: /quiz-admin ask-now"])
        await stage.join_in()


async def _day(stage: "_Stage", pace: float) -> None:
    """One quiz day with three teammates: a good, a partial and a wrong reply out of the bank's samples."""

    async def scene(title: str, *lines: str) -> None:
        stage.out.print(Rule(title, style="dim"))
        await stage.replay(lines)
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
    ticks = _honest(round_, samples["partial"])
    await scene("ben checks himself", f"ben: /grade {ticks} -- that is what my reply says")
    await scene("the ranking", "ana: /leaderboard day")


def _honest(round_: Round, sample: SampleReply) -> str:
    """Return what an honest member would tick: the key points that the sample's own labels say it makes, in whole or half."""
    made = [n for n, point in enumerate(round_.asked().key_points, 1) if sample.labels[point.id] is not Label.NOT_MADE]
    return " ".join(map(str, made)) or "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """A chat room, the bot in it, and the terminal that shows both."""

    core: app.Core
    ticker: Ticker
    conversation: Conversation
    screen: Screen
    out: Console

    async def replay(self, lines: Sequence[str]) -> None:
        """Say one line after the other; what a line sets going has happened before the next."""
        for line in lines:
            self.screen.echo(line)
            if not await self.conversation.take(line):
                return
            await self.ticker.drain()
            await self.screen.look()

    async def join_in(self) -> None:
        """Go on with who is at the keyboard, or with what comes through the pipe, until /quit or the end."""
        if sys.stdin.isatty():
            self.out.print(Rule("your turn: type an answer, /help or /quit", style="dim"))
            await self.conversation.take("/as you")
            async with self.screen.watched():
                await self.conversation.run(lines_of(sys.stdin.fileno()))
            return
        await self.conversation.take("/as you")
        async for line in lines_of(os.dup(sys.stdin.fileno())):
            if line.strip() == "/quit":
                return
            await self.replay([line])

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
async def _stage(folder: Path, out: Console, *, interactive: bool) -> AsyncIterator[_Stage]:
    # The demo has a store of its own: nothing of the environment's settings may lead it to a real one.
    settings = load({"STUDYBOT_DATA_DIR": str(folder / "store")}, env_file=None)
    clock = SystemClock()
    zone = datetime.now().astimezone().tzinfo
    if zone is None:
        raise StartError("This system does not say in which time zone it is.", code=70)
    async with (
        open_console(folder / "room.jsonl", clock) as chat,
        app.open_core(settings, {"console": chat}) as core,
        app.ticking(core, settings, ("console",)) as ticker,
    ):
        screen = Screen(chat, PLACE, out, clock, zone, interactive=interactive)
        conversation = Conversation(
            chat=chat, desk=core.desk, place=PLACE, screen=screen, clock=clock, ids=lambda: uuid.uuid4().hex
        )
        yield _Stage(core=core, ticker=ticker, conversation=conversation, screen=screen, out=out)
