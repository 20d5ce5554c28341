"""People who do again what had no effect, as people do where a bot may be away for a moment."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from bot import wording
from tests.adapters.slack.inbound.quiz import spoken
from tests.fakes.slack import Answer, Channel, FakeSlack, Message, Person, Submission, View, words

T = TypeVar("T")

SECONDS = 60.0
"""Whoever has tried for so long gives up: the day has failed."""
_PAUSE = 0.2


@dataclass(slots=True, kw_only=True)
class People:
    """``patience``: so many seconds they wait before they do again what Slack has not said to have failed."""

    slack: FakeSlack
    channel: Channel
    lead: Person
    ana: Person
    ben: Person
    chris: Person
    patience: float = 3.0

    async def insist(self, do: Callable[[], Awaitable[Answer | None]], seen: Callable[[], T | None]) -> T:
        """Do something, again and again, until its outcome is seen; return what is seen."""
        async with asyncio.timeout(SECONDS):
            while True:
                answer = await do()
                failed = answer is not None and not answer.ok
                with suppress(TimeoutError):
                    return await self.slack.until(seen, seconds=_PAUSE if failed else self.patience)

    async def typed(self, person: Person, command: str, seen: Callable[[], T | None]) -> T:
        return await self.insist(lambda: self.slack.type_command(person, self.channel, command), seen)

    async def opened(self, person: Person, open_: Callable[[], Awaitable[Answer]]) -> View:
        """Open a form and return it, once it can be filled in."""

        async def again() -> Answer:
            self.slack.workspace.modals.pop(person.id, None)
            return await open_()

        return await self.insist(again, lambda: self.form(person))

    async def pressed(self, person: Person, message: Message, button: str) -> View:
        """Press a button of a message that opens a form."""
        return await self.opened(person, lambda: self.slack.click(person, message, button))

    async def sent(self, person: Person, form: View, values: Mapping[str, Any], outcome: str) -> Submission:
        """Send a form until that comes of it."""
        async with asyncio.timeout(SECONDS):
            while True:
                done = await self.slack.submit(person, form, dict(values))
                if done.outcome == outcome:
                    return done
                assert done.outcome in {"failed", "errors"}, done
                await asyncio.sleep(_PAUSE)

    def form(self, person: Person) -> View | None:
        """Return the form before somebody, if it can be filled in."""
        view = self.slack.modal(person)
        return view if view and any(block["type"] == "input" for block in view.blocks) else None

    def told(self, person: Person, said: str) -> Message | None:
        """Return what somebody was told in private with these words, in the channel or in their own conversation."""
        everything = [*self.slack.ephemerals(person), *self.slack.dm(person).messages]
        return next((one for one in everything if said in spoken(one)), None)

    def posts(self) -> list[Message]:
        """Return what the bot has posted for all in the channel."""
        return [one for one in self.slack.visible(self.channel) if one.by_bot]

    def reveals(self, post: Message) -> list[Message]:
        return [one for one in self.slack.thread(post) if one.by_bot]


def is_done(view: View) -> bool:
    """Tell whether what took a form's place is an answer, and not that there was none in time."""
    return wording.desk.NOT_DONE not in words(view)
