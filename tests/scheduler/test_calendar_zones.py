"""Every kind of clock change against an oracle that never asks what a local time is in UTC.

The oracle walks through UTC instants, notes what the zone's clocks then show, and looks local times up in its notes.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.domain.programme import Schedule
from scheduler import calendar

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)
QUARTERS = 96
FIRST, LAST = date(2024, 1, 1), date(2034, 12, 31)

EVERY_KIND = {
    "Australia/Lord_Howe": "half an hour",
    "Africa/Cairo": "a gap at midnight, on Fridays",
    "Africa/Casablanca": "back for Ramadan, by the moon",
    "Atlantic/Azores": "a gap at midnight, a repeat past it",
    "America/Santiago": "a gap at midnight, a repeat before it",
    "America/Nuuk": "a gap and a repeat over midnight",
    "Europe/Dublin": "summer is the standard time",
    "Antarctica/Troll": "two hours",
}


@dataclass
class Oracle:
    """What the clocks of a zone show from one date to another (both shown in full), step by step."""

    zone: ZoneInfo
    first: date
    last: date
    step: timedelta = QUARTER
    instants: dict[datetime, datetime] = field(default_factory=dict)
    gaps: list[tuple[datetime, datetime]] = field(default_factory=list)
    dates: set[date] = field(default_factory=set)

    def __post_init__(self) -> None:
        at = datetime.combine(self.first - 2 * DAY, time.min, tzinfo=UTC)
        end = datetime.combine(self.last + 3 * DAY, time.min, tzinfo=UTC)
        shown_before = None
        while at < end:
            shown = at.astimezone(self.zone).replace(tzinfo=None)
            self.instants.setdefault(shown, at)
            if shown_before is not None and shown - shown_before > self.step:
                self.gaps.append((shown_before, shown))
            shown_before = shown
            at += self.step
        self.dates = {shown.date() for shown in self.instants}

    def instant(self, wall: datetime) -> datetime:
        if wall in self.instants:
            return self.instants[wall]
        length = next(after - before - self.step for before, after in self.gaps if before < wall < after)
        return self.instants[wall + length]


def quarter(number: int) -> time:
    return time(number // 4, number % 4 * 15)


@cache
def schedule(zone: str, asks: int, reveals: int) -> Schedule:
    """Ask daily at a quarter of an hour of the day, and reveal at another one (from 96 on: of the next day)."""
    found = Schedule(
        at=quarter(asks),
        reveal_at=quarter(reveals % QUARTERS),
        reveal_days=reveals // QUARTERS,
        zone=zone,
        weekdays=frozenset(range(7)),
    )
    assert not calendar.faults(found)
    return found


def expected(oracle: Oracle, day: date, asks: int, reveals: int) -> tuple[datetime, datetime] | None:
    if day not in oracle.dates:
        return None
    midnight = datetime.combine(day, time.min)
    at, reveal_at = midnight + asks * QUARTER, midnight + reveals * QUARTER
    next_at = at + (DAY if day + DAY in oracle.dates else 2 * DAY)
    asks_at, reveals_at, next_asks_at = map(oracle.instant, (at, reveal_at, next_at))
    if reveals_at <= asks_at:
        reveals_at = asks_at + (reveal_at - at)
    if reveals_at >= next_asks_at:
        reveals_at = next_asks_at - (next_at - reveal_at)
    assert asks_at < reveals_at < next_asks_at
    return asks_at, reveals_at


def check(oracle: Oracle, days: Iterable[date], asks: Iterable[int], waits: Iterable[int]) -> None:
    """Compare all days at all quarters; ``waits`` are quarters up to the reveal, negative ones before the next opening."""
    asked = [(ask, ask + wait % QUARTERS) for ask in asks for wait in waits]
    plans = [(ask, reveal, schedule(oracle.zone.key, ask, reveal)) for ask, reveal in asked]
    for day in days:
        for ask, reveal, plan in plans:
            found = calendar.occurrence(plan, day)
            instants = None if found is None else (found.asks_at, found.reveals_at)
            assert instants == expected(oracle, day, ask, reveal), (day, plan)


def changes(zone: ZoneInfo, first: date, last: date) -> Iterator[date]:
    """Yield the UTC dates after whose start, and before whose end, the zone's offset changes."""
    days = [datetime.combine(first, time.min, tzinfo=UTC) + n * DAY for n in range((last - first).days + 2)]
    offsets = [at.astimezone(zone).utcoffset() for at in days]
    for at, (before, after) in zip(days, pairwise(offsets), strict=False):
        if before != after:
            yield at.date()


@pytest.mark.parametrize("zone", EVERY_KIND)
def test_all_quarters_of_an_hour_around_every_change(zone: str) -> None:
    for change in changes(ZoneInfo(zone), FIRST, LAST):
        days = [change + n * DAY for n in (-2, -1, 0, 1)]
        check(Oracle(ZoneInfo(zone), days[0], days[-1] + DAY), days, range(QUARTERS), (1, 3, -1, -3))


@pytest.mark.parametrize("zone", sorted(EVERY_KIND.keys() - {"Australia/Lord_Howe"}))
def test_every_day_of_eleven_years(zone: str) -> None:
    days = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]
    oracle = Oracle(ZoneInfo(zone), FIRST, LAST)
    random_ = random.Random(zone)
    for some in range(0, len(days), 50):
        check(oracle, days[some : some + 50], random_.sample(range(QUARTERS), 2), [random_.randint(1, 95)])


def test_all_quarters_of_an_hour_of_three_years_in_one_zone() -> None:
    days = [FIRST + n * DAY for n in range(3 * 366)]

    check(Oracle(ZoneInfo("Australia/Lord_Howe"), FIRST, days[-1] + DAY), days, range(QUARTERS), [1])


@pytest.mark.parametrize(
    ("zone", "missing"), [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))]
)
def test_all_quarters_of_an_hour_around_a_missing_date(zone: str, missing: date) -> None:
    days = [missing + n * DAY for n in range(-4, 5)]
    oracle = Oracle(ZoneInfo(zone), days[0], days[-1] + DAY, MINUTE)

    assert [day for day in days if day not in oracle.dates] == [missing]
    check(oracle, days, range(QUARTERS), (1, 28, 48, -1, -28))


def test_every_other_zone_around_the_changes_of_one_year() -> None:
    """Each zone has its year, and each change in it some quarters of an hour."""
    for zone in sorted(calendar._zones() - EVERY_KIND.keys()):
        random_ = random.Random(zone)
        year = random_.randint(FIRST.year, LAST.year)
        near = list(changes(ZoneInfo(zone), date(year, 1, 1), date(year, 12, 31))) or [
            date(year, random_.randint(1, 12), 9)
        ]
        for change in near:
            days = [change - DAY, change]
            asks = {*range(16), *range(88, QUARTERS), *random_.sample(range(QUARTERS), 4)}
            check(Oracle(ZoneInfo(zone), days[0], days[-1] + DAY), days, asks, [random_.choice((1, 3, 28, -1, -3))])


@pytest.mark.parametrize("zone", EVERY_KIND)
def test_each_date_comes_once_and_in_order(zone: str) -> None:
    for ask in range(0, QUARTERS, 8):
        found = list(islice(calendar.following(schedule(zone, ask, ask + 1), datetime(2024, 1, 1, tzinfo=UTC)), 400))

        assert [one.date for one in found] == [found[0].date + n * DAY for n in range(400)]
        assert all(one.reveals_at < other.asks_at for one, other in pairwise(found))
