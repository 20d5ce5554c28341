"""One question asked by a programme on one local date, its states and the moves between them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.ids import PlaceId, ProgrammeId, RoundId, programme_and_date
from bot.domain.programme import Collect
from bot.domain.question import Question

MessageRef = NewType("MessageRef", str)
"""A posted message, as its platform names it; opaque to the core."""

SELF_CHECK_WINDOW = timedelta(hours=48)


class RoundState(StrEnum):
    """A round moves opening → open → closing → revealed, or from opening to skipped. Nothing moves backwards."""

    OPENING = "opening"
    OPEN = "open"
    CLOSING = "closing"
    REVEALED = "revealed"
    SKIPPED = "skipped"


MOVES: dict[RoundState, frozenset[RoundState]] = {
    RoundState.OPENING: frozenset({RoundState.OPEN, RoundState.SKIPPED}),
    RoundState.OPEN: frozenset({RoundState.CLOSING}),
    RoundState.CLOSING: frozenset({RoundState.REVEALED}),
    RoundState.REVEALED: frozenset(),
    RoundState.SKIPPED: frozenset(),
}


class Step(StrEnum):
    """What the agenda can say is to happen to a round."""

    OPEN = "open"
    REVEAL = "reveal"
    SETTLE = "settle"
    REGRADE = "regrade"
    AMEND = "amend"
    """Its reveal is to be shown as the round now stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """``question`` is stored whole, as asked; it is None only for a round that was skipped before one was chosen.

    ``index`` counts the scheduled, revealed rounds of the place from 1; it is 0 until the round closes and for rounds by
    hand. ``post`` is None until it is open, and for a round whose post was gone when it opened; ``reveal_post`` is None for a
    revealed round whose platform refused the post. ``begun_at`` is when the round was
    created, before which nothing of it can have been posted; it stays when its times are changed. ``repliers`` is how many members' replies stand. Instants are UTC.
    """

    id: RoundId
    place: PlaceId
    question: Question | None
    state: RoundState
    asks_at: datetime
    reveals_at: datetime
    by_hand: bool = False
    collect: Collect = Collect.BOTH
    post: MessageRef | None = None
    reveal_post: MessageRef | None = None
    index: int = 0
    settles_at: datetime | None = None
    settled: bool = False
    note: str = ""
    begun_at: datetime | None = None
    repliers: int = 0

    @property
    def programme(self) -> ProgrammeId:
        return programme_and_date(self.id)[0]

    @property
    def date(self) -> date:
        return programme_and_date(self.id)[1]

    def asked(self) -> Question:
        """Return the question; the round must have one, as every round that is not skipped has."""
        if self.question is None:
            raise ValueError(f"round {self.id} has no question: it was skipped before one was chosen")
        return self.question
