"""The first response to what people do in Discord, against a discord.py client that only acknowledges; and memory with many servers.

Both are processes of their own, each on a Discord of ours in this process, and take turns. A slash command, a button that opens
a form and a form that is sent come in turn. What the bot does after its first response is part of the load.
"""

import asyncio
import itertools
import math
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from adapters.discord import names
from adapters.discord.views import empty_answer_modal
from benchmarks.measure import Row, running_server
from benchmarks.responses import MEMBERS, RATES, compared, keeping_up
from benchmarks.start import megabytes
from bot.domain.ids import RoundId
from bot.wording.labels import ANSWER
from tests.cli.command import ROOT, environment
from tests.crash.crew import Crew, free_ports, open_crew
from tests.crash.discord.case import settings_of
from tests.fakes.discord import Channel, FakeDiscord, Interaction, Message, Modal, Person, events, payloads, screen
from tests.fakes.discord.rest.interactions import COMMAND, COMPONENT, SUBMIT
from tests.fakes.discord.things import Json

_LEASE = 60.0
_BARE = "a discord.py client that only acknowledges"
_SOON = 30.0
_HEARD_SECONDS = 2.0
"""After so long all that was sent has been taken in."""
_CHANNELS, _TALKERS = 10, 20
"""Of each server of which memory is measured."""


async def run(
    *, seconds: float = 6.0, rounds: int = 5, rates: Sequence[float] = RATES, guilds: int = 1_000
) -> list[Row]:
    """Return a row for each kind, one for who keeps up, and one for memory."""
    async with _loads() as (ours, bare):
        rows = await compared("first response in Discord", _BARE, ours.one, bare.one, rounds, seconds)
        rows.append(await keeping_up("in Discord", _BARE, ours.one, bare.one, rates, seconds))
    return [*rows, await _memory(guilds)]


async def _memory(guilds: int) -> Row:
    """Let both be invited to so many servers, in which people talk."""
    async with AsyncExitStack() as stack:
        worlds = [await stack.enter_async_context(FakeDiscord()) for _ in range(2)]
        ours, bare = (await _crew(stack, worlds[0])).pid, (await _bare(stack, worlds[1])).pid
        before = [megabytes(pid) for pid in (ours, bare)]
        for discord in worlds:
            for number in range(guilds):
                await _join(discord, number)
            wires = discord.gateway.connections
            await discord.until(lambda: all(one.outbox.empty() for one in wires), seconds=_SOON)  # noqa: B023 - awaited here
        await asyncio.sleep(_HEARD_SECONDS)
        after = [megabytes(pid) for pid in (ours, bare)]
    return Row(
        what=f"memory in {guilds:,} servers of {_CHANNELS} channels in which people talk",
        figure=f"{after[0]:.0f} MB, in one {before[0]:.0f}",
        against=f"{_BARE} and remembers no members, {after[1]:.0f} MB, in one {before[1]:.0f}",
        ratio=f"{after[0] / after[1]:.2f}",
    )


async def _join(discord: FakeDiscord, number: int) -> None:
    guild = discord.add_guild(f"Team {number}", with_bot=False)
    people = [discord.add_user(f"Member{each}", guilds=[guild]) for each in range(_TALKERS)]
    channels = [discord.add_channel(f"room{each}", guild=guild) for each in range(_CHANNELS)]
    discord.invite_bot(guild)
    for person in people:
        discord.say(person, channels[0], "Has anybody seen the drift in the feed since Monday?")
    await asyncio.sleep(0)


@dataclass(slots=True, kw_only=True)
class Load:
    """What people do in one server, one thing after the other."""

    discord: FakeDiscord
    channel: Channel
    post: Message
    round: RoundId
    members: Sequence[Person]
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    async def one(self, kind: str) -> float:
        """Let something happen, and return how long its first response took."""
        number = next(self._numbers)
        made = self._made(kind, number, self.members[number % len(self.members)])
        said = payloads.payload(self.discord.world, made)
        began = time.perf_counter()
        events.interacted(self.discord.world, made.guild, said)
        try:
            await asyncio.wait_for(made.answered.wait(), self.discord.world.response_seconds)
        except TimeoutError:
            return math.inf
        return time.perf_counter() - began

    def _made(self, kind: str, number: int, person: Person) -> Interaction:
        asked = partial(payloads.interaction, self.discord.world)
        if kind == "command":
            return asked(COMMAND, person, self.channel, {"id": "1", "name": "leaderboard", "type": 1})
        if kind == "button":
            pressed = screen.button(self.post, ANSWER)
            data = {"component_type": pressed["type"], "custom_id": pressed["custom_id"], "id": pressed["id"]}
            return asked(COMPONENT, person, self.channel, data, message=self.post)
        source = asked(COMPONENT, person, self.channel, {}, message=self.post)
        form = Modal(person=person.id, source=source, content=_form(self.round))
        screen.fill_in(form, {names.TEXT: f"I say {number}: compare what is served with what was trained on."})
        data = {"custom_id": form.custom_id, "components": screen.submitted(form)}
        return asked(SUBMIT, person, self.channel, data, message=self.post, parent=source)


def _form(round_: RoundId) -> Json:
    """Return the form as it stands in Discord, where every part has a number."""
    form = empty_answer_modal(round_, "")
    for number, part in enumerate(form["components"]):
        part["id"] = 2 * number
        if "component" in part:
            part["component"]["id"] = 2 * number + 1
    return form


async def _bare(stack: AsyncExitStack, discord: FakeDiscord) -> Process:
    """Run the client that only acknowledges."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.bare_discord", cwd=ROOT, env=environment(settings_of(discord, 0)),
        stdin=DEVNULL, stdout=PIPE,
    )  # fmt: skip
    stack.push_async_callback(_killed, process)
    assert process.stdout
    assert await process.stdout.readline() == b"ready\n"
    return process


async def _killed(process: Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()


async def _crew(stack: AsyncExitStack, discord: FakeDiscord) -> Process:
    """Run the bot."""
    server = stack.enter_context(running_server())
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="discord"))
    crew: Crew = await stack.enter_async_context(
        open_crew(server.url, partial(settings_of, discord), Path(folder, "log"), free_ports(1), _LEASE)
    )
    assert crew.seats[0].process
    return crew.seats[0].process


@asynccontextmanager
async def _loads() -> AsyncIterator[tuple[Load, Load]]:
    """Yield the loads of the bot, in a channel in which a question is open, and of the bare client."""
    async with AsyncExitStack() as stack:
        ours, bare = [await stack.enter_async_context(FakeDiscord()) for _ in range(2)]
        await _crew(stack, ours)
        await _bare(stack, bare)
        channel, lead, members = _room(ours)
        await ours.until(lambda: ours.world.commands, seconds=_SOON)
        await ours.type_command(lead, channel, "/quiz-admin setup", {"days": "daily"})
        await ours.until(lambda: any(not one.loading for one in ours.ephemerals(lead)), seconds=_SOON)
        await ours.type_command(lead, channel, "/quiz-admin ask-now")
        post = await ours.until(lambda: next(iter(ours.visible(channel)), None), seconds=_SOON)
        round_ = RoundId(screen.button(post, ANSWER)["custom_id"].partition(":")[2])
        other, _, others = _room(bare)
        same = deepcopy(post)
        same.channel, same.author = other.id, bare.bot.id
        other.messages.append(same)
        yield (
            Load(discord=ours, channel=channel, post=post, round=round_, members=members),
            Load(discord=bare, channel=other, post=same, round=round_, members=others),
        )


def _room(discord: FakeDiscord) -> tuple[Channel, Person, list[Person]]:
    lead = discord.add_user("Lea", roles=[discord.add_role("lead", "manage_guild")])
    return discord.add_channel("quiz"), lead, [discord.add_user(f"Member{number}") for number in range(MEMBERS)]
