"""A person's seat in a console chat, at this terminal or behind a pipe: what ``demo`` and ``run`` share."""

import sys
import uuid
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console

from adapters.console import ConsoleChat
from adapters.console.conversation import Conversation
from adapters.console.lines import lines_of
from adapters.console.screen import Screen
from bot.domain.ids import PlaceId
from bot.ports import Desk, StartError
from scheduler.clock import SystemClock


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    conversation: Conversation
    screen: Screen

    async def at_keyboard(self) -> None:
        """Let whoever is at the keyboard take part until /quit or the end of the input."""
        await self.conversation.take("/as you")
        async with self.screen.watched():
            await self.conversation.run(lines_of(sys.stdin.fileno()))


def has_keyboard() -> bool:
    """Tell whether a person reads and types here."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def take_seat(desk: Desk, chat: ConsoleChat, place: PlaceId, out: Console, *, keyboard: bool) -> Seat:
    """Return a seat in the place. Raises StartError."""
    clock = SystemClock()
    zone = datetime.now().astimezone().tzinfo
    if zone is None:
        raise StartError("This system does not say in which time zone it is.", code=70)
    screen = Screen(chat, place, out, clock, zone, interactive=keyboard)
    conversation = Conversation(
        chat=chat,
        desk=desk,
        place=place,
        screen=screen,
        clock=clock,
        ids=lambda: uuid.uuid4().hex,
        keyboard=keyboard,
    )
    return Seat(conversation=conversation, screen=screen)
