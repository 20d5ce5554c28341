"""A backup and the store made from it, at rest: equal key by key."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.redis import keys
from adapters.redis.store import Store
from bot.domain.ids import RoundId
from tests.backups import backed_up, contents, restored
from tests.world import BY_HAND, MONDAY, OTHER_PLACE, TODAY, World, build, question


@pytest.fixture
async def world(store: Store) -> AsyncIterator[World]:
    made = build(store, [question(number) for number in range(9)])
    yield made
    made.room.close()


async def _lived_in(world: World) -> None:
    """Two rounds that are over, one that is revealed, one open, one skipped ahead, and a place that rests."""
    await world.set_up()
    await world.set_up(OTHER_PLACE)
    await world.admin("pause holidays", OTHER_PLACE)
    await world.quiz("eva", "ask")
    for days in range(4):
        day = MONDAY + timedelta(days=days)
        round_ = RoundId(TODAY.replace(f"{MONDAY}", f"{day}"))
        await world.at(9, day=day)
        for name in ("ana", "ben", "chris")[days % 2 :]:
            await world.reply(name, "alpha and beta?", round_)
        await world.at(16)
        await world.reply("dana", "too late", round_)
    await world.at(17)
    await world.admin("ask-now")
    await world.due()
    await world.reply("ana", "gamma", RoundId(BY_HAND.replace(f"{MONDAY}", f"{MONDAY + timedelta(days=3)}")))
    await world.admin("skip")


async def test_at_rest_the_restored_store_is_equal_key_by_key(world: World, second: Store) -> None:
    await _lived_in(world)
    await world.store.steady.set(keys.SCHEMA, keys.SCHEMA_VERSION)

    await restored(second, await backed_up(world.store))

    before, after = await contents(world.store.steady), await contents(second.steady)
    assert before.keys() == after.keys()
    assert {key: value for key, (value, _) in before.items()} == {key: value for key, (value, _) in after.items()}
    assert all(abs(expires - after[key][1]) <= 1 for key, (_, expires) in before.items())
    assert len(before) > 60
