"""Everybody at once: while a round closes, is graded and revealed, members hide, show themselves, are erased and come back."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace

import pytest
from redis.asyncio import BlockingConnectionPool, Redis

from adapters.redis.store import Store
from bot.domain.round import RoundState
from bot.domain.score import Period
from bot.service import reveals
from tests.conftest import Server
from tests.leftovers import leftovers
from tests.world import PLACE, TODAY, World, build, question, who

HIDERS, LEAVERS, OTHERS = ([f"{kind}{number}" for number in range(12)] for kind in ("hider", "leaver", "other"))


@pytest.fixture
async def busy(server: Server, store: Store, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """A world with enough connections for everybody, whose awards go out one by one."""
    monkeypatch.setattr(reveals, "BATCH", 1)
    pool = BlockingConnectionPool.from_url(server.url, decode_responses=True, max_connections=32, timeout=30)
    client = Redis.from_pool(pool)
    world = build(replace(store, steady=client, quick=client), [question()])
    yield world
    world.room.close()
    await client.aclose()


async def after(seconds: float, what: Awaitable[object]) -> None:
    await asyncio.sleep(seconds)
    await what


@pytest.mark.parametrize("seed", range(8))
async def test_what_is_left_is_what_was_wanted_last_and_all_of_it_adds_up(busy: World, seed: int) -> None:
    chance = random.Random(seed)
    await busy.set_up()
    await busy.at(9)
    for name in (*HIDERS, *LEAVERS, *OTHERS):
        await busy.reply(name, f"alpha, says {name}")
    wanted = {name: chance.random() < 0.7 for name in HIDERS}

    async def hides(name: str) -> None:
        for hidden in (True, False, wanted[name]):
            await busy.members.hide(who(name), hidden=hidden)

    def some_time() -> float:
        return chance.random() * 0.15

    await asyncio.gather(
        busy.at(16),
        *(after(some_time(), hides(name)) for name in HIDERS),
        *(after(some_time(), busy.members.erase(who(name))) for name in LEAVERS),
        *(after(some_time(), busy.members.resume("console")) for _ in range(3)),
    )

    assert (await busy.get()).state is RoundState.REVEALED
    shown = {*OTHERS, *(name for name in HIDERS if not wanted[name])}
    page = await busy.boards.page(PLACE, Period("all"), None, size=100)
    assert {one.member.rpartition(":")[2] for one in page.top} == shown
    assert {one.points for one in page.top} == {6}
    assert await leftovers(busy.store.steady, "leaver") == []
    assert await busy.repliers(TODAY) == len(HIDERS) + len(OTHERS)
    assert set(await busy.ledger.grades(TODAY)) == {who(name) for name in (*HIDERS, *OTHERS)}
    assert await busy.is_sound()
    await busy.boards.rebuild()
    assert await busy.is_sound()
