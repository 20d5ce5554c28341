"""A person's seat in a console chat, at this terminal or behind a pipe: what ``demo`` and ``run`` share."""

import sys
import uuid
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console

from adapters.console import ConsoleChat
from adapters.console.conversation import Conversation
from adapters.console.keyboard import Keyboard, PlainKeyboard
from adapters.console.screen import Screen
from bot.domain.ids import PlaceId
from bot.ports import Desk, StartError
from scheduler.clock import SystemClock


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    conversation: Conversation
    screen: Screen
    keyboard: Keyboard | None

    async def at_keyboard(self) -> None:
        """Let whoever is at the keyboard take part until /quit or the end of the input."""
        assert self.keyboard  # noqa: S101 - whoever calls this has asked has_keyboard
        await self.conversation.take("/as you")
        with self.keyboard.open() as lines:
            async with self.screen.watched():
                await self.conversation.run(lines)


def has_keyboard() -> bool:
    """Tell whether a person reads and types here."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def take_seat(desk: Desk, chat: ConsoleChat, place: PlaceId, out: Console, *, keyboard: bool) -> Seat:
    """Return a seat in the place. Raises StartError."""
    clock = SystemClock()
    zone = datetime.now().astimezone().tzinfo
    if zone is None:
        raise StartError("This system does not say in which time zone it is.", code=70)
    keys = _keyboard(out) if keyboard else None
    screen = Screen(chat, place, out, clock, zone, keys)
    conversation = Conversation(
        chat=chat,
        desk=desk,
        place=place,
        screen=screen,
        clock=clock,
        ids=lambda: uuid.uuid4().hex,
        keyboard=keyboard,
    )
    return Seat(conversation=conversation, screen=screen, keyboard=keys)


def _keyboard(out: Console) -> Keyboard:
    if out.is_dumb_terminal:
        return PlainKeyboard(out)
    from adapters.console.editor import LineEditor

    return LineEditor()
