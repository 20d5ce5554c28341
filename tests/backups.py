"""Backups in a test: taken from one store, and made into another."""

from collections.abc import Sequence
from typing import Any

from adapters.redis.backup import RedisBackup, Row
from adapters.redis.restore import RedisRestore
from adapters.redis.store import Client, Store

Contents = dict[str, tuple[Any, float]]


async def backed_up(store: Store) -> Sequence[Row]:
    return [row async for row in RedisBackup(store=store, bot="1").rows()]


async def restored(store: Store, rows: Sequence[Row]) -> None:
    await RedisRestore(store=store, name="the backup").restore(enumerate(rows, 1))


async def contents(client: Client) -> Contents:
    """Return every key with what it holds and when it runs out, in seconds."""
    return {key: (await _value(client, key), await client.expiretime(key)) async for key in client.scan_iter()}


async def _value(client: Client, key: str) -> Any:
    match await client.type(key):
        case "hash":
            return await client.hgetall(key)
        case "zset":
            return dict(await client.zrange(key, 0, -1, withscores=True))
        case "set":
            return await client.smembers(key)
        case "string":
            return await client.get(key)
        case kind:
            raise AssertionError(kind)
