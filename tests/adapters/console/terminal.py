"""A whole terminal for tests: a room in memory, a small desk, a screen that is read back as text."""

import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from zoneinfo import ZoneInfo

from rich.console import Console

from adapters.console import ConsoleChat, open_console
from adapters.console.conversation import Conversation
from adapters.console.keyboard import PlainKeyboard
from adapters.console.screen import Screen
from tests.adapters.console.samples import PLACE, StillClock
from tests.adapters.console.small_desk import SmallDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    chat: ConsoleChat
    desk: SmallDesk
    screen: Screen
    conversation: Conversation
    out: io.StringIO
    clock: StillClock

    async def say(self, *lines: str) -> str:
        """Say lines, and return what the screen showed since, without frames and line breaks."""
        self.out.seek(0)
        self.out.truncate()
        for line in lines:
            assert await self.conversation.take(line)
        return self.shown()

    def shown(self) -> str:
        return " ".join(re.sub(r"[│╭╮╰╯─]", " ", self.out.getvalue()).split())


@asynccontextmanager
async def open_terminal(*, interactive: bool = False) -> AsyncIterator[Terminal]:
    clock, desk, out, numbers = StillClock(), SmallDesk(), io.StringIO(), count(1)
    console = Console(file=out, width=80)
    keyboard = PlainKeyboard(console) if interactive else None
    async with open_console(None, clock) as chat:
        screen = Screen(chat, PLACE, console, clock, ZoneInfo("Europe/Berlin"), keyboard)
        conversation = Conversation(
            chat=chat,
            desk=desk,
            place=PLACE,
            screen=screen,
            clock=clock,
            ids=lambda: f"start-1:{next(numbers)}",
            keyboard=interactive,
        )
        yield Terminal(chat=chat, desk=desk, screen=screen, conversation=conversation, out=out, clock=clock)
