"""The watch over what is left of somebody: nothing in any key, field, element or value of the server."""

from collections.abc import AsyncIterator
from typing import Any

from redis.asyncio import Redis


async def leftovers(client: Redis, *traces: str) -> list[str]:
    """Return where on the whole server one of these texts is still to be read."""
    found = []
    async for key in client.scan_iter(count=1000):
        async for text in _texts(client, key):
            found += [f"{key}: {text}" for trace in traces if trace in f"{key} {text}"]
    return found


async def _texts(client: Any, key: str) -> AsyncIterator[str]:
    yield key
    match await client.type(key):
        case "string":
            yield await client.get(key)
        case "hash":
            for field, value in (await client.hgetall(key)).items():
                yield f"{field} = {value}"
        case "set":
            for element in await client.smembers(key):
                yield element
        case "zset":
            for element in await client.zrange(key, 0, -1):
                yield element
        case kind:
            raise AssertionError(f"nobody looks into a {kind}: {key}")
