from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.programme import Occurrence, Schedule
from bot.ports import Calendar
from scheduler import calendar

WORKDAYS = Schedule(at=time(9), reveal_at=time(16), zone="Europe/Berlin")
DAILY = replace(WORKDAYS, weekdays=frozenset(range(7)))
SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_module_is_the_calendar_of_the_core() -> None:
    port: Calendar = calendar

    assert port.local_date("Pacific/Auckland", utc("2026-01-01 12:00")) == date(2026, 1, 2)


# --- which dates ----------------------------------------------------------------------------------------------------


def dates(schedule: Schedule, first: date, count: int) -> list[str]:
    return [f"{one.date:%m-%d}" for one in islice(calendar.starting(schedule, first), count)]


def test_only_chosen_weekdays_are_asked() -> None:
    assert dates(WORKDAYS, date(2026, 3, 27), 3) == ["03-27", "03-30", "03-31"]
    assert calendar.occurrence(WORKDAYS, date(2026, 3, 28)) is None


def test_every_other_week_counts_from_the_monday_of_the_anchor() -> None:
    schedule = replace(WORKDAYS, weekdays=frozenset({0, 6}), every=2, anchor=date(2026, 3, 4))  # a Wednesday

    assert dates(schedule, date(2026, 2, 9), 5) == ["02-16", "02-22", "03-02", "03-08", "03-16"]


def test_holidays_are_left_out() -> None:
    easter = date(2026, 4, 2)

    assert dates(replace(WORKDAYS, holidays="DE"), easter, 3) == ["04-02", "04-07", "04-08"]
    assert dates(WORKDAYS, easter, 3) == ["04-02", "04-03", "04-06"]


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    womens_day = date(2027, 3, 8)

    assert calendar.occurrence(replace(WORKDAYS, holidays="DE"), womens_day) is not None
    assert calendar.occurrence(replace(WORKDAYS, holidays="DE-BE"), womens_day) is None


@pytest.mark.parametrize(
    ("zone", "missing"),
    [
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Pacific/Kwajalein", date(1993, 8, 21)),
        ("Pacific/Kiritimati", date(1994, 12, 31)),
    ],
)
def test_a_date_that_the_zone_left_out_has_no_round(zone: str, missing: date) -> None:
    schedule = replace(DAILY, zone=zone)
    around = [found.date for found in islice(calendar.starting(schedule, missing - timedelta(days=1)), 2)]

    assert calendar.occurrence(schedule, missing) is None
    assert around == [missing - timedelta(days=1), missing + timedelta(days=1)]


# --- at which instants ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "at", "asks_at"),
    [
        (date(2026, 3, 27), time(9), "2026-03-27 08:00"),
        (date(2026, 3, 30), time(9), "2026-03-30 07:00"),
        (SPRING, time(2, 30), "2026-03-29 01:30"),
        (SPRING, time(2, 30, fold=1), "2026-03-29 01:30"),
        (AUTUMN, time(2, 30), "2026-10-25 00:30"),
        (AUTUMN, time(2, 30, fold=1), "2026-10-25 00:30"),
    ],
)
def test_a_local_time_is_one_instant(day: date, at: time, asks_at: str) -> None:
    found = calendar.occurrence(replace(DAILY, at=at), day)

    assert found is not None
    assert (found.date, found.asks_at) == (day, utc(asks_at))


def test_a_round_moved_past_midnight_keeps_its_date() -> None:
    schedule = replace(DAILY, zone="America/Nuuk", at=time(23, 15), reveal_at=time(23, 30))  # 23:00 becomes 00:00

    found = calendar.occurrence(schedule, date(2026, 3, 28))

    expected = {"asks_at": utc("2026-03-29 01:15"), "reveals_at": utc("2026-03-29 01:30")}
    assert found == Occurrence(date=date(2026, 3, 28), **expected)
    assert found in list(islice(calendar.following(schedule, utc("2026-03-29 01:14:59")), 1))


def reveal(day: date, at: time, reveal_at: time, reveal_days: int = 0, **other: object) -> datetime:
    schedule = replace(DAILY, at=at, reveal_at=reveal_at, reveal_days=reveal_days, **other)  # type: ignore[arg-type]
    assert not calendar.faults(schedule)
    found = calendar.occurrence(schedule, day)
    assert found is not None
    return found.reveals_at


def test_a_reveal_comes_on_the_same_date_or_later() -> None:
    assert reveal(date(2026, 3, 27), time(9), time(16)) == utc("2026-03-27 15:00")
    assert reveal(date(2026, 3, 27), time(9), time(8, 30), 1) == utc("2026-03-28 07:30")
    friday = frozenset({4})
    assert reveal(date(2026, 3, 27), time(9), time(8, 30), 7, weekdays=friday) == utc("2026-04-03 06:30")


def test_a_reveal_that_the_gap_overtakes_keeps_its_nominal_distance() -> None:
    """02:30 is asked at 03:30, so a reveal at 03:10 comes 40 minutes later, at 04:10."""
    assert reveal(SPRING, time(2, 30), time(3, 10)) == utc("2026-03-29 02:10")
    assert reveal(SPRING, time(2, 30), time(3, 30)) == utc("2026-03-29 02:30")
    assert reveal(SPRING, time(2, 30), time(3, 31)) == utc("2026-03-29 01:31")


def test_a_reveal_that_the_gap_moves_past_the_next_opening_comes_before_it() -> None:
    """02:30 would be 03:30, after the question at 03:00: the reveal keeps its half hour before that."""
    assert reveal(date(2026, 3, 28), time(3), time(2, 30), 1) == utc("2026-03-29 00:30")
    assert reveal(date(2026, 3, 28), time(3, 30), time(2, 30), 1) == utc("2026-03-29 00:30")
    assert reveal(date(2026, 3, 28), time(3, 31), time(2, 30), 1) == utc("2026-03-29 01:30")


BEFORE_THE_GAP = date(2011, 12, 29)
ROUND_THE_GAP = {"zone": "Pacific/Apia", "weekdays": frozenset({3, 5})}


def test_a_reveal_on_a_missing_date_comes_on_the_next() -> None:
    assert reveal(BEFORE_THE_GAP, time(9), time(8, 30), 1, zone="Pacific/Apia") == utc("2011-12-30 18:30")


def test_a_reveal_on_a_missing_date_stays_before_the_next_opening() -> None:
    """Thursday 09:00 to Saturday 09:00 are 24 hours here, and Friday is not among them: half-way is all there is."""
    assert reveal(BEFORE_THE_GAP, time(9), time(9), 1, **ROUND_THE_GAP) == utc("2011-12-30 07:00")
    assert reveal(BEFORE_THE_GAP, time(9), time(10), 1, **ROUND_THE_GAP) == utc("2011-12-30 07:00")
    assert reveal(BEFORE_THE_GAP, time(9), time(8, 59), 1, **ROUND_THE_GAP) == utc("2011-12-30 18:59")


# --- what follows an instant ----------------------------------------------------------------------------------------


def test_what_follows_asks_later_than_the_instant() -> None:
    first = utc("2026-03-27 08:00")

    before, after = (next(calendar.following(WORKDAYS, at)) for at in (first - timedelta(microseconds=1), first))

    assert (before.date, after.date) == (date(2026, 3, 27), date(2026, 3, 30))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_what_follows_starts_from_the_local_date(zone: str) -> None:
    schedule = replace(DAILY, zone=zone)
    today = calendar.local_date(zone, utc("2026-03-27 11:30"))
    opening = calendar.occurrence(schedule, today)
    assert opening is not None

    assert next(calendar.following(schedule, opening.asks_at - timedelta(seconds=1))) == opening


def test_what_follows_ends_with_the_calendar() -> None:
    last = list(calendar.following(WORKDAYS, utc("9998-12-30 00:00")))

    assert [found.date for found in last] == [date(9998, 12, 30), date(9998, 12, 31)]
    assert list(calendar.following(WORKDAYS, datetime.max.replace(tzinfo=UTC))) == []
    assert list(calendar.following(replace(WORKDAYS, weekdays=frozenset()), utc("9990-01-01 00:00"))) == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_ends_of_the_calendar_are_no_errors(zone: str) -> None:
    schedule = replace(DAILY, zone=zone, weekdays=frozenset({4}), reveal_days=363, every=52, anchor=date.min)

    first = next(calendar.following(schedule, datetime.min.replace(tzinfo=UTC)))

    assert calendar.FIRST <= first.date < date(4, 1, 1)
    for day in (date.min, date.max, *(calendar.LAST - timedelta(days=n) for n in range(400))):
        calendar.occurrence(schedule, day)


# --- faults ---------------------------------------------------------------------------------------------------------


def faults(**changed: object) -> tuple[str, ...]:
    return tuple(calendar.faults(replace(WORKDAYS, **changed)).values())  # type: ignore[arg-type]


def test_a_sound_schedule_has_no_faults() -> None:
    assert faults() == ()
    assert faults(holidays="DE-BE", every=52, reveal_days=3, weekdays=frozenset({4})) == ()


def test_all_faults_are_found_at_once_each_with_its_field() -> None:
    wrong: dict[str, Any] = {"zone": "x", "weekdays": frozenset(), "every": 0, "reveal_days": -1, "holidays": "x"}

    found = calendar.faults(replace(WORKDAYS, **wrong))

    assert found.keys() == wrong.keys()
    assert all(sentence.endswith((".", "?")) for sentence in found.values())


@pytest.mark.parametrize("zone", ["Factory", "localtime", "posixrules", "posix/UTC", "right/UTC"])
def test_what_a_system_keeps_beside_the_zones_is_none(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "available_timezones", lambda: {"UTC", zone})
    calendar._zones.cache_clear()
    try:
        assert faults(zone="UTC") == ()
        assert faults(zone=zone)[0].startswith(f"There is no time zone {zone!r}: ")
    finally:
        calendar._zones.cache_clear()


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("Europe/Berln", "did you mean Europe/Berlin"),
        ("europe/berlin", "did you mean Europe/Berlin?"),
        ("berlin", "did you mean Europe/Berlin?"),
        ("new york", "did you mean America/New_York"),
        ("posix/Europe/Berlin", "did you mean Europe/Berlin?"),
        ("CEST/CET", "use a name of the IANA database, such as Europe/Berlin."),
    ],
)
def test_an_unknown_zone_gets_the_nearest(zone: str, meant: str) -> None:
    (sentence,) = faults(zone=zone)

    assert sentence.startswith(f"There is no time zone {zone!r}: {meant}")


HOSTILE = [
    "",
    ".",
    "..",
    "/",
    "../x",
    "/etc/passwd",
    "Europe",
    "Europe/",
    "right/Europe/Berlin",
    "\0",
    "\udcff",
    "x" * 10**6,
]


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: repr(name[:20]))
def test_no_name_is_worse_than_a_fault(name: str) -> None:
    (zone,), (country,), (part,) = faults(zone=name), faults(holidays=name), faults(holidays=f"DE-{name}")

    assert max(len(zone), len(country), len(part)) < 200


@given(st.text())
def test_any_text_as_zone_and_holidays_is_a_fault_or_sound(text: str) -> None:
    assert 0 <= len(faults(zone=text, holidays=text)) <= 2


@pytest.mark.parametrize("every", [-1, 0, 53])
def test_weeks_must_be_1_to_52(every: int) -> None:
    assert faults(every=every) == (f"Every {every} weeks is not possible: choose from 1 to 52.",)


def test_a_weekday_is_needed() -> None:
    assert faults(weekdays=frozenset()) == ("No weekday is chosen: name at least one, such as mon-fri.",)


def test_a_reveal_is_not_days_before_the_question() -> None:
    assert faults(reveal_days=-1) == (
        "The reveal cannot be -1 days after the question: 0 is the same day, 1 the next.",
    )


@pytest.mark.parametrize("reveal_at", [time(8, 59), time(9)])
def test_a_reveal_comes_after_its_question(reveal_at: time) -> None:
    (sentence,) = faults(reveal_at=reveal_at)

    assert "is not later than the question at 09:00" in sentence


@pytest.mark.parametrize(
    ("weekdays", "every", "reveal_days", "reveal_at", "sound"),
    [
        ({0, 1, 2, 3, 4}, 1, 1, time(8, 59), True),
        ({0, 1, 2, 3, 4}, 1, 1, time(9), False),
        ({0, 1, 2, 3, 4}, 1, 2, time(8), False),
        ({0, 3}, 1, 3, time(8, 59), True),
        ({0, 3}, 1, 3, time(9), False),
        ({0, 6}, 1, 1, time(9), False),
        ({0, 6}, 2, 6, time(8, 59), True),
        ({2}, 1, 7, time(8, 59), True),
        ({2}, 1, 7, time(9), False),
        ({2}, 3, 20, time(23), True),
        ({2}, 3, 10**9, time(23), False),
    ],
)
def test_a_reveal_comes_before_the_next_question(
    weekdays: set[int], every: int, reveal_days: int, reveal_at: time, sound: bool
) -> None:
    found = faults(weekdays=frozenset(weekdays), every=every, reveal_days=reveal_days, reveal_at=reveal_at)

    assert ["is not before the next question" in sentence for sentence in found] == ([] if sound else [True])


def test_the_sentence_names_both_moments() -> None:
    (sentence,) = faults(weekdays=frozenset({0, 2}), reveal_days=2, reveal_at=time(10))

    assert sentence == (
        "The reveal (2 days later at 10:00) is not before the next question (2 days later at 09:00): "
        "choose an earlier time or day for it."
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("XX", "use the code of a country or of a part of it, such as DE or DE-BE."),
        ("de", "did you mean DE?"),
        ("Germany", "did you mean DE?"),
        ("united states", "did you mean US?"),
        ("DE-BX", "use DE alone or a part of it, such as DE-BB."),
        ("DE-be", "did you mean DE-BE?"),
        ("DE-", "use DE alone or a part of it, such as DE-BB."),
        ("EE-X", "use EE alone."),
    ],
)
def test_unknown_holidays_get_the_nearest_or_an_example(name: str, meant: str) -> None:
    assert faults(holidays=name) == (f"No holidays are known for {name!r}: {meant}",)


def sound_schedules() -> Iterator[Schedule]:
    for zone in ("Europe/Berlin", "Australia/Lord_Howe", "America/Santiago"):
        for at in (time(0), time(2, 15), time(23, 45)):
            yield replace(DAILY, zone=zone, at=at, reveal_at=time(23, 59))
            yield replace(
                WORKDAYS, zone=zone, at=at, reveal_at=time(12), reveal_days=14, every=3, weekdays=frozenset({6})
            )


@pytest.mark.parametrize("schedule", list(sound_schedules()))
def test_rounds_never_overlap(schedule: Schedule) -> None:
    found = list(islice(calendar.following(schedule, utc("2025-12-31 00:00")), 200))

    for one, other in pairwise(found):
        assert one.date < other.date
        assert one.asks_at < one.reveals_at < other.asks_at
