"""People in Discord who do again what had no effect, as people do where a bot may be away for a moment."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.fakes.discord import Answer, Channel, FakeDiscord, Message, Modal, Person, words

T = TypeVar("T")

SECONDS = 90.0
"""Whoever has tried for so long gives up: the day has failed."""
_PAUSE = 0.2

Act = Callable[[], Awaitable[Answer]]


@dataclass(slots=True, kw_only=True)
class People:
    """``patience``: so many seconds they wait before they do again what Discord has not said to have failed."""

    discord: FakeDiscord
    channel: Channel
    lead: Person
    ana: Person
    ben: Person
    chris: Person
    patience: float = 3.0

    async def insist(self, act: Act, seen: Callable[[Answer], T | None]) -> T:
        """Do something, again and again, until its outcome is seen; return what is seen."""
        async with asyncio.timeout(SECONDS):
            while True:
                answer = await act()
                with suppress(TimeoutError):
                    wait = self.patience if answer.ok else _PAUSE
                    return await self.discord.until(lambda: seen(answer), seconds=wait)  # noqa: B023 - awaited here

    async def typed(self, person: Person, command: str, seen: Callable[[], T | None]) -> T:
        return await self.insist(lambda: self.discord.type_command(person, self.channel, command), lambda _: seen())

    async def shown(self, act: Act, said: str) -> Message:
        """Do something until it is answered with these words; return the answer."""
        return await self.insist(act, lambda answer: _saying(answer, said))

    async def opened(self, act: Act) -> Modal:
        """Do what opens a form, until it is there."""
        return await self.insist(act, lambda answer: answer.modal)

    async def pressed(self, person: Person, message: Message, button: str) -> Modal:
        return await self.opened(lambda: self.discord.click(person, message, button))

    async def sent(self, person: Person, form: Modal, values: Mapping[str, Any]) -> Answer:
        """Send a form until Discord closes it."""
        async with asyncio.timeout(SECONDS):
            while not (done := await self.discord.submit(person, form, dict(values))).ok:
                pass
        return done

    async def filled(self, person: Person, act: Act, values: Mapping[str, Any], said: str) -> Message:
        """Open a form, fill it in and send it, all of it again until it is answered with these words."""

        async def again() -> Answer:
            return await self.sent(person, await self.opened(act), values)

        return await self.shown(again, said)

    async def answered(self, person: Person, post: Message, button: str, text: str) -> Message:
        return await self.filled(
            person, lambda: self.discord.click(person, post, button), {"text": text}, "Your reply is saved"
        )

    def posts(self) -> list[Message]:
        """Return the bot's questions in the channel, open or closed."""
        return [one for one in self.discord.visible(self.channel) if has_button(one, "answer", "closed")]

    def reveals(self) -> list[Message]:
        """Return the bot's reveals, in the channel and in all of its threads."""
        places = [one for one in self.discord.world.channels.values() if self.channel.id in {one.id, one.parent}]
        return [one for where in places for one in where.messages if has_button(one, "grade")]


def has_button(message: Message, *names: str) -> bool:
    return any(f"'custom_id': '{name}:" in str(message.components) for name in names)


def _saying(answer: Answer, said: str) -> Message | None:
    message = answer.message
    return message if message and not message.loading and said in words(message) else None
