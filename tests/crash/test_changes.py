"""The programme is changed while the holder of its opening stands still, somewhere between its claim and the end of its act."""

import asyncio
from itertools import product

from bot.domain.round import RoundState, Step
from bot.ports import Post
from tests.crash.case import GENERAL, TO_COME, Case, open_case
from tests.crash.processes import LEASE

POINTS = ("before:script:begin#1", "after:chat:post_question#1")
LATER = "at=13:00 reveal=21:00"
CHANGES = ("pause", "remove", "setup", "skip")


async def test_a_change_meanwhile_ends_in_one_question_or_in_none(urls: list[str]) -> None:
    free: asyncio.Queue[str] = asyncio.Queue()
    for url in urls:
        free.put_nowait(url)

    async def one(point: str, change: str) -> list[str]:
        url = await free.get()
        try:
            async with open_case(url, arms={"STOP_AT": point}) as case:
                return [f"{change} at {point}: {fault}" for fault in await _play(case, point, change)]
        finally:
            free.put_nowait(url)

    found = await asyncio.gather(*(one(point, change) for point, change in product(POINTS, CHANGES)))
    assert [fault for faults in found for fault in faults] == []


async def _play(case: Case, point: str, change: str) -> list[str]:
    await case.admin(f"setup zone={case.zone} days=daily {TO_COME}")
    await case.admin("ask-now")
    await case.until_befell()
    # At once, for when the lease has run out somebody else carries the opening out, and that is that.
    await case.beforehand(GENERAL, change if change != "setup" else f"setup zone={case.zone} days=daily {LATER}")
    await case.stand_in()
    await asyncio.sleep(LEASE + 1)
    case.go_on()
    await asyncio.sleep(LEASE)
    return [*await _faults(case, point, change), *await _to_the_end(case)]


async def _faults(case: Case, point: str, change: str) -> list[str]:
    """Compare what stands before the day goes on: what was posted is kept, what was not is not asked any more."""
    standing = len(case.room.posts(GENERAL, case.today, Post.QUESTION))
    if change == "setup":  # today's round is asked at its new time; a post that stands is adopted then
        return [] if standing <= 1 else [f"{standing} questions stand"]
    round_ = await case.get()
    state = round_ and round_.state
    if change == "skip":  # what has begun stays
        right = (standing, state) == ((0, RoundState.SKIPPED) if "begin" in point else (1, RoundState.OPEN))
        return [] if right else [f"{standing} questions stand, the round is {state}"]
    # What was on its way when the round was skipped may stand until one looks again.
    if point.startswith("after"):
        right = (standing, state) == (1, RoundState.OPEN)
    else:
        right = standing <= (state is RoundState.SKIPPED) and state in {None, RoundState.SKIPPED}
    return [] if right else [f"{standing} questions stand, the round is {state}"]


async def _to_the_end(case: Case) -> list[str]:
    """Let the round, if there is one to come, go to its end: one question and one reveal then stand."""

    async def is_over() -> bool:
        for step in Step:
            await case.core.agenda.hasten(step, case.today)
        if not await case.is_quiet():
            return False
        round_ = await case.get()  # after the look at the agenda: what was hastened may have been carried out at once
        return round_ is None or round_.settled or round_.state is RoundState.SKIPPED

    await case.until(is_over)
    round_ = await case.get()
    number = 1 if round_ and round_.settled else 0
    found = [
        f"{len(standing)} {post} posts stand in the end instead of {number}"
        for post in Post
        if len(standing := case.room.posts(GENERAL, case.today, post)) != number
    ]
    verified = await case.core.boards.verify()
    return [*found, *(f"board is wrong: {one}" for one in verified.differences)]
