import asyncio

from adapters.redis.backup import RedisBackup
from adapters.redis.contents import Part, part_of
from adapters.redis.keys import once
from adapters.redis.once import RedisOnce
from adapters.redis.restore import RedisRestore
from adapters.redis.store import Store
from tests.leftovers import leftovers
from tests.world import ANA


async def test_of_many_who_ask_at_once_one_is_the_first(store: Store) -> None:
    asked = [RedisOnce(store).first("slack:told", 1) for _ in range(20)]

    assert sorted(await asyncio.gather(*asked)) == [False] * 19 + [True]
    assert await RedisOnce(store).first("slack:told of something else", 1)


async def test_it_is_remembered_for_as_long_as_was_said_and_asking_again_makes_that_no_longer(store: Store) -> None:
    await RedisOnce(store).first("slack:told", 3)
    await store.steady.expire(once("slack:told"), 100)

    assert not await RedisOnce(store).first("slack:told", 3)
    assert await store.steady.ttl(once("slack:told")) <= 100
    await store.steady.delete(once("slack:told"))  # as if it had run out
    assert await RedisOnce(store).first("slack:told", 3)
    assert await store.steady.ttl(once("slack:told")) == 3 * 86_400


async def test_a_client_that_had_to_ask_again_is_still_the_first(store: Store) -> None:
    answers = [await store.run("once", [once("slack:told")], ["a token", 60]) for _ in range(2)]

    assert answers == [1, 1]


async def test_what_could_not_be_done_may_be_done_by_the_next_one(store: Store) -> None:
    await RedisOnce(store).first("slack:told", 1)

    for _ in range(2):
        await RedisOnce(store).forget("slack:told")

    assert await RedisOnce(store).first("slack:told", 1)


async def test_no_name_stands_in_the_store(store: Store) -> None:
    await RedisOnce(store).first(f"slack:told {ANA}", 1)

    assert await leftovers(store.steady, "ana", "home") == []


async def test_it_is_in_a_backup_and_read_before_what_was_done(store: Store, second: Store) -> None:
    await RedisOnce(store).first("slack:told", 1)
    lines = [row async for row in RedisBackup(store=store, bot="0").rows()]

    await RedisRestore(store=second, name="backup").restore(enumerate(lines, 1))

    assert part_of(once("slack:told")) is Part.NOTED
    assert not await RedisOnce(second).first("slack:told", 1)
    assert 0 < await second.steady.ttl(once("slack:told")) <= 86_400


async def test_whoever_was_the_first_by_name_is_so_again_and_is_named(store: Store) -> None:
    once_ = RedisOnce(store)
    assert await once_.by("slack:told") == ""

    asked = [await once_.first("slack:told", 1, name) for name in ("one", "other", "one")]

    assert asked == [True, False, True]
    assert await once_.by("slack:told") == "one"
