"""How a chat begins: its platform is asked until it answers, for a while."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.ports import Limited, OutcomeUnknown, StartError

log = logging.getLogger(__name__)

T = TypeVar("T")

PATIENCE_SECONDS = 60.0
_UNAVAILABLE = 69
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0


async def reached(call: Callable[[], Awaitable[T]], platform: str, address: str, patience: float) -> T:
    """Return what the first call to a platform returns, made again while that cannot be reached.

    ``platform`` is its name as people write it. Raises StartError after ``patience`` seconds.
    """
    loop = asyncio.get_running_loop()
    pause, until = _FIRST_PAUSE, loop.time() + patience
    while True:
        try:
            return await call()
        except (OutcomeUnknown, Limited) as trouble:
            wait = max(pause, trouble.retry_after if isinstance(trouble, Limited) else 0.0)
            said = f"{platform} cannot be reached at {address} ({trouble})"
            if loop.time() + wait > until:
                look = f"look at the network and at STUDYBOT_{platform.upper()}_API_URL"
                raise StartError(f"{said}: {look}.", code=_UNAVAILABLE) from None
            log.warning("a chat cannot be reached, trying again", extra={"why": said, "seconds": wait})
            await asyncio.sleep(wait)
            pause = min(pause * 2, _LONGEST_PAUSE)
