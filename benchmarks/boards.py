"""A page of a board with the reader's own rank and neighbours, against a bare ZRANGE of ten, on small and large boards."""

import random
import time
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial

from redis.asyncio import Redis

from adapters.redis import keys
from adapters.redis.connection import open_redis
from benchmarks.measure import Pair, Row, in_turns, running_server, spread
from benchmarks.stage import PLATFORM, open_stage
from bot.domain.ids import MemberId, PlaceId, member_id, place_id
from bot.domain.score import PeriodKind, period
from bot.ports import Caller

ALL = period(PeriodKind.ALL, date.min)
_BATCH = 10_000
"""Members a script: it runs for some tens of milliseconds."""
_FILL = """
for i = ARGV[1], ARGV[2] do
  redis.call('ZADD', KEYS[1], math.random(1, 5000), ARGV[3] .. i)
end
"""


async def run(*, members: tuple[int, ...] = (10_000, 1_000_000), pages: int = 300, rounds: int = 9) -> list[Row]:
    """Return two rows for each size: the page alone, and the whole command as a member gives it."""
    chance, rows = random.Random(1), []
    with running_server() as server:
        async with open_stage(server.url) as stage, open_redis(server.url) as bare:
            for size in members:
                place = place_id(PLATFORM, "home", f"of{size}")
                await stage.set_up(place)
                await _fill(bare.steady, keys.board(place, ALL), size)

                async def page(place: PlaceId = place, size: int = size) -> object:
                    return await stage.core.boards.page(place, ALL, _member(chance.randrange(size)))

                async def command(place: PlaceId = place, size: int = size) -> object:
                    caller = Caller(place=place, member=_member(chance.randrange(size)), delivery="")
                    return await stage.core.desk.command(caller, "leaderboard", "all")

                ten = partial(bare.quick.zrange, keys.board(place, ALL), 0, 9, desc=True, withscores=True)
                for what, ours in (("a board page with own rank", page), ("/leaderboard", command)):
                    pair = await in_turns(
                        rounds, partial(_milliseconds, ours, pages), partial(_milliseconds, ten, pages)
                    )
                    rows.append(_row(f"{what}, {size:,} members", pair))
    return rows


def _row(what: str, pair: Pair) -> Row:
    return Row(
        what=what,
        figure=spread(pair.ours, "ms"),
        against=f"bare ZRANGE of ten, {spread(pair.baseline, 'ms')}",
        ratio=pair.ratio(),
        aim="the same order, flat in members",
    )


def _member(number: int) -> MemberId:
    return member_id(PLATFORM, "home", f"member{number}")


async def _fill(client: Redis, board: str, members: int) -> None:
    for first in range(0, members, _BATCH):
        last = min(first + _BATCH, members) - 1
        await client.eval(_FILL, 1, board, first, last, _member(0).removesuffix("0"))


async def _milliseconds(call: Callable[[], Awaitable[object]], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        await call()
    return (time.perf_counter() - began) * 1_000 / times
