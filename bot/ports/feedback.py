"""What members of a place say of its questions: one word a member and question."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.feedback import Feedback
from bot.domain.ids import MemberId, PlaceId


class FeedbackStore(Protocol):
    async def give(self, place: PlaceId, question: str, member: MemberId, what: Feedback | None) -> None:
        """Keep a member's word in the place of an earlier one; None takes it back."""
        ...

    async def counts(self, place: PlaceId, questions: Sequence[str]) -> Sequence[Mapping[Feedback, int]]:
        """Return how many said what, question by question in their order."""
        ...
