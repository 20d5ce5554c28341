"""What is being done just now, so that an end can wait for it."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

AGAIN_SECONDS = 5.0
"""So long a task may need for its own end before it is told once more."""


class Work:
    def __init__(self) -> None:
        self._running: set[asyncio.Task[object]] = set()

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Count the present task as work until the block ends."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - only coroutines come here
        self._running.add(task)
        try:
            yield
        finally:
            self._running.discard(task)

    def begin(self, doing: Coroutine[Any, Any, None]) -> None:
        """Let something run, and count it as work until it has ended."""
        task: asyncio.Task[object] = asyncio.create_task(doing)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self, seconds: float) -> None:
        """Let what runs end within so many seconds, and end the rest."""
        if not self._running:
            return
        _, late = await asyncio.wait(set(self._running), timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)


async def ended(task: "asyncio.Task[None]", again: float = AGAIN_SECONDS) -> None:
    """End a task and wait for it, however long that takes.

    It is told again after so many seconds: before Python 3.12 ``asyncio.wait_for``, which a store's client waits with, may lose a cancellation.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=again)
