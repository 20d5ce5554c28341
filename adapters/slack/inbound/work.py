"""What is still to be done of what was acknowledged: it hinders no acknowledgement, and an end waits for it."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

log = logging.getLogger(__name__)

Doing = Callable[[], Coroutine[Any, Any, None]]

MOST = 16
"""So much is done at once: more would only stand in the way of what comes in."""
LONG_SECONDS = 0.25
"""What takes longer waits for somebody else, not for the processor: it hinders nobody, and others begin."""


class Work:
    """Begun in the order in which it came, what is urgent first."""

    def __init__(self) -> None:
        self._urgent: deque[tuple[str, Doing]] = deque()
        self._waiting: deque[tuple[str, Doing]] = deque()
        self._lines: dict[str, deque[Doing]] = {}
        """By line, what comes after that which waits or runs."""
        self._running: set[asyncio.Task[Any]] = set()
        self._busy: set[asyncio.Task[Any]] = set()

    def add(self, doing: Doing, *, urgent: bool = False, line: str = "") -> None:
        """Have it done as soon as there is room, and in a line once all before it is done. It looks after its own faults."""
        if line in self._lines:
            self._lines[line].append(doing)
            return
        if line:
            self._lines[line] = deque()
        (self._urgent if urgent else self._waiting).append((line, doing))
        self._begin()

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

    async def finish(self, seconds: float) -> None:
        """Let all of it be done within so many seconds, and end the rest."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while self._running and (left := until - loop.time()) > 0:
            await asyncio.wait(set(self._running), timeout=left, return_when=asyncio.FIRST_COMPLETED)
        queues = [self._urgent, self._waiting, *self._lines.values()]
        late, waiting = set(self._running), sum(len(queue) for queue in queues)
        for queue in queues:
            queue.clear()
        for task in late:
            task.cancel()
        if late:
            log.warning("the end does not wait for all", extra={"running": len(late), "waiting": waiting})
            await asyncio.wait(late)

    def _begin(self) -> None:
        while len(self._busy) < MOST and (queue := self._urgent or self._waiting):
            line, doing = queue.popleft()
            task = asyncio.create_task(doing())
            self._running.add(task)
            self._busy.add(task)
            task.add_done_callback(partial(self._done, line))
            asyncio.get_running_loop().call_later(LONG_SECONDS, self._make_room, task)

    def _done(self, line: str, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if following := self._lines.pop(line, None):
            self._waiting.append((line, following.popleft()))
            self._lines[line] = following
        self._make_room(task)

    def _make_room(self, task: asyncio.Task[Any]) -> None:
        self._busy.discard(task)
        self._begin()
