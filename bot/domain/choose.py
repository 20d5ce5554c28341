"""Which question comes next: a pure function of the bank, the history, the date and a seed."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.question import Level, Question

TEAM_REST = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question in one place: how often and when last it was asked, and what share the team then had (None: unknown)."""

    times: int
    last: date
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """``asked``: by question id, in the place. ``team``: when each question was last asked anywhere in the team.

    ``team`` is in the order of asking, so that of one day's questions it is known which has rested longest.
    ``taken`` are questions that may not come now whatever else holds: those of rounds that are open somewhere in the team.
    """

    asked: Mapping[str, Asked] = field(default_factory=dict)
    team: Mapping[str, date] = field(default_factory=dict)
    taken: Collection[str] = ()


def choose(
    bank: Iterable[Question],
    history: History,
    day: date,
    seed: str,
    *,
    topics: Collection[str] = (),
    levels: Mapping[Level, int] | None = None,
) -> Question | None:
    """Return the next question for a place, or None if the bank has none that may be asked.

    ``topics`` empty means all; ``levels`` maps each wanted level to its share of the mix, None means every level alike.
    Within the wanted part of the bank nothing comes again in a place before all of it has come, nor while it rests: a
    question rests for 30 days after it was asked anywhere in the team. If everything rests (a bank smaller than a month of
    rounds), the one that has rested longest comes, before all others one that is new to the place: a daily habit is worth
    more than a gap. For the same reason a question whose review is too old comes only where there is no other.
    """
    wanted = matching(bank, topics, levels)
    free = in_rotation((q for q in wanted if q.id not in history.taken), day)
    rested = [q for q in free if is_rested(history, q.id, day)]
    if not rested:
        order = list(history.team)
        return min(free, key=lambda q: (q.id in history.asked, history.team[q.id], order.index(q.id)), default=None)
    new = [q for q in rested if q.id not in history.asked]
    if new:
        return min(new, key=lambda q: (*_variety(q, wanted, history, levels or {}), _shuffled(seed, q)))
    return min(rested, key=lambda q: (*_need(history.asked[q.id]), _shuffled(seed, q)))


def is_rested(history: History, question: str, day: date) -> bool:
    """Tell whether a question, by its id, may come on a date: it is not taken, and was not asked lately in the team."""
    last = history.team.get(question)
    return question not in history.taken and (last is None or day - last > TEAM_REST)


def in_rotation(questions: Iterable[Question], day: date) -> list[Question]:
    """Return those whose review is recent enough on a day, in their order; all of them if no such one is there."""
    there = list(questions)
    return [q for q in there if not q.is_stale(day)] or there


def matching(
    bank: Iterable[Question], topics: Collection[str] = (), levels: Mapping[Level, int] | None = None
) -> list[Question]:
    """Return the wanted part of the bank, in its order; ``topics`` and ``levels`` as ``choose`` takes them."""
    return [q for q in bank if (not topics or q.topic in topics) and (levels is None or levels.get(q.level, 0) > 0)]


def _variety(
    question: Question, wanted: Sequence[Question], history: History, levels: Mapping[Level, int]
) -> tuple[date, float]:
    """Topics rotate: the one asked longest ago is next. Within it, the level that is furthest behind its share of the mix."""
    past = [(q, history.asked[q.id]) for q in wanted if q.id in history.asked]
    topic_last = max((asked.last for q, asked in past if q.topic == question.topic), default=date.min)
    of_level = sum(asked.times for q, asked in past if q.level is question.level)
    return topic_last, of_level / levels.get(question.level, 1)


def _need(asked: Asked) -> tuple[int, float, date]:
    """After exhaustion, what the team did worst in comes back first; what nobody answered counts as not known."""
    return asked.times, asked.share or 0.0, asked.last


def _shuffled(seed: str, question: Question) -> bytes:
    return hashlib.sha256(f"{seed}\0{question.id}".encode()).digest()
