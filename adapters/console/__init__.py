"""A chat in a terminal whose platform is a file: durable, shared by processes, with nothing to sign up for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.console.chat import ConsoleChat
from adapters.console.room import Room
from bot.ports import Clock

__all__ = ["ConsoleChat", "open_console"]


@asynccontextmanager
async def open_console(path: Path | None, clock: Clock) -> AsyncIterator[ConsoleChat]:
    """Open the chat whose room is the file at ``path`` (made if need be, with its folder; None: nowhere but here).

    Several processes may have it open. Raises OSError if the file cannot be made or opened.
    """
    room = await asyncio.to_thread(_opened, path, clock)
    try:
        yield ConsoleChat(room)
    finally:
        room.close()


def _opened(path: Path | None, clock: Clock) -> Room:
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
    return Room(path, clock)
