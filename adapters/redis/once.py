"""What was done once: a key each, which says by whom."""

from dataclasses import dataclass
from uuid import uuid4

from adapters.redis import keys
from adapters.redis.store import Store, answering

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class RedisOnce:
    store: Store

    async def first(self, key: str, days: int, by: str = "") -> bool:
        # By its token whoever was first knows so also when the client had to ask again.
        token = by or uuid4().hex
        return bool(await self.store.run("once", [keys.once(key)], [token, days * _DAY], quick=True))

    async def by(self, key: str) -> str:
        async with answering():
            return str(await self.store.quick.get(keys.once(key)) or "")

    async def forget(self, key: str) -> None:
        async with answering():
            await self.store.quick.delete(keys.once(key))
