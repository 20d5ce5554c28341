"""The watch over expiries: every key runs out, or is on the short list of permanent ones."""

from fnmatch import fnmatchcase

from redis.asyncio import Redis

from adapters.redis.lifetimes import PERMANENT


async def keys_without_expiry(client: Redis) -> list[str]:
    """Return the keys that would stay for ever and are not meant to."""
    everlasting = [key async for key in client.scan_iter(count=1000) if await client.ttl(key) == -1]
    return sorted(key for key in everlasting if not any(fnmatchcase(key, pattern) for pattern in PERMANENT))
