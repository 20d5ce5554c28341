"""How tasks that run beside others are ended."""

import asyncio
from typing import Any

AGAIN_SECONDS = 5.0
"""So long a task may need for its own end before it is told once more."""


async def ended(*tasks: "asyncio.Future[Any]", again: float = AGAIN_SECONDS) -> None:
    """End tasks and wait for them, however long that takes.

    They are told again after so many seconds: before Python 3.12 ``asyncio.wait_for``, which a store's client waits with, may lose a cancellation.
    """
    while running := [task for task in tasks if not task.done()]:
        for task in running:
            task.cancel()
        await asyncio.wait(running, timeout=again)
