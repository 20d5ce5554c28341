"""A reveal of many replies leaves the event loop to others, and the cores to grading."""

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from bot.domain.good_faith import in_good_faith
from bot.domain.question import Question
from bot.service import judging, reveals
from tests.mischief import DiedError
from tests.service.test_reveals import ALL_THREE, HALF, NOTHING, open_round
from tests.world import LEASE, WordGrader, World


async def test_people_get_their_turn_while_many_replies_are_judged(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_round(world, **{f"member{number}": f"{number} {NOTHING}" for number in range(200)})
    judged, turns = 0, []

    def counted(*args: Any) -> bool:
        nonlocal judged
        judged += 1
        return in_good_faith(*args)

    async def somebody_else() -> None:
        while judged < 200:
            turns.append(judged)
            await asyncio.sleep(0)

    monkeypatch.setattr(judging, "in_good_faith", counted)
    await asyncio.gather(world.at(16), somebody_else())

    assert max(after - before for before, after in pairwise([*turns, judged])) <= 50


async def test_the_next_replies_are_graded_while_the_last_suggestions_are_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_round(world, ana=ALL_THREE, ben=HALF, chris=NOTHING)
    graded: list[str] = []
    next_one_begun = asyncio.Event()
    suggest = WordGrader.suggest

    async def counted(self: WordGrader, question: Question, phrasings: Any, replies: Sequence[str]) -> Any:
        graded.extend(replies)
        if len(graded) > 1:
            next_one_begun.set()
        return await suggest(self, question, phrasings, replies)

    monkeypatch.setattr(reveals, "GRADED", 1)
    monkeypatch.setattr(WordGrader, "suggest", counted)
    world.mischief.before("suggest", next_one_begun.wait)
    async with asyncio.timeout(5):
        await world.at(16)

    assert sorted(graded) == sorted([ALL_THREE, HALF, NOTHING])
    assert await world.points() == {"ana": 10, "ben": 6, "chris": 2}


async def test_what_was_graded_before_a_crash_is_awarded_after_it_and_not_graded_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_round(world, ana=ALL_THREE, ben=HALF, chris=NOTHING)
    graded: list[str] = []
    suggest = WordGrader.suggest

    async def counted(self: WordGrader, question: Question, phrasings: Any, replies: Sequence[str]) -> Any:
        graded.extend(replies)
        return await suggest(self, question, phrasings, replies)

    async def nothing() -> None: ...

    monkeypatch.setattr(reveals, "GRADED", 1)
    monkeypatch.setattr(WordGrader, "suggest", counted)
    world.mischief.before("award", nothing, DiedError())  # ana has her award, ben's suggestion is kept
    await world.at(16)
    assert await world.points() == {"ana": 10}

    await world.later(seconds=LEASE)

    assert await world.points() == {"ana": 10, "ben": 6, "chris": 2}
    assert (graded.count(ALL_THREE), graded.count(HALF)) == (1, 1)
    assert await world.is_sound()
