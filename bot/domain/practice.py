"""Practising alone: what a member remembers of a question, and which question is worth practising next."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.question import Question
from bot.domain.reply import Suggestion

DAILY_REVIEWS = 5
"""So many due reviews are brought up a day to a member who asks for nothing in particular."""

_HARD, _GOOD = 0.4, 0.75


class Recall(StrEnum):
    """How well a member knew a question."""

    MISSED = "missed"
    HARD = "hard"
    GOOD = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is kept of one member and one question: when it was last answered, and when it is worth asking again.

    ``share`` is of the key points, 0 to 1, at the last answer. ``times`` counts the answers. ``state`` belongs to whoever
    plans reviews (see ``bot.ports.Reviews``).
    """

    last: datetime
    due: datetime
    share: float
    times: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A member's last practice reply to a question.

    ``before`` is the memory that it changed, so that a self-check can change it anew; ``revision`` is the question's, whose
    key points the ticks belong to.
    """

    at: datetime
    delivery: str
    revision: int
    text: str
    suggestion: Suggestion
    ticks: tuple[bool, ...]
    before: Memory | None = None


def recall(share: float) -> Recall:
    """Judge a share of the key points, 0 to 1."""
    if share < _HARD:
        return Recall.MISSED
    return Recall.HARD if share < _GOOD else Recall.GOOD


def due(memories: Mapping[str, Memory], now: datetime) -> list[str]:
    """Return the ids of the questions that are worth asking again, the most overdue first."""
    return sorted((id_ for id_, one in memories.items() if one.due <= now), key=lambda id_: (memories[id_].due, id_))


def reviewed_on_the_day_of(memories: Mapping[str, Memory], now: datetime) -> int:
    """Return how many questions were answered again on the UTC date of an instant."""
    return sum(one.times > 1 and one.last.date() == now.date() for one in memories.values())


def next_to_practise(
    wanted: Iterable[Question],
    memories: Mapping[str, Memory],
    now: datetime,
    seed: str,
    *,
    avoid: Collection[str] = (),
    reviews: int | None = None,
) -> Question | None:
    """Return the question of the wanted ones that is best practised now, or None if there is none.

    What is due comes first, at most ``reviews`` of it (None: however many); then what the member has never met; then what
    will be due soonest. ``avoid`` are the ids that may not come.
    """
    free = {question.id: question for question in wanted if question.id not in avoid}
    if reviews is None or reviews > 0:
        overdue = [id_ for id_ in due(memories, now) if id_ in free]
        if overdue:
            return free[overdue[0]]
    new = [id_ for id_ in free if id_ not in memories]
    if new:
        return free[min(new, key=lambda id_: hashlib.sha256(f"{seed}\0{id_}".encode()).digest())]
    known = [id_ for id_ in free if memories[id_].due > now or reviews is None] or list(free)
    return free[min(known, key=lambda id_: (memories[id_].due, id_))] if known else None
