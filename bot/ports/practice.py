"""Where practice is kept, and who plans what comes back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.ids import MemberId
from bot.domain.practice import Attempt, Memory, Recall


class Reviews(Protocol):
    """Plans when a question comes back; pure."""

    def after(self, state: str, recall: Recall, at: datetime) -> tuple[str, datetime]:
        """Return the new state and the instant from which on the question is due; an empty state is that of the first time."""
        ...


class PracticeStore(Protocol):
    """What members remember, by question id. It runs out, like replies, when it has not been changed for long."""

    async def memories(self, member: MemberId) -> Mapping[str, Memory]: ...

    async def memories_of(self, question: str, members: Collection[MemberId]) -> Mapping[MemberId, Memory]:
        """Return what these members remember of one question; who never met it is not among them."""
        ...

    async def attempt(self, member: MemberId, question: str) -> Attempt | None: ...

    async def keep(self, member: MemberId, question: str, memory: Memory, attempt: Attempt | None = None) -> None:
        """Keep a memory, and the attempt that it comes from, in one step."""
        ...

    async def remember(self, question: str, memories: Mapping[MemberId, Memory]) -> None:
        """Keep what members remember of a question that a round has asked."""
        ...
