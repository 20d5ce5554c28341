"""Let something befall a process in a day, and say what came of it: shared by the tests and by the benchmark."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.crash.case import open_case
from tests.crash.day import faults, play

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mishap:
    """``arm`` is what befalls a process at the ``point``, a variable of ``tests.crash.worker``; ``size``: of how many.

    ``spare`` and ``others`` are those of the day.
    """

    point: str
    arm: str = "DIE_AT"
    size: int = 1
    spare: int = 0
    others: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """``befell`` is how many processes it really befell; ``log`` is what all of them wrote."""

    mishap: Mishap
    befell: int
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


async def carried_out(url: str, mishap: Mishap) -> Result:
    async with open_case(url, mishap.size, {mishap.arm: mishap.point}) as case:
        case.spare = mishap.spare
        try:
            await play(case, others=mishap.others)
            found = await faults(case, others=mishap.others)
        except TimeoutError:
            found = ["the day did not end"]
        return Result(mishap=mishap, befell=case.crew.befell(), faults=found, log=case.crew.log.read_text())


async def all_carried_out(urls: Sequence[str], mishaps: Sequence[Mishap]) -> AsyncIterator[Result]:
    async for _, result in one_per_store(urls, mishaps, carried_out):
        yield result


async def one_per_store(
    urls: Sequence[str], cases: Sequence[T], play_one: Callable[[str, T], Awaitable[U]]
) -> AsyncIterator[tuple[T, U]]:
    """Play so many cases at a time as there are stores, for most of a day is waiting; yield each with what came of it."""
    free: asyncio.Queue[str] = asyncio.Queue()
    for url in urls:
        free.put_nowait(url)

    async def one(case: T) -> tuple[T, U]:
        url = await free.get()
        try:
            return case, await play_one(url, case)
        finally:
            free.put_nowait(url)

    for done in asyncio.as_completed([one(case) for case in cases]):
        yield await done
