from datetime import time
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timetable import days_text, parse_days, parse_time

EVERY_CHOICE = [frozenset(days) for days in chain.from_iterable(combinations(range(7), n) for n in range(1, 8))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("09:00", time(9)), ("00:00", time(0)), ("23:59", time(23, 59)), (" 16:30 ", time(16, 30)), ("9:05", time(9, 5))],
)
def test_times_are_hours_and_minutes_of_a_day(text: str, expected: time) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    "text", ["", "9:0", "24:00", "12:60", "0900", "09:00:00", "9am", "\u0660\u0669:\u0660\u0660", "09:00\x00", "-1:00"]
)
def test_another_time_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a time: write hours and minutes as HH:MM, from 00:00 to 23:59\.$"):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("mon,wed,fri", {0, 2, 4}),
        ("Mon, Wed , FRIDAY", {0, 2, 4}),
        ("fri-mon", {4, 5, 6, 0}),
        ("mon - tue, sat", {0, 1, 5}),
        ("mon–wed", {0, 1, 2}),  # noqa: RUF001 - phones make a dash of a hyphen
        ("sun-sun", {6}),
        ("mon,mon", {0}),
        ("daily", set(range(7))),
        ("All", set(range(7))),
        ("mon-sun", set(range(7))),
    ],
)
def test_days_are_names_and_ranges(text: str, expected: set[int]) -> None:
    assert parse_days(text) == expected


@pytest.mark.parametrize("text", ["", ",", "mon,", "mun", "mon-", "-mon", "mon-wed-fri", "1-5", "mon fri", "\udcff"])
def test_other_days_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(
        ValueError, match=r"write mon, tue, wed, thu, fri, sat, sun, a range such as mon-fri, or daily\.$"
    ):
        parse_days(text)


def test_every_wrong_day_is_named() -> None:
    with pytest.raises(ValueError, match=r"^'mun', 'mon-frx' are not days: write"):
        parse_days("mun, tue, mon-frx")


def test_a_long_wrong_text_is_shortened() -> None:
    with pytest.raises(ValueError, match="a…' is not a day") as caught:
        parse_days("a" * 1_000_000)

    assert len(str(caught.value)) < 200


@given(st.text())
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    for parse in (parse_time, parse_days):
        try:
            parse(text)
        except ValueError as fault:
            assert str(fault).endswith(".")  # noqa: PT017 - a value is as good as an error here


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({0, 1, 2, 3, 4}, "mon-fri"),
        ({0, 2, 4}, "mon, wed, fri"),
        ({4, 5, 6, 0}, "fri-mon"),
        ({5, 6}, "sat, sun"),
        ({0, 1, 2, 5}, "mon-wed, sat"),
        (set(range(7)), "daily"),
        (set(), ""),
    ],
)
def test_days_are_written_as_people_would(days: set[int], expected: str) -> None:
    assert days_text(frozenset(days)) == expected


@pytest.mark.parametrize("days", EVERY_CHOICE, ids=days_text)
def test_what_is_written_is_read_back(days: frozenset[int]) -> None:
    assert parse_days(days_text(days)) == days
