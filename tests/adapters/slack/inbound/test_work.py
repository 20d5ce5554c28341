"""What is done after the acknowledgement: in its order, what has a deadline first, and all of it."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import pytest

from adapters.slack.inbound import work as module
from adapters.slack.inbound.work import MOST, Work


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


async def test_little_is_done_at_once_and_nothing_is_lost(desk: Desk) -> None:
    work = Work()
    for number in range(5 * MOST):
        work.add(desk.doing(f"{number}"))
    await asyncio.sleep(0.01)
    assert len(desk.begun) == MOST

    desk.door.set()
    await work.finish(1.0)

    assert desk.begun == desk.done == [f"{number}" for number in range(5 * MOST)]


async def test_what_is_urgent_is_done_before_what_came_earlier(desk: Desk) -> None:
    work = Work()
    for number in range(MOST + 1):
        work.add(desk.doing(f"{number}"))
    work.add(desk.doing("urgent"), urgent=True)
    desk.door.set()
    await work.finish(1.0)
    assert desk.begun[-2:] == ["urgent", f"{MOST}"]


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


async def test_what_waits_for_somebody_else_keeps_nobody_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONG_SECONDS", 0.05)
    work = Work()
    for number in range(MOST + 1):
        work.add(desk.doing(f"{number}"))
    async with asyncio.timeout(1.0):
        while len(desk.begun) <= MOST:
            await asyncio.sleep(0.01)
    assert not desk.done
    desk.door.set()
    await work.finish(1.0)


async def test_an_end_waits_no_longer_than_it_was_told(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    work = Work()
    for number in range(MOST + 1):
        work.add(desk.doing(f"{number}"))
    await work.finish(0.05)
    desk.door.set()
    await asyncio.sleep(0.01)
    assert not desk.done
    assert vars(caplog.records[0])["waiting"] == 1
