"""What one person alone is shown, in answer to what that person did: nobody can be told anything in private otherwise."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from adapters.discord.inbound.answers import Answers, Came, Response
from adapters.discord.inbound.asked import Asked
from adapters.discord.refusals import OURS, DiscordRefusal
from adapters.discord.views import Message, notice_message, payload, private_message
from bot.ports import Limited, OutcomeUnknown, Refused
from bot.receiving.turns import Turns
from bot.views import NoticeView, PrivateView

log = logging.getLogger(__name__)

FAILED = "Something went wrong on our side, and it is noted. Please try again."

Drawing = Callable[[PrivateView], Sequence[Message]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    answers: Answers
    turns: Turns = field(default_factory=Turns)

    async def say(self, asked: Asked, view: PrivateView) -> None:
        """Show a view at once: what is there already needs no promise."""
        first, *more = private_message(view)
        came = await self.answers.first(asked, Response.MESSAGE, payload(first, ephemeral=True))
        if came is Came.WRONG:
            await self.answers.first(asked, Response.MESSAGE, payload(notice_message(FAILED), ephemeral=True))
        elif came is Came.THERE:
            await self.add(asked, more)

    async def show(
        self,
        asked: Asked,
        content: Callable[[], Awaitable[PrivateView]],
        *,
        in_place: bool = False,
        only_shows: bool = False,
        drawing: Drawing = private_message,
    ) -> PrivateView | None:
        """Promise a view, and show it when it is there; None if this interaction is answered elsewhere.

        ``in_place``: it takes the place of the private message that was acted on, unless it is but a sentence. ``only_shows``: it
        is not made where it cannot be shown.
        """
        came = await self.answers.later(asked, in_place=in_place)
        if came is Came.ELSEWHERE or (came is Came.LOST and only_shows):
            return None
        await self.turns.next()
        try:
            view = await content()
        except Exception:
            log.exception("what was asked could not be done")
            view = NoticeView(text=FAILED)
        if came is Came.THERE:
            beside = in_place and isinstance(view, NoticeView)
            await self._keep(asked, drawing(view), beside=beside)
        return view

    async def add(self, asked: Asked, messages: Sequence[Message]) -> None:
        """Show more messages after the first one."""
        for message in messages:
            await self._shown(self.answers.add(asked, message))

    async def _keep(self, asked: Asked, messages: Sequence[Message], *, beside: bool) -> None:
        """Keep a promise: what stands there now says that the bot is thinking, or is to be replaced, or stays ``beside`` it."""
        if beside:
            await self.add(asked, messages)
            return
        first, *more = messages
        refused = await self._shown(self.answers.edit(asked, first))
        if refused and refused.code in OURS:
            await self._shown(self.answers.edit(asked, notice_message(FAILED)))
        await self.add(asked, more)

    async def _shown(self, showing: Awaitable[None]) -> DiscordRefusal | None:
        """Wait for it. What cannot be shown at all is logged, without its text."""
        try:
            await showing
        except (Limited, OutcomeUnknown, Refused) as error:
            log.warning("an answer could not be shown", extra={"why": str(error)})
            return error if isinstance(error, DiscordRefusal) else None
        return None
