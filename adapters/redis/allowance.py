"""What may be had only so often a day: a count that runs out."""

from dataclasses import dataclass

from adapters.redis import keys
from adapters.redis.store import Store

_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisAllowance:
    """A process that had to ask again may have taken two: it is never more that is had than was allowed."""

    store: Store
    name: str
    a_day: int

    async def take(self) -> bool:
        return bool(await self.store.run("allowance", [keys.allowance(self.name)], [self.a_day, _DAY], quick=True))
