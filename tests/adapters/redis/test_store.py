from dataclasses import replace

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from adapters.redis import keys
from adapters.redis.store import Store
from bot.ports import StoreUnavailable


async def test_who_observes_is_told_how_long_each_script_took(store: Store) -> None:
    took: list[tuple[str, float]] = []
    watched = replace(store, observe=lambda name, seconds: took.append((name, seconds)))

    await watched.run("claim", [keys.agenda("console")], [1, 1000])

    ((name, seconds),) = took
    assert name == "claim"
    assert 0 < seconds < 5


async def test_a_script_that_had_no_answer_is_told_too(store: Store) -> None:
    took: list[str] = []
    gone = Redis(unix_socket_path="/nowhere", retry=Retry(NoBackoff(), 0))
    watched = replace(store, steady=gone, observe=lambda name, _: took.append(name))

    with pytest.raises(StoreUnavailable):
        await watched.run("claim", [keys.agenda("console")], [1, 1000])

    assert took == ["claim"]
