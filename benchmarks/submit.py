"""A reply through the use case, against the bare EVALSHA of the same script with the same arguments."""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice
from typing import Any

from redis.asyncio import BlockingConnectionPool, Redis, UnixDomainSocketConnection

from adapters.redis.replies import RedisReplies
from adapters.redis.store import Store, source
from benchmarks.measure import Pair, Row, in_turns, running_server, spread
from benchmarks.stage import at_once, open_stage, reply_of
from bot.domain.ids import RoundId
from bot.domain.reply import ReceiptState, Reply

CONCURRENCY = (1, 50)


@dataclass(frozen=True, kw_only=True)
class _Asked(Store):
    """A store that writes down what it is asked to run, and runs nothing."""

    calls: list[list[str | int]] = field(default_factory=list)

    async def run(self, _name: str, keys_: Sequence[str], args: Sequence[str | int], *, quick: bool = False) -> Any:  # noqa: ARG002
        self.calls.append([len(keys_), *keys_, *args])
        return [ReceiptState.NOT_SAVED, "", 0, "", "", 0, "", 0]


async def run(*, replies: int = 4_000, rounds: int = 15) -> list[Row]:
    """Return a row for each concurrency: throughputs in replies a second."""
    with running_server() as server:
        async with open_stage(server.url) as stage, _bare(server.socket) as bare:
            round_ = await stage.opened("general")
            script = await bare.script_load(source("submit"))
            numbers = count(1)

            async def through(concurrency: int) -> float:
                said = _replies(round_, numbers, replies)
                return await _rate(concurrency, [partial(stage.core.desk.submit, reply) for reply in said])

            async def straight(concurrency: int) -> float:
                calls = await _arguments(_replies(round_, numbers, replies))
                return await _rate(
                    concurrency, [partial(bare.execute_command, "EVALSHA", script, *call) for call in calls]
                )

            return [_row(n, await in_turns(rounds, partial(through, n), partial(straight, n))) for n in CONCURRENCY]


def _row(concurrency: int, pair: Pair) -> Row:
    return Row(
        what=f"submitting a reply, {concurrency} at once",
        figure=spread(pair.ours, "replies/s"),
        against=f"bare EVALSHA, {spread(pair.baseline, '/s')}",
        ratio=pair.ratio(),
        aim="≥ 0.7",
    )


def _bare(socket: str) -> "Redis":
    pool = BlockingConnectionPool(connection_class=UnixDomainSocketConnection, path=socket, decode_responses=True)
    return Redis.from_pool(pool)


def _replies(round_: RoundId, numbers: "count[int]", replies: int) -> list[Reply]:
    return [reply_of(round_, number) for number in islice(numbers, replies)]


async def _arguments(replies: Sequence[Reply]) -> list[list[str | int]]:
    """Return what the store would hand to the script for each reply."""
    asked = _Asked(steady=None, quick=None)
    for reply in replies:
        await RedisReplies(asked).submit(reply)
    return asked.calls


async def _rate(concurrency: int, calls: Sequence[Callable[[], Awaitable[Any]]]) -> float:
    began = time.perf_counter()
    await at_once(concurrency, calls)
    return len(calls) / (time.perf_counter() - began)
