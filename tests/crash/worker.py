"""The bot as a process of its own that dies, stands still or loses an answer where a test says: ``python -m tests.crash.worker``.

It is ``bot.app.open_bot`` with the settings of its environment. What people do comes as lines of JSON on its standard
input, as a platform would hand it on, and each is answered by a line. The end of the input ends it.

A point is ``<before|after>:<script|chat>:<name>[#n]``, the n-th call (the first, without a number) counted over all
processes that share the file ``STUDYBOT_TEST_CALLS``, where every call is written down by name:

* ``STUDYBOT_TEST_DIE_AT``: SIGKILL at the point, or at a later call of that name, once;
* ``STUDYBOT_TEST_STOP_AT``: SIGSTOP there, once;
* ``STUDYBOT_TEST_KILL_STORE_AT``: SIGKILL there for the process ``STUDYBOT_TEST_STORE_PID``, once;
* ``STUDYBOT_TEST_LOSE_ANSWER_AT``, without before or after: the chat does it, and the answer is lost, once.

Two places have a platform of their own: in ``shaky`` the answer to the first question post is lost, ``gone`` refuses posts.
"""

import asyncio
import fcntl
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.console.chat import ConsoleChat
from adapters.redis.store import Store
from bot import logs
from bot.app import once_of, open_bot, open_chats, open_store
from bot.app.core import Core
from bot.domain.ids import MemberId, PlaceId, RoundId, last_part
from bot.domain.reply import Reply, Via
from bot.ports import Caller, OutcomeUnknown, Refused
from bot.settings import load

CHAT_METHODS = (
    "delete_post", "edit_question", "edit_reveal", "find_posts", "post_question", "post_reveal", "read_back", "tell_admins",
)  # fmt: skip
PREFIX = "STUDYBOT_TEST_"

Call = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Point:
    """``when`` is empty for a lost answer; ``call`` is ``script:<name>`` or ``chat:<name>``."""

    when: str
    call: str
    number: int

    @classmethod
    def read(cls, text: str) -> "Point | None":
        if not text:
            return None
        where, _, number = text.partition("#")
        when, call = where.split(":", 1) if where.count(":") == 2 else ("", where)
        return cls(when, call, int(number or 1))

    def __str__(self) -> str:
        return f"{self.when}:{self.call}#{self.number}".removeprefix(":")


class Calls:
    """The file that all processes of a case write their calls into, and what befalls them at which."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._file = Path(environ[f"{PREFIX}CALLS"])
        us, store = os.getpid(), int(environ.get(f"{PREFIX}STORE_PID", "0"))
        named = (
            ("DIE_AT", us, signal.SIGKILL),
            ("STOP_AT", us, signal.SIGSTOP),
            ("KILL_STORE_AT", store, signal.SIGKILL),
        )
        self._signals = [(Point.read(environ.get(PREFIX + name, "")), pid, which) for name, pid, which in named]
        self._lose = Point.read(environ.get(f"{PREFIX}LOSE_ANSWER_AT", ""))

    def around(self, kind: str, name: str, method: Call, place_of: Callable[..., str]) -> Call:
        """Return the method with what is to happen before and after it."""

        async def call(*args: Any, **options: Any) -> Any:
            which = f"{kind}:{args[1] if kind == 'script' else name}"
            place = place_of(*args)
            if place == "gone" and name.startswith("post_"):
                raise Refused("the channel is gone")
            self._meet("before", which)
            answer = await method(*args, **options)
            if which == "script:claim" and len(answer) == 1:
                return answer  # nothing was due: no step of anything
            self._write(which)
            self._meet("after", which)
            if self._is_lost(which) or (place == "shaky" and name == "post_question" and self._once("lost in shaky")):
                raise OutcomeUnknown("the answer is lost")
            return answer

        return call

    def _meet(self, when: str, which: str) -> None:
        # The name goes into the file before the signal: whoever waits for it sees the process die or stand still.
        for point, pid, signal_ in self._signals:
            if point and (point.when, point.call) == (when, which) and self._is_reached(point):
                os.kill(pid, signal_)

    def _is_lost(self, which: str) -> bool:
        return self._lose is not None and self._lose.call == which and self._is_reached(self._lose)

    def _is_reached(self, point: Point) -> bool:
        with self._file.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            lines = file.read().splitlines()
            this_one = lines.count(point.call) + (point.when == "before")
            if this_one < point.number or f"! {point}" in lines:
                return False
            file.write(f"! {point}\n")
            return True

    def _once(self, what: str) -> bool:
        return self._is_reached(Point("before", what, 1))

    def _write(self, line: str) -> None:
        with self._file.open("a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(f"{line}\n")


def arm(calls: Calls) -> None:
    """Put the points around every script and every call of the chat, of this process alone."""
    setattr(Store, "run", calls.around("script", "run", Store.run, lambda *_: ""))  # noqa: B010 - a method is no variable
    for name in CHAT_METHODS:
        setattr(ConsoleChat, name, calls.around("chat", name, getattr(ConsoleChat, name), _place))


def _place(_chat: ConsoleChat, what: Any, *_: Any) -> str:
    return str(last_part(getattr(what, "place", PlaceId(":"))))


async def _answered(core: Core, said: dict[str, Any]) -> Any:
    """Carry out what somebody did: a command, a form's text, or a self-check."""
    caller = Caller(
        place=PlaceId(said["place"]), member=MemberId(said["member"]), delivery=said["delivery"], admin=said["admin"]
    )
    if "command" in said:
        return await core.desk.command(caller, said["command"], said["text"])
    if "ticks" in said:
        return await core.desk.check(caller, RoundId(said["round"]), said["ticks"])
    return await core.desk.submit(
        Reply(
            round=RoundId(said["round"]),
            member=caller.member,
            text=said["text"],
            via=Via.FORM,
            delivery=caller.delivery,
            version=said["version"],
        )
    )


async def main() -> None:
    settings = load({name: text for name, text in os.environ.items() if not name.startswith(PREFIX)}, env_file=None)
    logs.configure(settings.log_format, settings.log_level)
    lines = asyncio.StreamReader(limit=1 << 20)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with (
        open_store(settings, exclusive=True) as store,
        open_chats(settings, once_of(store)) as chats,
        open_bot(settings, store, chats) as core,
    ):
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while line := await lines.readline():
            view = await _answered(core, json.loads(line))
            sys.stdout.write(json.dumps([type(view).__name__, str(view)]) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    arm(Calls(os.environ))
    asyncio.run(main())
