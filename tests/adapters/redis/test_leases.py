"""What one process holds at a time: on a real server, by its clock."""

import asyncio

import pytest

from adapters.redis import keys
from adapters.redis.contents import Part, part_of
from adapters.redis.leases import RedisLeases
from adapters.redis.store import Store

SHARD = "discord:1:shard:0"


@pytest.fixture
def leases(store: Store) -> RedisLeases:
    return RedisLeases(store)


async def test_of_many_who_want_it_at_once_one_holds_it(leases: RedisLeases) -> None:
    taken = await asyncio.gather(*(leases.take(SHARD, f"process {number}", 10) for number in range(20)))

    assert [held is None for held in taken].count(True) == 1
    assert await leases.take("discord:1:shard:1", "process 19", 10) is None


async def test_its_holder_holds_it_on_for_as_long_as_was_said_last(leases: RedisLeases, store: Store) -> None:
    await leases.take(SHARD, "one", 10)

    assert await leases.take(SHARD, "one", 100) is None

    assert 90_000 < await store.steady.pttl(keys.lease(SHARD)) <= 100_000
    assert await leases.take(SHARD, "another", 10)


async def test_what_is_not_held_on_is_anybodys_and_lost_to_who_held_it(leases: RedisLeases) -> None:
    await leases.take(SHARD, "one", 0.05)
    await asyncio.sleep(0.1)

    assert await leases.take(SHARD, "another", 10) is None
    assert await leases.take(SHARD, "one", 10)


async def test_what_ran_out_unseen_is_its_holders_again(leases: RedisLeases) -> None:
    await leases.take(SHARD, "one", 0.05)
    await asyncio.sleep(0.1)

    assert await leases.take(SHARD, "one", 10) is None


async def test_who_wants_what_another_holds_is_told_who_it_is_and_for_how_long(leases: RedisLeases) -> None:
    await leases.take(SHARD, "one", 10)

    held = await leases.take(SHARD, "another", 20)

    assert held
    assert held.by == "one"
    assert 9 < held.seconds <= 10


async def test_what_is_given_up_is_free_at_once(leases: RedisLeases) -> None:
    await leases.take(SHARD, "one", 10)

    await leases.give_up(SHARD, "one")

    assert await leases.take(SHARD, "another", 10) is None


async def test_nobody_gives_up_what_another_holds(leases: RedisLeases) -> None:
    await leases.take(SHARD, "one", 10)

    await leases.give_up(SHARD, "another")

    assert await leases.take(SHARD, "another", 10)


async def test_the_first_word_stands_for_all_until_nobody_asks_any_more(leases: RedisLeases) -> None:
    assert await leases.agree("discord:1:shards", "2", 0.1) == "2"
    await asyncio.sleep(0.06)
    assert await leases.agree("discord:1:shards", "3", 0.1) == "2"
    await asyncio.sleep(0.06)
    assert await leases.agree("discord:1:shards", "3", 0.05) == "2"
    await asyncio.sleep(0.1)

    assert await leases.agree("discord:1:shards", "3", 1) == "3"


async def test_no_backup_takes_a_lease_along() -> None:
    assert part_of(keys.lease(SHARD)) is Part.NOTHING
