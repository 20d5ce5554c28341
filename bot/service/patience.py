"""A chat that is not waited for without end: a call that takes too long has an unknown outcome."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.domain.ids import PlaceId, RoundId
from bot.domain.programme import Programme
from bot.domain.reply import Reply
from bot.domain.round import MessageRef, Round
from bot.ports import Chat, OutcomeUnknown, Post
from bot.views import NoticeView, QuestionView, RevealView

T = TypeVar("T")

_READING = 30
"""So much longer than a send a look may take: each page is a call, and a busy channel has many that a platform hands out slowly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """The chat, each of whose calls is given ``seconds``: a third of a lease, so that a send ends before its lease does.

    What only looks may take longer: it is begun afresh if it is broken off, and nothing is sent after it without the lease.
    """

    chat: Chat
    seconds: float

    @property
    def platform(self) -> str:
        return self.chat.platform

    async def find_posts(self, place: PlaceId, round_: RoundId, post: Post, since: datetime) -> Sequence[MessageRef]:
        return await self._within(self.chat.find_posts(place, round_, post, since), _READING)

    async def post_question(self, view: QuestionView) -> MessageRef:
        return await self._within(self.chat.post_question(view))

    async def edit_question(self, post: MessageRef, view: QuestionView) -> None:
        await self._within(self.chat.edit_question(post, view))

    async def post_reveal(self, view: RevealView) -> MessageRef:
        return await self._within(self.chat.post_reveal(view))

    async def edit_reveal(self, post: MessageRef, view: RevealView) -> None:
        await self._within(self.chat.edit_reveal(post, view))

    async def delete_post(self, place: PlaceId, post: MessageRef) -> None:
        await self._within(self.chat.delete_post(place, post))

    async def read_back(self, round_: Round) -> Sequence[Reply] | None:
        return await self._within(self.chat.read_back(round_), _READING)

    async def tell_admins(self, programme: Programme, notice: NoticeView, key: str) -> None:
        await self._within(self.chat.tell_admins(programme, notice, key))

    async def _within(self, call: Awaitable[T], times: int = 1) -> T:
        seconds = self.seconds * times
        try:
            async with asyncio.timeout(seconds):
                return await call
        except TimeoutError as error:
            raise OutcomeUnknown(f"the chat took longer than {seconds:g} s") from error
