"""What is done after the acknowledgement: in its order, what has a deadline first, and all of it."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import pytest

from bot.receiving.work import Work

MANY = 50


class Desk:
    """Whoever does it, as long as the door is shut."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.done: list[str] = []
        self.door = asyncio.Event()

    def doing(self, name: str) -> Callable[[], Coroutine[Any, Any, None]]:
        return partial(self._do, name)

    async def _do(self, name: str) -> None:
        self.begun.append(name)
        await self.door.wait()
        self.done.append(name)


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_who_acknowledges_has_a_turn_before_much_is_begun(desk: Desk) -> None:
    work = Work()
    for number in range(MANY):
        work.add(desk.doing(f"{number}"))

    begun = []
    for _ in range(4):  # what an acknowledgement takes: read, understand, answer
        await asyncio.sleep(0)
        begun.append(len(desk.begun))

    assert begun == sorted(begun)
    assert begun[-1] <= 4
    desk.door.set()
    await work.finish(1.0)


async def test_all_is_done_in_its_order_also_what_waits_for_somebody_slow(desk: Desk) -> None:
    work = Work()
    for number in range(MANY):
        work.add(desk.doing(f"{number}"))
    await asyncio.sleep(0.05)
    assert len(desk.begun) == MANY

    desk.door.set()
    await work.finish(1.0)

    assert desk.begun == desk.done == [f"{number}" for number in range(MANY)]


async def test_what_is_urgent_is_begun_before_what_came_earlier(desk: Desk) -> None:
    work = Work()
    for number in range(MANY):
        work.add(desk.doing(f"{number}"))
    work.add(desk.doing("urgent"), urgent=True)
    desk.door.set()
    await work.finish(1.0)
    assert "urgent" in desk.begun[:2]


async def test_what_stands_in_one_line_is_done_one_after_the_other(desk: Desk) -> None:
    work = Work()
    for name in ("first", "second", "third"):
        work.add(desk.doing(name), line="ana")
    work.add(desk.doing("another's"), line="ben")
    await asyncio.sleep(0.01)
    assert desk.begun == ["first", "another's"]

    desk.door.set()
    await work.finish(1.0)

    assert desk.done == ["first", "another's", "second", "third"]


async def test_an_end_waits_no_longer_than_it_was_told(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    work = Work()
    for name in ("first", "second"):
        work.add(desk.doing(name), line="ana")
    await work.finish(0.05)
    desk.door.set()
    await asyncio.sleep(0.01)
    assert (desk.begun, desk.done) == (["first"], [])
    assert vars(caplog.records[0])["waiting"] == 1
