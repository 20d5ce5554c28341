"""What waits for those who look after a place, what they decide, and the news of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.ids import MemberId, PlaceId, RoundId
from bot.domain.phrasing import Learnt
from bot.domain.reply import Appeal, Decision, Grade
from bot.domain.round import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A member's grade in a round that a lead has to decide about."""

    round: RoundId
    member: MemberId
    since: datetime


class Ruling(StrEnum):
    """What came of an appeal or a decision."""

    KEPT = "kept"
    FINAL = "final"
    """A lead has decided before: that stands."""
    CHANGED = "changed"
    """The member, or another grading, has changed something since it was looked at."""
    NOTHING = "nothing"
    """There is no such grade (any more)."""


class News(StrEnum):
    """What has happened to a member's grade without the member."""

    REVIEW = "review"
    REGRADE = "re-grade"
    APPEAL_MET = "appeal met"
    """Graded anew, it counts what the member had appealed for."""


class ReviewStore(Protocol):
    async def appeal(
        self, round_: RoundId, member: MemberId, appeal: Appeal, at: datetime
    ) -> tuple[Ruling, Grade | None]:
        """Keep what a member asks for, in the place of an earlier appeal; the same again changes nothing."""
        ...

    async def waiting(self, place: PlaceId, first: int, count: int) -> Sequence[Waiting]:
        """Return what waits, newest first, from the ``first`` on, counted from 0."""
        ...

    async def count(self, place: PlaceId) -> int:
        """Return how much waits."""
        ...

    async def forget(self, place: PlaceId, waiting: Waiting) -> None:
        """Let something wait no longer of which there is nothing to be seen any more."""
        ...

    async def decide(
        self,
        round_: Round,
        member: MemberId,
        before: Grade,
        after: Grade,
        decision: Decision,
        at: datetime,
        learnt: Learnt | None = None,
    ) -> tuple[Ruling, Grade | None]:
        """Put ``after`` in the place of ``before``, if that still stands, with its difference in ledger, boards and streak.

        The member has news of it from then on, and the team has ``learnt`` what was accepted: all of that or nothing.
        """
        ...

    async def news(
        self, place: PlaceId, member: MemberId, most: int, seen: RoundId | None
    ) -> Sequence[tuple[RoundId, News]]:
        """Return at most so much that the member has not been told of a place, oldest round first, to exactly one of those who ask.

        A decision about the round that is ``seen`` counts as told.
        """
        ...
