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


class Work:
    """Begun in the order in which it came, what is urgent first: one thing in each turn of the event loop.

    So a turn is as long as one thing takes of the processor, however much waits and however slow others are: who reads and
    acknowledges has their turn in time.
    """

    def __init__(self) -> None:
        self._urgent: deque[tuple[str, Doing]] = deque()
        self._waiting: deque[tuple[str, Doing]] = deque()
        self._lines: dict[str, deque[Doing]] = {}
        """By line, what comes after that which waits or runs."""
        self._running: set[asyncio.Task[Any]] = set()
        self._turning = False

    def add(self, doing: Doing, *, urgent: bool = False, line: str = "") -> None:
        """Have it done soon, and in a line once all before it is done. It looks after its own faults."""
        if line in self._lines:
            self._lines[line].append(doing)
            return
        if line:
            self._lines[line] = deque()
        self._put(self._urgent if urgent else self._waiting, line, doing)

    def begin(self, doing: Doing) -> None:
        """Begin it at once, before all that waits: it has an acknowledgement of its own to make."""
        self._begin("", doing)

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
        while (self._running or self._turning) and (left := until - loop.time()) > 0:
            if self._turning:
                await asyncio.sleep(0)
            else:
                await asyncio.wait(set(self._running), timeout=left, return_when=asyncio.FIRST_COMPLETED)
        waiting = len(self._urgent) + len(self._waiting) + sum(len(line) for line in self._lines.values())
        for queue in (self._urgent, self._waiting):
            queue.clear()
        self._lines.clear()
        late = set(self._running)
        for task in late:
            task.cancel()
        if late or waiting:
            log.warning("the end does not wait for all", extra={"running": len(late), "waiting": waiting})
        if late:
            await asyncio.wait(late)

    def _put(self, queue: deque[tuple[str, Doing]], line: str, doing: Doing) -> None:
        queue.append((line, doing))
        if not self._turning:
            self._turn()

    def _turn(self) -> None:
        queue = self._urgent or self._waiting
        self._turning = bool(queue)
        if queue:
            self._begin(*queue.popleft())
            asyncio.get_running_loop().call_soon(self._turn)

    def _begin(self, line: str, doing: Doing) -> None:
        task = asyncio.create_task(doing())
        self._running.add(task)
        task.add_done_callback(partial(self._done, line))

    def _done(self, line: str, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if following := self._lines.pop(line, None):
            doing = following.popleft()
            self._lines[line] = following
            self._put(self._waiting, line, doing)
