"""Where practice is kept, and who plans what comes back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.ids import MemberId, RoundId
from bot.domain.practice import Attempt, Memory, Recall


class Reviews(Protocol):
    """Plans when a question comes back; pure."""

    def after(self, state: str, recall: Recall, at: datetime) -> tuple[str, datetime]:
        """Return the new state and the instant from which on the question is due; an empty state is that of the first time."""
        ...


class PracticeStore(Protocol):
    """What members remember, by question id. It runs out, like replies, when it has not been changed for long.

    A memory never goes back in time: one whose ``last`` is before that of what is kept, or before its member was erased,
    changes nothing.
    """

    async def memories(self, member: MemberId) -> Mapping[str, Memory]: ...

    async def memories_of(self, question: str, members: Collection[MemberId]) -> Mapping[MemberId, Memory]:
        """Return what these members remember of one question; who never met it is not among them."""
        ...

    async def of_member(self, member: MemberId, question: str) -> tuple[Memory | None, Attempt | None]:
        """Return what a member remembers of a question, and the last practice reply to it as far as it is kept."""
        ...

    async def keep(self, member: MemberId, question: str, memory: Memory, attempt: Attempt, delivery: str) -> bool:
        """Keep an attempt and the memory that it makes, in one step, once per delivery.

        False, and nothing is kept, if the delivery is known or something newer of the question is there.
        """
        ...

    async def remember(self, question: str, memories: Mapping[MemberId, Memory], round_: RoundId | None = None) -> None:
        """Keep what members remember of a question; of a member of whom something newer is kept, nothing.

        ``round_`` is the one that asked it: a member whose grade in it is gone was erased meanwhile, and is left out.
        """
        ...
