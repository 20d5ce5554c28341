"""A case: a workspace, a store and a crew, and what goes wrong while the day is played."""

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from redis.asyncio import Redis

from adapters.grading.pool import grading_pool
from adapters.redis.store import Limits, Store
from adapters.slack.access import Mode
from bot.app.core import compose
from tests.crash.case import bank, where, zone_where_it_is_six
from tests.crash.crew import LEASE
from tests.crash.slack.crew import open_crew
from tests.crash.slack.day import Day, faults, play
from tests.crash.slack.people import People
from tests.fakes.slack import FakeSlack

_DROP_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """``seed`` is for all that is left to chance; ``kills``: so many processes are killed, if the day lasts so long."""

    mode: Mode
    size: int = 1
    seed: int = 0
    rough: bool = False
    """All is delivered twice, one call in ten fails or its answer is lost, the socket is cut every five seconds."""
    kills: int = 0


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
    with tempfile.TemporaryDirectory(prefix="slack") as folder:
        try:
            await client.flushdb()
            store = Store(steady=client, quick=client, limits=Limits(lease=LEASE))
            async with (
                FakeSlack() as slack,
                grading_pool() as grader,
                open_crew(slack, url, trouble.mode, Path(folder, "log"), trouble.size) as crew,
            ):
                core = compose(store, bank(), grader, {})
                calm = not trouble.rough and not trouble.kills
                yield Day(people=_people(slack), crew=crew, store=store, core=core, calm=calm)
        finally:
            await client.aclose()


def _people(slack: FakeSlack) -> People:
    zone, _ = zone_where_it_is_six()
    lead = slack.add_user("Lea", tz=zone)
    ana, ben, chris = (slack.add_user(name) for name in ("Ana", "Ben", "Chris"))
    channel = slack.add_channel("quiz", creator=lead, members=[ana, ben, chris])
    return People(slack=slack, channel=channel, lead=lead, ana=ana, ben=ben, chris=chris)


@asynccontextmanager
async def _going_wrong(day: Day, trouble: Trouble) -> AsyncIterator[None]:
    slack = day.people.slack
    if trouble.rough:
        slack.deliveries.twice = True
        slack.faults.at_random(0.1, ("429", "500", "lost"), seed=trouble.seed)
        slack.sockets.drop_every(_DROP_SECONDS)
    killer = asyncio.create_task(day.crew.killing(random.Random(trouble.seed), trouble.kills))
    try:
        yield
    finally:
        killer.cancel()
        with suppress(asyncio.CancelledError):
            await killer
        slack.faults.clear()
