"""Who holds what: a key each, with the holder in it, that runs out by the server's clock."""

from dataclasses import dataclass

from adapters.redis import keys
from adapters.redis.store import Store
from bot.ports import Held


@dataclass(frozen=True, slots=True)
class RedisLeases:
    store: Store

    async def take(self, name: str, holder: str, seconds: float) -> Held | None:
        found = await self.store.run("take", [keys.lease(name)], [holder, round(seconds * 1000)], quick=True)
        return Held(by=str(found[0]), seconds=int(found[1]) / 1000) if found else None

    async def give_up(self, name: str, holder: str) -> None:
        await self.store.run("give_up", [keys.lease(name)], [holder], quick=True)

    async def agree(self, name: str, proposed: str, seconds: float) -> str:
        return str(await self.store.run("agree", [keys.lease(name)], [proposed, round(seconds * 1000)], quick=True))
