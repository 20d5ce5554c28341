import asyncio

from adapters.redis.allowance import RedisAllowance
from adapters.redis.backup import RedisBackup
from adapters.redis.keys import allowance
from adapters.redis.restore import RedisRestore
from adapters.redis.store import Store


async def test_of_many_who_take_at_once_so_many_get_one_as_there_are(store: Store) -> None:
    some = [RedisAllowance(store=store, name="llm", a_day=5) for _ in range(4)]

    taken = await asyncio.gather(*(one.take() for one in some * 5))

    assert taken.count(True) == 5
    assert await RedisAllowance(store=store, name="other", a_day=1).take()


async def test_a_day_begins_with_the_first_and_ends_whatever_is_asked_meanwhile(store: Store) -> None:
    purse = RedisAllowance(store=store, name="llm", a_day=2)
    await purse.take()
    await store.steady.expire(allowance("llm"), 100)

    assert [await purse.take(), await purse.take()] == [True, False]
    assert 0 < await store.steady.ttl(allowance("llm")) <= 100

    await store.steady.delete(allowance("llm"))  # as if it had run out
    assert await purse.take()
    assert await store.steady.ttl(allowance("llm")) == 86_400


async def test_a_smaller_limit_holds_at_once(store: Store) -> None:
    for _ in range(3):
        await RedisAllowance(store=store, name="llm", a_day=5).take()

    assert not await RedisAllowance(store=store, name="llm", a_day=3).take()


async def test_it_is_in_a_backup(store: Store, second: Store) -> None:
    await RedisAllowance(store=store, name="llm", a_day=1).take()
    lines = [row async for row in RedisBackup(store=store, bot="0").rows()]

    await RedisRestore(store=second, name="backup").restore(enumerate(lines, 1))

    assert not await RedisAllowance(store=second, name="llm", a_day=1).take()
    assert 0 < await second.steady.ttl(allowance("llm")) <= 86_400
