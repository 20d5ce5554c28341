"""That a bot runs on a store: known to who wants to have it alone."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from uuid import uuid4

from adapters.redis import keys
from adapters.redis.codec import bot_to_text
from adapters.redis.store import Store, answering
from bot.ports import StoreUnavailable
from bot.tasks import ended
from bot.views import BotFacts

_COUNTS_SECONDS = 30
"""A bot that was killed counts for so long."""
_RENEW_SECONDS = 5


@asynccontextmanager
async def present(store: Store, told: Callable[[], BotFacts]) -> AsyncIterator[None]:
    """Count as a bot that runs on the store until the block ends. Raises StoreUnavailable, also while a restore has it.

    What is ``told`` of the bot can be read there, at most a few seconds old.
    """
    presence = _Presence(store=store, who=uuid4().hex, told=told)
    await presence.count()
    renewal = asyncio.create_task(presence.renew())
    try:
        yield
    finally:
        await ended(renewal)
        with suppress(StoreUnavailable):
            async with answering():
                await store.quick.zrem(keys.PRESENT, presence.said)


@dataclass(slots=True, kw_only=True)
class _Presence:
    store: Store
    who: str
    told: Callable[[], BotFacts]
    said: str = ""

    async def renew(self) -> None:
        while True:
            await asyncio.sleep(_RENEW_SECONDS)
            with suppress(StoreUnavailable):  # the clock and whoever asks the store for something say so
                await self.count()

    async def count(self) -> None:
        before, self.said = self.said, bot_to_text(self.who, self.told())
        await self.store.run("present", [keys.PRESENT], [self.said, _COUNTS_SECONDS * 1000, before])
