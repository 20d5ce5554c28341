"""Points, periods, streaks and ranking. Nothing here is given for speed or length."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import NewType

from bot.domain.ids import MemberId, PlaceId, RoundId, TeamId, programme_and_date, team_of
from bot.domain.question import Question

POINTS_FOR_REPLY = 2
POINTS_FOR_KEY_POINTS = 8
PODIUM = 3

Period = NewType("Period", str)
"""``day:2026-11-23``, ``week:2026-W48``, ``month:2026-11``, ``season:2026-Q4`` or ``all``."""
Scope = PlaceId | TeamId


class PeriodKind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    ALL = "all"


class Cause(StrEnum):
    REPLY = "reply"
    SELF_CHECK = "self-check"
    REVIEW = "review"
    APPEAL = "appeal"
    REGRADE = "re-grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """One entry of the ledger: points, or a difference, to a member for a round. It stays, so it holds no words of anybody.

    ``number`` tells apart several of one cause (0 for the first award). ``index`` is the round's among the scheduled,
    revealed ones of its place (0 for one by hand); streaks are counted from it.
    """

    round: RoundId
    member: MemberId
    points: int
    cause: Cause
    at: datetime
    number: int = 0
    index: int = 0

    @property
    def id(self) -> str:
        """Applied once per id, whatever is delivered again."""
        return f"{self.round}/{self.member}/{self.cause}" + (f".{self.number}" if self.number else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """``length`` consecutive rounds up to the one with ``index``; ``best`` is the longest so far."""

    length: int = 0
    index: int = 0
    best: int = 0

    def current(self, latest: int) -> int:
        """Return the streak as it stands after the place's ``latest`` scheduled, revealed round."""
        return self.length if self.index == latest else 0

    def after(self, index: int) -> "Streak":
        """Return the streak with one more counted reply, in the round with this index; one counted already changes nothing."""
        if index <= self.index:
            return self
        length = self.length + 1 if index == self.index + 1 else 1
        return Streak(length=length, index=index, best=max(self.best, length))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    rank: int
    member: MemberId
    points: int


def share(question: Question, ticks: Sequence[bool]) -> float:
    """Return the ticked key points' part of all weights, 0 to 1."""
    return _ticked(question, ticks) / question.weight


def points(question: Question, ticks: Sequence[bool], *, good_faith: bool) -> int:
    """Return 0 to 10 points: 2 for a reply in good faith and up to 8 by weight, rounded half up; else none."""
    if not good_faith:
        return 0
    # Half up in whole numbers: floor(8·t/W + 1/2).
    earned = (2 * POINTS_FOR_KEY_POINTS * _ticked(question, ticks) + question.weight) // (2 * question.weight)
    return POINTS_FOR_REPLY + earned


def period(kind: PeriodKind, day: date) -> Period:
    """Return the period of this kind that a local date lies in."""
    match kind:
        case PeriodKind.DAY:
            return Period(f"day:{day.isoformat()}")
        case PeriodKind.WEEK:
            year, week, _ = day.isocalendar()
            return Period(f"week:{year}-W{week:02}")
        case PeriodKind.MONTH:
            return Period(f"month:{day:%Y-%m}")
        case PeriodKind.SEASON:
            return Period(f"season:{day.year}-Q{(day.month + 2) // 3}")
    return Period("all")


def previous(kind: PeriodKind, day: date) -> Period | None:
    """Return the period of this kind before the one that a local date lies in; None for all time, which has none before it."""
    if kind is PeriodKind.ALL:
        return None
    first = day
    if kind is PeriodKind.WEEK:
        first = day - timedelta(days=day.weekday())
    elif kind is PeriodKind.MONTH:
        first = day.replace(day=1)
    elif kind is PeriodKind.SEASON:
        first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return period(kind, first - timedelta(days=1))


def periods(day: date) -> tuple[Period, ...]:
    """Return every period that a local date counts for."""
    return tuple(period(kind, day) for kind in PeriodKind)


def boards_of(round_: RoundId) -> tuple[tuple[Scope, Period], ...]:
    """Return the boards that a round's awards count for: its place's and its team's, in every period of its local date."""
    programme, day, _ = programme_and_date(round_)
    scopes: tuple[Scope, ...] = (PlaceId(programme), team_of(programme))
    return tuple((scope, one) for scope in scopes for one in periods(day))


def ranking(totals: Iterable[tuple[MemberId, int]]) -> tuple[Standing, ...]:
    """Rank members by points, most first; ties share a rank and leave a gap (1, 2, 2, 4). Nobody is listed with none."""
    listed = sorted(((m, p) for m, p in totals if p > 0), key=lambda pair: (-pair[1], pair[0]))
    standings: list[Standing] = []
    for _, tied in groupby(listed, key=lambda pair: pair[1]):
        rank = len(standings) + 1
        standings += [Standing(rank=rank, member=member, points=total) for member, total in tied]
    return tuple(standings)


def streak_of(awards: Iterable[Award]) -> Streak:
    """Return a member's streak in a place from all awards there: a round counts in which some award gave points."""
    streak = Streak()
    for index in sorted({award.index for award in awards if award.index and award.points > 0}):
        streak = streak.after(index)
    return streak


def podium(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return who stands on the first three ranks, ties and all; the standings are the top of a ranking."""
    return tuple(standing for standing in standings if standing.rank <= PODIUM)


def _ticked(question: Question, ticks: Sequence[bool]) -> int:
    return sum(point.weight for point, tick in zip(question.key_points, ticks, strict=True) if tick)
