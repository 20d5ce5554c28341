"""The store dies in the middle of a reveal of 500 replies and comes back: the boards end as if it had not."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from bot.domain.ids import MemberId, member_id
from bot.domain.question import Question
from bot.domain.reply import Reply, Via
from bot.domain.round import RoundState
from bot.ports import Post
from tests.conftest import Server
from tests.crash.case import GENERAL, TO_COME, Case, open_case

MEMBERS = [member_id("console", "home", f"member{number:03}") for number in range(500)]
POINTS = (
    "after:script:close#1",
    "after:script:suggest#1",
    "before:script:award#1",
    "after:script:award#1",
    "after:chat:post_reveal#1",
)

Boards = dict[str, dict[str, float]]


async def test_the_boards_end_the_same_whenever_the_store_dies() -> None:
    at_once = asyncio.Semaphore(4)

    async def boards(point: str) -> Boards:
        async with at_once:
            with _server() as server:
                return await _boards_of_a_day(server, point)

    undisturbed, *disturbed = await asyncio.gather(*(boards(point) for point in ("", *POINTS)))

    assert len(undisturbed) == 10  # five periods, for the place and for the team
    assert all(max(board.values()) > 2 for board in undisturbed.values())
    assert [point for point, found in zip(POINTS, disturbed, strict=True) if found != undisturbed] == []


@contextmanager
def _server() -> Iterator[Server]:
    """Yield a server that may be killed."""
    with tempfile.TemporaryDirectory(prefix="sb", dir="/tmp", ignore_cleanup_errors=True) as folder:
        running = Server(Path(folder))
        running.start()
        try:
            yield running
        finally:
            running.kill()


async def _boards_of_a_day(server: Server, point: str) -> Boards:
    assert server.process
    arms = {"KILL_STORE_AT": point, "STORE_PID": str(server.process.pid)}
    async with _kept_alive(server) as deaths, open_case(server.url, arms=arms) as case:
        await case.admin(f"setup zone={case.zone} days=daily {TO_COME}")
        await case.admin("ask-now")
        await case.until_state(RoundState.OPEN)
        await _all_reply(case)
        await case.admin("reveal-now")
        await case.until_state(RoundState.REVEALED)

        async def has_died() -> bool:  # at the last points the round is seen revealed before the store dies
            return len(deaths) == bool(point)

        await case.until(has_died)
        await case.until(case.is_quiet)
        assert len(case.room.posts(GENERAL, case.today, Post.REVEAL)) == 1
        verified = await case.core.boards.verify()
        assert not verified.differences
        return await _boards(case)


@asynccontextmanager
async def _kept_alive(server: Server) -> AsyncIterator[list[int]]:
    """Start the server again whenever it died; yield the list of its deaths."""
    deaths: list[int] = []

    async def keep() -> None:
        while True:
            await asyncio.sleep(0.02)
            if server.process and server.process.poll() is not None:
                deaths.append(server.process.pid)
                Path(server.socket).unlink(missing_ok=True)
                await asyncio.to_thread(server.start)

    keeper = asyncio.create_task(keep())
    try:
        yield deaths
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper


async def _all_reply(case: Case) -> None:
    question = (await case.asked()).asked()
    for number, member in enumerate(MEMBERS):
        receipt = await case.core.desk.submit(_reply(case, question, number, member))
        assert type(receipt).__name__ == "ReceiptView"


def _reply(case: Case, question: Question, number: int, member: MemberId) -> Reply:
    """Make every combination of key points, each reply in words of its own."""
    said = [point.statement for bit, point in enumerate(question.key_points) if number >> bit & 1]
    return Reply(
        round=case.today,
        member=member,
        text=f"I am number {number} and would say this. {' '.join(said)}",
        via=Via.FORM,
        delivery=f"reply{number}",
        version=number + 1,
    )


async def _boards(case: Case) -> Boards:
    """Return every board whole."""
    names = [str(key) async for key in case.client.scan_iter("*board:*", count=1000)]
    boards: Boards = {}
    for name in sorted(names):
        async for member, points in case.client.zscan_iter(name, count=1000):
            boards.setdefault(name, {})[str(member)] = points
    return boards
