"""The real store and chat of a test, and what is to befall their calls: armed by name, before or after the real one.

Time is the test's, too: the scripts run as they are, but for their clock.
"""

import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from adapters.console.chat import ConsoleChat
from adapters.redis.store import Store, source

MORNING = datetime(2025, 3, 3, 8, 0, tzinfo=UTC)


class StillClock:
    """A clock that goes only when it is told to."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def go(self, **delta: float) -> None:
        self.at += timedelta(**delta)


class DiedError(Exception):
    """The process ended here. Nobody handles it: what was held stays held until its lease runs out."""


What = Exception | Callable[[], Awaitable[object]]


class Mischief:
    """What is to happen, once each, around the calls of the store's scripts and of the chat. ``calls`` are those made.

    ``wild``, where a test sets it, is asked at every turn what is to happen there.
    """

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.wild: Callable[[str], What | None] | None = None
        self._armed: dict[tuple[str, str], list[What]] = defaultdict(list)

    def before(self, name: str, *what: What) -> None:
        self._armed["before", name] += what

    def after(self, name: str, *what: What) -> None:
        self._armed["after", name] += what

    async def around(self, name: str, call: Callable[[], Awaitable[Any]]) -> Any:
        self.calls.append(name)
        await self._happen("before", name)
        result = await call()
        await self._happen("after", name)
        return result

    async def _happen(self, when: str, name: str) -> None:
        armed = self._armed[when, name]
        what = armed.pop(0) if armed else self.wild and self.wild(name)
        if what is None:
            return
        if isinstance(what, Exception):
            raise what
        await what()


class SkinnedChat:
    """The real chat in a thin skin of mischief."""

    platform = "console"

    def __init__(self, real: ConsoleChat, mischief: Mischief) -> None:
        self.real = real
        self._mischief = mischief

    def __getattr__(self, name: str) -> Any:
        async def call(*args: Any) -> Any:
            return await self._mischief.around(name, lambda: getattr(self.real, name)(*args))

        return call


@dataclass(frozen=True, kw_only=True)
class StillStore(Store):
    """The real store, whose scripts take the time from the test's clock."""

    clock: StillClock
    mischief: Mischief

    async def run(self, name: str, keys_: Sequence[str], args: Sequence[str | int], *, quick: bool = False) -> Any:
        async def call() -> Any:
            now = round(self.clock.now().timestamp() * 1000)
            return await Store.run(self, name, keys_, [*args, now], quick=quick)

        return await self.mischief.around(name, call)

    def script(self, name: str) -> str:
        return _still(name)


@cache
def _still(name: str) -> str:
    """Return a script that takes the time from the last of its arguments, so that its text is the same at every instant."""
    text, replaced = re.subn(r"return t\[1\] \* 1000 \+ .*", "return now", source(name))
    assert replaced == 1
    return text.replace("local SCHEMA", "local now = tonumber(table.remove(ARGV))\nlocal SCHEMA", 1)
