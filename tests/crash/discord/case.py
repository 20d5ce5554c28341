"""A case: a server of Discord's, a store and a crew, and what goes wrong while the day is played."""

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from redis.asyncio import Redis

from adapters.grading.pool import grading_pool
from adapters.redis import keys
from adapters.redis.store import Limits, Store
from bot.app.core import compose
from tests.crash.case import bank, where
from tests.crash.crew import LEASE, free_ports, open_crew
from tests.crash.discord.day import Day, faults, play
from tests.crash.discord.people import SECONDS, People
from tests.crash.discord.watch import watching
from tests.fakes.discord import FakeDiscord

_DROP_SECONDS = 5.0
_FOR_GOOD = 0.3
"""Of so many cuts the session is lost too, so that no RESUME helps."""
_START_PAUSE = 4.5


class Point(StrEnum):
    """Where all processes are killed: Discord has done what was asked, and nobody has heard it say so."""

    QUESTION = "POST /channels/{channel}/messages"
    CLOSED = "PATCH /channels/{channel}/messages/{message}"
    THREAD = "POST /channels/{channel}/messages/{message}/threads"
    REVEAL = "POST /channels/{thread}/messages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """``seed`` is for all that is left to chance; ``kills``: so many processes are killed, if the day lasts so long."""

    size: int = 1
    seed: int = 0
    rough: bool = False
    """All is delivered twice, one call in ten fails or its answer is lost, the socket is cut every five seconds, and not
    every session can be taken up again."""
    kills: int = 0
    at: Sequence[Point] = ()
    """Discord has forgotten by then what it was sent: only who looks does not post again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    trouble: Trouble
    kills: int
    faults: list[str]
    log: str


async def carried_out(url: str, trouble: Trouble) -> Result:
    """Play the day on the emptied store at the URL, then let the processes end as they should."""
    async with open_day(url, trouble) as day:
        async with _going_wrong(day, trouble):
            try:
                post = await play(day)
            except TimeoutError as error:
                found = [f"the day did not end: {where(error, 'day.py')}"]
            else:
                found = await faults(day, post)
        await day.crew.ready()
        await day.crew.end()
        found += day.crew.faults
        return Result(trouble=trouble, kills=day.crew.kills, faults=found, log=day.crew.log.read_text())


@asynccontextmanager
async def open_day(url: str, trouble: Trouble) -> AsyncIterator[Day]:
    client = Redis.from_url(url, decode_responses=True)
    with tempfile.TemporaryDirectory(prefix="discord") as folder:
        try:
            await client.flushdb()
            store = Store(steady=client, quick=client, limits=Limits(lease=LEASE))
            async with (
                FakeDiscord() as discord,
                grading_pool() as grader,
                watching(discord) as watch,
                open_crew(url, partial(settings_of, discord), Path(folder, "log"), free_ports(trouble.size)) as crew,
            ):
                core = compose(store, bank(), grader, {})
                calm = trouble == Trouble(size=trouble.size)
                yield Day(people=_people(discord), crew=crew, store=store, core=core, watch=watch, calm=calm)
        finally:
            await client.aclose()


def settings_of(discord: FakeDiscord, _: int) -> dict[str, str]:
    """Return what a process is told so that it works in this Discord."""
    return {"STUDYBOT_DISCORD_TOKEN": discord.token, "STUDYBOT_DISCORD_API_URL": discord.api_url}


def _people(discord: FakeDiscord) -> People:
    lead = discord.add_user("Lea", roles=[discord.add_role("lead", "manage_guild")])
    ana, ben, chris = (discord.add_user(name) for name in ("Ana", "Ben", "Chris"))
    return People(discord=discord, channel=discord.add_channel("quiz"), lead=lead, ana=ana, ben=ben, chris=chris)


@asynccontextmanager
async def _going_wrong(day: Day, trouble: Trouble) -> AsyncIterator[None]:
    discord, dice = day.people.discord, random.Random(trouble.seed)
    doing = [day.crew.killing(dice, trouble.kills)]
    if trouble.rough:
        discord.gateway.twice = True
        discord.gateway.start_pause = _START_PAUSE
        discord.faults.at_random(0.1, ("429", "500", "lost"), seed=trouble.seed)
        doing.append(_cutting(day, dice))
    if trouble.at:
        discord.world.nonce_seconds = 0
        doing.append(_dying(day, trouble.at))
    running = [asyncio.create_task(one) for one in doing]
    try:
        yield
    finally:
        for task in running:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        discord.faults.clear()


async def _cutting(day: Day, dice: random.Random) -> None:
    while True:
        await asyncio.sleep(_DROP_SECONDS)
        day.people.discord.gateway.drop(resumable=dice.random() >= _FOR_GOOD)
        day.watch.cuts += 1


async def _dying(day: Day, points: Sequence[Point]) -> None:
    people, discord = day.people, day.people.discord
    for point in points:
        within = people.channel.id
        if point is Point.REVEAL:
            within = (await discord.until(lambda: next(iter(people.posts()), None), seconds=SECONDS)).id
        route = Point.QUESTION if point is Point.REVEAL else point
        met = len(discord.log.calls)
        discord.faults.next(route, "slow", containing=f"/{within}/", seconds=SECONDS)
        await discord.until(
            lambda: any(one.fault == "slow" for one in discord.log.calls[met:]),  # noqa: B023 - awaited here
            seconds=SECONDS,
        )
        for seat in day.crew.seats:
            await day.crew.kill(seat)
        await free_shard(day)


async def free_shard(day: Day) -> None:
    """Let the shard be free, as it is when who held it has been dead for some seconds."""
    application = day.people.discord.world.app
    await day.store.steady.delete(keys.lease(f"discord:{application}:shard:0:1"))
