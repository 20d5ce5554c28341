from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import MemberId
from bot.domain.question import KeyPoint
from bot.domain.score import (
    Award,
    Cause,
    PeriodKind,
    Standing,
    Streak,
    boards_of,
    period,
    periods,
    podium,
    points,
    previous,
    ranking,
    share,
)
from tests.mischief import MORNING
from tests.world import ANA, BEN, BY_HAND, CHRIS, DANA, EVA, TODAY, question


@pytest.mark.parametrize(
    ("ticks", "earned"),
    [
        ((False, False, False), 2),
        ((True, False, False), 6),
        ((False, True, False), 4),
        ((False, True, True), 6),
        ((True, True, True), 10),
    ],
)
def test_points_are_two_for_good_faith_and_eight_by_weight(ticks: tuple[bool, ...], earned: int) -> None:
    assert points(question(), ticks, good_faith=True) == earned
    assert points(question(), ticks, good_faith=False) == 0
    assert share(question(), ticks) == (earned - 2) / 8


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=8))
def test_halves_are_rounded_up(rows: list[tuple[int, bool]]) -> None:
    asked = question(
        key_points=tuple(
            KeyPoint(id=str(number), statement="s", weight=weight, accepted=("a",))
            for number, (weight, _) in enumerate(rows)
        )
    )
    ticks = [tick for _, tick in rows]

    exact = Fraction(8 * sum(weight for weight, tick in rows if tick), sum(weight for weight, _ in rows))

    earned = points(asked, ticks, good_faith=True) - 2
    assert -Fraction(1, 2) < earned - exact <= Fraction(1, 2)
    assert (earned == 8) == (exact >= Fraction(15, 2))


def test_ticks_that_do_not_fit_the_question_are_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="shorter"):
        points(question(), (True,), good_faith=True)


def test_an_awards_id_tells_apart_causes_and_their_numbers() -> None:
    first = Award(round=TODAY, member=ANA, points=6, cause=Cause.REPLY, at=MORNING)

    assert first.id == f"{TODAY}/{ANA}/reply"
    assert replace(first, cause=Cause.SELF_CHECK, number=2).id == f"{TODAY}/{ANA}/self-check.2"


@pytest.mark.parametrize(
    ("kind", "day", "name"),
    [
        (PeriodKind.DAY, date(2026, 11, 23), "day:2026-11-23"),
        (PeriodKind.WEEK, date(2026, 11, 23), "week:2026-W48"),
        (PeriodKind.WEEK, date(2027, 1, 3), "week:2026-W53"),
        (PeriodKind.WEEK, date(2024, 12, 30), "week:2025-W01"),
        (PeriodKind.MONTH, date(2026, 1, 31), "month:2026-01"),
        (PeriodKind.SEASON, date(2026, 3, 31), "season:2026-Q1"),
        (PeriodKind.SEASON, date(2026, 4, 1), "season:2026-Q2"),
        (PeriodKind.SEASON, date(2026, 12, 31), "season:2026-Q4"),
        (PeriodKind.ALL, date(2026, 12, 31), "all"),
    ],
)
def test_periods_are_named_after_the_date(kind: PeriodKind, day: date, name: str) -> None:
    assert period(kind, day) == name
    assert name in periods(day)


def test_a_round_counts_for_every_period_of_its_place_and_its_team() -> None:
    boards = boards_of(BY_HAND)

    assert len(set(boards)) == 10
    assert {scope for scope, _ in boards} == {"console:home:general", "console:home"}
    assert boards == boards_of(TODAY)


def test_ties_share_a_rank_and_nobody_is_listed_with_nothing() -> None:
    totals = [(DANA, 6), (BEN, 8), (ANA, 10), (CHRIS, 8), (EVA, 0), (MemberId("console:home:fay"), -2)]

    assert [(one.rank, one.member) for one in ranking(totals)] == [(1, ANA), (2, BEN), (2, CHRIS), (4, DANA)]
    assert ranking([]) == ()


@given(st.dictionaries(st.sampled_from([ANA, BEN, CHRIS, DANA, EVA]), st.integers(1, 4)))
def test_a_rank_is_one_more_than_those_who_have_more(totals: dict[MemberId, int]) -> None:
    for standing in ranking(totals.items()):
        assert isinstance(standing, Standing)
        assert standing.rank == 1 + sum(other > standing.points for other in totals.values())


def test_a_streak_grows_by_consecutive_rounds_and_starts_again_after_a_gap() -> None:
    streak = Streak()
    lengths = []
    for index in (1, 2, 2, 3, 5, 4, 6):
        streak = streak.after(index)
        lengths.append(streak.length)

    assert lengths == [1, 2, 2, 3, 1, 1, 2]
    assert streak.best == 3
    assert (streak.current(6), streak.current(7)) == (2, 0)


@pytest.mark.parametrize(
    ("kind", "day", "before"),
    [
        (PeriodKind.DAY, date(2026, 3, 1), "day:2026-02-28"),
        (PeriodKind.WEEK, date(2026, 1, 4), "week:2025-W52"),
        (PeriodKind.WEEK, date(2027, 1, 4), "week:2026-W53"),
        (PeriodKind.MONTH, date(2026, 3, 31), "month:2026-02"),
        (PeriodKind.MONTH, date(2026, 1, 1), "month:2025-12"),
        (PeriodKind.SEASON, date(2026, 12, 31), "season:2026-Q3"),
        (PeriodKind.SEASON, date(2026, 1, 15), "season:2025-Q4"),
        (PeriodKind.ALL, date(2026, 1, 1), None),
    ],
)
def test_the_period_before(kind: PeriodKind, day: date, before: str | None) -> None:
    assert previous(kind, day) == before


@given(st.sampled_from([kind for kind in PeriodKind if kind is not PeriodKind.ALL]), st.dates(date(1, 7, 1)))
def test_the_period_before_is_the_nearest_other_one(kind: PeriodKind, day: date) -> None:
    earlier = day
    while period(kind, earlier) == period(kind, day):
        earlier -= timedelta(days=1)

    assert previous(kind, day) == period(kind, earlier)


def test_a_podium_has_three_ranks_however_many_share_them() -> None:
    standings = ranking([(ANA, 9), (BEN, 8), (CHRIS, 8), (DANA, 8), (EVA, 7)])

    assert [one.member for one in podium(standings)] == [ANA, BEN, CHRIS, DANA]
    assert podium(()) == ()
