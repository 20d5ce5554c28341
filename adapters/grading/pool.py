"""Grades many replies without stopping the event loop: a few in a thread, more in processes of their own."""

import asyncio
import logging
import multiprocessing
import os
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from functools import partial
from threading import Lock
from typing import TypeAlias

from adapters.grading import worker
from adapters.grading.lexical import suggest_all
from bot.domain.question import Question
from bot.domain.reply import Suggestion
from bot.ports import Grader

SMALL_BATCH = 20
"""Up to so many replies are graded in a thread: starting processes would take longer."""
_SLICE = 5
_LARGEST_CHUNK = 50
_ATTEMPTS = 3
_MOST_WORKERS = 8
"""More take longer to start than they save."""

_Grade: TypeAlias = Callable[[Sequence[str]], list[Suggestion]]

log = logging.getLogger(__name__)


@asynccontextmanager
async def grading_pool(workers: int | None = None, ended: Callable[[], bool] = lambda: False) -> AsyncIterator[Grader]:
    """Give the lexical grader. Its processes start when first needed and end with this; ``workers``: how many, else one a core.

    Once we have ``ended``, a process that dies is no cause for a warning: what ended us may have ended it too.
    """
    pool = _Pool(workers or min(os.cpu_count() or 1, _MOST_WORKERS), ended)
    try:
        yield pool
    finally:
        await asyncio.to_thread(pool.close)


class _Pool:
    """The Grader. Its callers share the executor alone, and that changes hands under a lock."""

    def __init__(self, workers: int, ended: Callable[[], bool]) -> None:
        self._workers = workers
        self._ended = ended
        self._executor: ProcessPoolExecutor | None = None
        self._lock = Lock()

    async def suggest(
        self, question: Question, phrasings: Mapping[str, Sequence[str]], replies: Sequence[str]
    ) -> Sequence[Suggestion]:
        grade = partial(suggest_all, question, {point: tuple(texts) for point, texts in phrasings.items()})
        if len(replies) > SMALL_BATCH:
            for _ in range(_ATTEMPTS):
                executor = self._running()
                try:
                    return await self._in_processes(executor, grade, replies)
                except BrokenProcessPool:
                    self._forget(executor)
                    log.log(
                        logging.INFO if self._ended() else logging.WARNING,
                        "a grading process died; its batch is graded again",
                        extra={"question": question.id, "replies": len(replies)},
                    )
        return await _in_a_thread(grade, replies)

    def close(self) -> None:
        """End the processes. Waits for what is being graded, drops the rest."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor:
            executor.shutdown(cancel_futures=True)

    async def _in_processes(
        self, executor: ProcessPoolExecutor, grade: _Grade, replies: Sequence[str]
    ) -> list[Suggestion]:
        size = min(_LARGEST_CHUNK, -(-len(replies) // self._workers))

        def submit() -> list[Future[list[Suggestion]]]:
            return [executor.submit(grade, part) for part in _parts(replies, size)]

        # The first submission starts the processes, which is too slow for the event loop.
        graded = await asyncio.to_thread(submit)
        return [one for part in await asyncio.gather(*map(asyncio.wrap_future, graded)) for one in part]

    def _running(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._executor is None:
                self._executor = ProcessPoolExecutor(
                    self._workers,
                    mp_context=multiprocessing.get_context("spawn"),  # a fork would copy locks that other threads hold
                    initializer=worker.start,
                    initargs=(os.getpid(),),
                )
            return self._executor

    def _forget(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._executor is broken:
                self._executor = None
        broken.shutdown(wait=False)


async def _in_a_thread(grade: _Grade, replies: Sequence[str]) -> list[Suggestion]:
    """A slice at a time, so that neither the event loop nor another caller waits for the whole of a batch."""
    found: list[Suggestion] = []
    for part in _parts(replies, _SLICE):
        found += await asyncio.to_thread(grade, part)
    return found


def _parts(replies: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (replies[first : first + size] for first in range(0, len(replies), size))
