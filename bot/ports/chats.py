"""What the core needs of a chat platform."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.ids import PlaceId, RoundId
from bot.domain.programme import Programme
from bot.domain.reply import Reply
from bot.domain.round import MessageRef, Round
from bot.views import (
    NoticeView,
    QuestionView,
    RevealView,
)


class OutcomeUnknown(Exception):  # noqa: N818 - a state of the world that callers plan for, not a fault
    """The chat did not answer, or could not say: what was asked may have happened."""


class Limited(Exception):  # noqa: N818 - the same
    """The chat asks to come back later."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"asked to wait {retry_after:g} s")
        self.retry_after = retry_after


class Refused(Exception):  # noqa: N818 - the same
    """The chat will never do it: the channel is gone, a permission was lost. The message is a sentence for admins."""


class BotRefused(Refused):
    """The chat refuses the bot itself, wherever it asks: its token, or what it sends. Once that is mended it will do it."""


class Post(StrEnum):
    QUESTION = "question"
    REVEAL = "reveal"


class Chat(Protocol):
    """One platform. Every method may raise OutcomeUnknown, Limited or Refused."""

    @property
    def platform(self) -> str: ...

    async def find_posts(self, place: PlaceId, round_: RoundId, post: Post, since: datetime) -> Sequence[MessageRef]:
        """Return the posts of this kind that stand for the round, oldest first; OutcomeUnknown if that cannot be told.

        Nothing of the round was posted before ``since``, so a chat need not look further back.
        """
        ...

    async def post_question(self, view: QuestionView) -> MessageRef: ...

    async def edit_question(self, post: MessageRef, view: QuestionView) -> None:
        """Show the post anew; a post that is gone is no error."""
        ...

    async def post_reveal(self, view: RevealView) -> MessageRef: ...

    async def edit_reveal(self, post: MessageRef, view: RevealView) -> None:
        """Show the reveal anew, once its ranking is final; a post that is gone is no error."""
        ...

    async def delete_post(self, place: PlaceId, post: MessageRef) -> None:
        """Take a post away; one that is gone is no error."""
        ...

    async def read_back(self, round_: Round) -> Sequence[Reply] | None:
        """Return all replies that the thread of the round's post holds now, delivered before or not; None if there is none.

        What is not among them, or comes as withdrawn, was deleted: its deletion may not have been heard.
        """
        ...

    async def tell_admins(self, programme: Programme, notice: NoticeView, key: str) -> None:
        """Tell those who look after the programme, once per key."""
        ...
