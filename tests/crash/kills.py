"""Kill at a point, go on, and say what came of it: shared by the sample in the tests and by the benchmark."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from tests.crash.case import open_case
from tests.crash.day import faults, play


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """Where a process dies, and of how many; ``times``: so many die there, one after the other."""

    point: str
    size: int = 1
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """``killed`` is how many processes really died; ``log`` is what all of them wrote."""

    kill: Kill
    killed: int
    faults: Sequence[str]
    log: str


async def calls_of_a_day(url: str) -> list[str]:
    """Return every call of a script or of the chat that one process makes in a day without a crash, in their order."""
    async with open_case(url) as case:
        await play(case)
        assert not await faults(case)
        return [line for line in case.crew.made() if not line.startswith("!")]


def all_points(calls: Sequence[str]) -> list[str]:
    """Return the points before and after each call."""
    seen: Counter[str] = Counter()
    points: list[str] = []
    for call in calls:
        seen[call] += 1
        points += [f"{when}:{call}#{seen[call]}" for when in ("before", "after")]
    return points


async def carried_out(url: str, kill: Kill) -> Result:
    async with open_case(url, kill.size, DIE_AT=kill.point, DEATHS=str(kill.times)) as case:
        try:
            await play(case)
            found = await faults(case)
        except TimeoutError:
            found = ["the day did not end"]
        died = sum(worker.process.returncode == -9 for worker in case.crew.members)
        return Result(kill=kill, killed=min(died, case.crew.befell()), faults=found, log=case.crew.log.read_text())


async def all_carried_out(urls: Sequence[str], kills: Sequence[Kill]) -> AsyncIterator[Result]:
    """Carry out so many at a time as there are stores, for most of a day is waiting; yield each result as it comes."""
    free: asyncio.Queue[str] = asyncio.Queue()
    for url in urls:
        free.put_nowait(url)

    async def one(kill: Kill) -> Result:
        url = await free.get()
        try:
            return await carried_out(url, kill)
        finally:
            free.put_nowait(url)

    for done in asyncio.as_completed([one(kill) for kill in kills]):
        yield await done
