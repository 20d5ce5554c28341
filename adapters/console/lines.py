"""Lines from a terminal, a pipe or a file, without ever holding up the end of the program."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from threading import Semaphore, Thread

_CHUNK = 65_536
_AHEAD = 100
"""Lines read ahead at most: a long file is not taken into memory."""
_PASTE_SECONDS = 0.05


async def lines_of(file: int) -> AsyncIterator[str]:
    """Yield the lines that come from a file descriptor, without their ends; what is not UTF-8 is replaced.

    The reading thread is a daemon on the bare descriptor: ``sys.stdin`` would keep a lock that a thread still waiting for a
    key at the end of the program takes with it, and the interpreter would abort.
    """
    came: asyncio.Queue[str | None] = asyncio.Queue()
    room = Semaphore(_AHEAD)
    loop = asyncio.get_running_loop()

    def read() -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile: nobody listens any more
            for line in _lines(file):
                room.acquire()
                loop.call_soon_threadsafe(came.put_nowait, line)
            loop.call_soon_threadsafe(came.put_nowait, None)

    Thread(target=read, name="lines", daemon=True).start()
    while (line := await came.get()) is not None:
        room.release()
        yield line


class Coming:
    """Lines that come one by one or, as those of a paste do, all at once."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines
        self._next: asyncio.Task[str | None] | None = None

    async def next(self, within: float | None = None) -> str | None:
        """Return the next line; None at the end, or if none comes within so many seconds: then it is the next one's."""
        if self._next is None:
            self._next = asyncio.create_task(self._one())
        await asyncio.wait({self._next}, timeout=within)
        if not self._next.done():
            return None
        came, self._next = self._next, None
        return came.result()

    async def pasted(self) -> Sequence[str]:
        """Return the lines that follow the last one too quickly to have been typed."""
        lines: list[str] = []
        while (line := await self.next(within=_PASTE_SECONDS)) is not None:
            lines.append(line)
        return lines

    async def aclose(self) -> None:
        """Stop waiting; when this returns nobody reads any more."""
        if self._next:
            self._next.cancel()
            await asyncio.wait({self._next})

    async def _one(self) -> str | None:
        return await anext(self._lines, None)


def _lines(file: int) -> Iterator[str]:
    kept: list[bytes] = []
    for chunk in _chunks(file):
        first, *others = chunk.split(b"\n")
        kept.append(first)
        for other in others:
            yield _line(kept)
            kept = [other]
    if any(kept):
        yield _line(kept)


def _chunks(file: int) -> Iterator[bytes]:
    """Yield what comes until the end; a terminal that went away is an end."""
    with suppress(OSError):
        while chunk := os.read(file, _CHUNK):
            yield chunk


def _line(parts: list[bytes]) -> str:
    return b"".join(parts).decode("utf-8", "replace").removesuffix("\r")
