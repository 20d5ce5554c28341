"""Acknowledging what people do in Slack, against a bolt app that only acknowledges; and memory with many channels.

Both are processes of their own, each on a Slack of ours in this process, and take turns. A slash command, a button and a form
come in turn, so many a second in all, whatever has been answered by then. What the bot does after it has acknowledged is part
of the load: it answers commands, opens forms and tells receipts.
"""

import asyncio
import itertools
import math
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from adapters.slack.access import Mode
from adapters.slack.inbound.http import PATH
from adapters.slack.views import answer_modal
from benchmarks.measure import Row, running_server
from benchmarks.responses import MEMBERS, RATES, REST, compared, keeping_up
from benchmarks.stage import at_once
from benchmarks.start import megabytes
from bot.domain.ids import RoundId
from bot.views import FormView
from bot.wording.labels import ANSWER, STATUS
from tests.cli.command import ROOT, environment
from tests.crash.case import zone_where_it_is_six
from tests.crash.crew import Crew, free_ports
from tests.crash.slack.crew import open_crew, settings_of
from tests.fakes.slack import Channel, FakeSlack, Message, Person, payloads, screen, words
from tests.fakes.slack.deliveries import Again
from tests.fakes.slack.things import Json

_BARE = "a bolt app that only acknowledges"
_PATIENCE = 3.0
_LEASE = 60.0
_AT_ONCE, _SECONDS = 5, 300.0


async def run(
    *,
    seconds: float = 6.0,
    rounds: int = 5,
    rates: Sequence[float] = RATES,
    channels: int = 1_000,
    modes: Sequence[Mode] = tuple(Mode),
) -> list[Row]:
    """Return a row for each way and kind at ``RATE``, one for who keeps up, and one for memory."""
    rows: list[Row] = []
    for mode in modes:
        async with _loads(mode) as (ours, bare):
            rows += await compared(f"acknowledging by {mode}", _BARE, ours.one, bare.one, rounds, seconds)
            rows.append(_forms(mode, ours))
            rows.append(await keeping_up(f"by {mode}", _BARE, ours.one, bare.one, rates, seconds))
    return [*rows, await _memory(channels)]


def _forms(mode: Mode, ours: "Load") -> Row:
    opened = ours.slack.log.of("views.open")
    return Row(
        what=f"forms that clicks opened meanwhile by {mode}, of those that Slack was asked for within its three seconds",
        figure=f"{sum(1 for one in opened if one.error is None):,}",
        against=f"{len(opened):,} asked for",
        aim="all",
    )


async def _memory(channels: int) -> Row:
    """Set the quiz up in so many channels, and look at its status in each."""
    async with AsyncExitStack() as stack:
        slack, crew = await _crew(stack, Mode.SOCKET)
        assert crew.seats[0].process
        before = megabytes(crew.seats[0].process.pid)
        lead = slack.add_user("Lea")
        waiting = [slack.add_channel(f"quiz{number}", creator=lead) for number in range(channels)]
        async with asyncio.timeout(_SECONDS):
            while waiting:
                for command in ("/quiz-admin setup days=daily", "/quiz-admin status"):
                    await at_once(_AT_ONCE, [partial(slack.type_command, lead, quiz, command) for quiz in waiting])
                await asyncio.sleep(REST)
                told = {one.channel for one in slack.ephemerals(lead) if STATUS in words(one)}
                waiting = [quiz for quiz in waiting if quiz.id not in told]
        after = megabytes(crew.seats[0].process.pid)
    return Row(
        what=f"memory with the quiz set up in {channels:,} channels, of which each was looked at",
        figure=f"{after:.0f} MB",
        against=f"with none: {before:.0f} MB",
        ratio=f"{after / before:.2f}",
    )


@dataclass(slots=True, kw_only=True)
class Load:
    """What people do in one workspace, one thing after the other."""

    slack: FakeSlack
    channel: Channel
    post: Message
    round: RoundId
    members: Sequence[Person]
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    async def one(self, kind: str) -> float:
        """Let something happen, and return how long it took to be acknowledged."""
        number = next(self._numbers)
        channel, payload = self._payload(kind, number, self.members[number % len(self.members)])
        way = self.slack.requests if self.slack.requests.addresses else self.slack.sockets
        began = time.perf_counter()
        answer = await way.send(channel, payload, Again(), _PATIENCE)
        return time.perf_counter() - began if answer.ok else math.inf

    def _payload(self, kind: str, number: int, person: Person) -> tuple[str, Json]:
        slack = self.slack.workspace
        if kind == "command":
            return "slash_commands", payloads.command(slack, person, self.channel, "/leaderboard", "")
        if kind == "button":
            action = {**screen.press(self.post.blocks, ANSWER), "action_ts": slack.new_ts()}
            return "interactive", payloads.click_on_message(slack, person, self.post, action, {})
        form = FormView(round=self.round, text="Why?", reveals_at=datetime.now(UTC))
        view = slack.new_view(person.id, answer_modal(form))
        screen.fill_in(view, {"text": f"I say {number}: compare what is served with what was trained on."})
        return "interactive", payloads.submission(slack, person, view, screen.filled(view))


@asynccontextmanager
async def _bare(slack: FakeSlack, mode: Mode) -> AsyncIterator[None]:
    """Run the app that only acknowledges."""
    (port,) = free_ports(1)
    if mode is Mode.HTTP:
        slack.requests.addresses.append(f"http://127.0.0.1:{port}{PATH}")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.bare_bolt", cwd=ROOT, env=environment(settings_of(slack, mode, port)),
        stdin=DEVNULL, stdout=PIPE,
    )  # fmt: skip
    try:
        assert process.stdout
        assert await process.stdout.readline() == b"ready\n"
        yield
    finally:
        process.kill()
        await process.wait()


async def _crew(stack: AsyncExitStack, mode: Mode) -> tuple[FakeSlack, Crew]:
    """Open a workspace, and the bot in it."""
    server = stack.enter_context(running_server())
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="slack"))
    slack = await stack.enter_async_context(FakeSlack())
    return slack, await stack.enter_async_context(open_crew(slack, server.url, mode, Path(folder, "log"), 1, _LEASE))


@asynccontextmanager
async def _loads(mode: Mode) -> AsyncIterator[tuple[Load, Load]]:
    """Yield the loads of the bot, in a channel in which a question is open, and of the bare app."""
    async with AsyncExitStack() as stack:
        ours, _ = await _crew(stack, mode)
        bares = await stack.enter_async_context(FakeSlack())
        await stack.enter_async_context(_bare(bares, mode))
        channel, lead, members = _channel(ours)
        for command in (f"/quiz-admin setup zone={lead.tz} days=daily", "/quiz-admin ask-now"):
            await ours.type_command(lead, channel, command)
        post = await ours.until(lambda: next(iter(ours.visible(channel)), None), seconds=30)
        round_ = RoundId(post.blocks[0]["block_id"].removeprefix("question:"))
        other, _, others = _channel(bares)
        same = bares.workspace.say(replace(post, channel=other.id))
        yield (
            Load(slack=ours, channel=channel, post=post, round=round_, members=members),
            Load(slack=bares, channel=other, post=same, round=round_, members=others),
        )


def _channel(slack: FakeSlack) -> tuple[Channel, Person, list[Person]]:
    zone, _ = zone_where_it_is_six()
    lead, members = slack.add_user("Lea", tz=zone), [slack.add_user(f"Member{number}") for number in range(MEMBERS)]
    return slack.add_channel("quiz", creator=lead, members=members), lead, members
