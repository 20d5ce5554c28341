"""Calls that a person waits for: what is busy or broken for a moment is asked again, for a few seconds."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.ports import Limited, OutcomeUnknown

T = TypeVar("T")

SECONDS = 8.0
"""So long somebody may wait for an answer that has no deadline of its own."""
FORM_SECONDS = 2.5
"""A form opens within three seconds of the click, or never."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0


async def persistently(call: Callable[[], Awaitable[T]], seconds: float = SECONDS) -> T:
    """Return what the call returns, made again when it was limited or its outcome is unknown.

    It has to be one that may happen twice. After so many seconds its last Limited or OutcomeUnknown is raised.
    """
    loop = asyncio.get_running_loop()
    deadline, pause = loop.time() + seconds, _FIRST_PAUSE
    while True:
        try:
            return await call()
        except (Limited, OutcomeUnknown) as trouble:
            jittered = pause * (0.5 + random.random())  # noqa: S311 - no secret
            wait = (trouble.retry_after if isinstance(trouble, Limited) else 0.0) or jittered
            if loop.time() + wait > deadline:
                raise
        pause = min(pause * 2, _LONGEST_PAUSE)
        await asyncio.sleep(wait)
