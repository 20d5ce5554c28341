"""That a bot runs on a store: known to who wants to have it alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import uuid4

from adapters.redis import keys
from adapters.redis.store import Store, answering
from bot.ports import StoreUnavailable

_COUNTS_SECONDS = 30
"""A bot that was killed counts for so long."""
_RENEW_SECONDS = 5


@asynccontextmanager
async def present(store: Store) -> AsyncIterator[None]:
    """Count as a bot that runs on the store until the block ends. Raises StoreUnavailable, also while a restore has it."""
    who = uuid4().hex
    await _count(store, who)
    renewal = asyncio.create_task(_renew(store, who))
    try:
        yield
    finally:
        renewal.cancel()
        await asyncio.wait({renewal})
        with suppress(StoreUnavailable):
            async with answering():
                await store.quick.zrem(keys.PRESENT, who)


async def _renew(store: Store, who: str) -> None:
    while True:
        await asyncio.sleep(_RENEW_SECONDS)
        with suppress(StoreUnavailable):  # the clock and whoever asks the store for something say so
            await _count(store, who)


async def _count(store: Store, who: str) -> None:
    await store.run("present", [keys.PRESENT], [who, _COUNTS_SECONDS * 1000])
