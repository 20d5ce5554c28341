"""Practising alone: what a member remembers of a question, and which question is worth practising next."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
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
    plans reviews (see ``bot.ports.Reviews``). ``reviewed`` is when it was last answered after it had come due.
    """

    last: datetime
    due: datetime
    share: float
    times: int
    state: str
    reviewed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A member's last practice reply to a question.

    ``before`` is the memory that it changed, so that a self-check can change it anew; ``revision`` is the question's, whose
    key points the ticks belong to.
    """

    at: datetime
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


def reviews_left(memories: Mapping[str, Memory], now: datetime) -> int:
    """Return how many due reviews may still be brought up on the UTC date of an instant."""
    done = sum(one.reviewed is not None and one.reviewed.date() == now.date() for one in memories.values())
    return max(0, DAILY_REVIEWS - done)


def order_of_practice(
    wanted: Iterable[Question],
    memories: Mapping[str, Memory],
    now: datetime,
    seed: str,
    *,
    reviews: int | None = None,
) -> list[Question]:
    """Return the wanted questions, best practised first.

    What is due comes first, at most ``reviews`` of it (None: however many); then what the member has never met; then what
    will be due soonest, of which what was answered today has had its turn; then what is due beyond ``reviews``.
    """
    questions = {question.id: question for question in wanted}
    overdue = [id_ for id_ in due(memories, now) if id_ in questions]
    first = overdue if reviews is None else overdue[:reviews]
    new = sorted(questions.keys() - memories.keys(), key=lambda id_: hashlib.sha256(f"{seed}\0{id_}".encode()).digest())
    waiting = sorted(
        (id_ for id_ in questions.keys() & memories.keys() if memories[id_].due > now),
        key=lambda id_: (*_turn(memories[id_], now), id_),
    )
    return [questions[id_] for id_ in (*first, *new, *waiting, *overdue[len(first) :])]


def next_to_practise(
    order: Sequence[Question], memories: Mapping[str, Memory], now: datetime, passing: str = ""
) -> Question | None:
    """Return the first of an order of practice, or None if there is none.

    ``passing`` is the id of one that is passed over without an answer: what comes after it is next, and at the end the first
    again, so that whoever passes on and on sees every question once. One that was answered today needs no passing.
    """
    ids = [question.id for question in order]
    if passing not in ids:
        return order[0] if order else None
    at = ids.index(passing)
    answered = passing in memories and memories[passing].last.date() == now.date()
    others = [*order[:at], *order[at + 1 :]] if answered else [*order[at + 1 :], *order[:at]]
    return others[0] if others else None


def _turn(memory: Memory, now: datetime) -> tuple[bool, datetime]:
    today = memory.last.date() == now.date()
    return today, memory.last if today else memory.due
