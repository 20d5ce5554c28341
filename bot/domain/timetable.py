"""Times and days as people write them: ``09:00``, ``mon-fri``, ``mon, wed, fri``, ``fri-mon``, ``daily``."""

import re
from collections.abc import Iterator
from datetime import time

from bot.domain.programme import DAY_NAMES

_WEEK = len(DAY_NAMES)
_FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {name: number for names in (DAY_NAMES, _FULL_NAMES) for number, name in enumerate(names)}
_DASHES = str.maketrans("\N{EN DASH}\N{EM DASH}", "--")
_SHORTEST_RANGE = 3
_LONGEST_SHOWN = 40


def parse_time(text: str) -> time:
    """Return the time of day that ``HH:MM`` or ``H:MM`` names, on a clock of 24 hours. Raises ValueError with a sentence."""
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", text.strip())
    if match is None:
        raise ValueError(f"{_shown(text)} is not a time: write hours and minutes as HH:MM, from 00:00 to 23:59.")
    return time(int(match[1]), int(match[2]))


def parse_days(text: str) -> frozenset[int]:
    """Return weekdays, Monday as 0: names and ranges joined by commas, or ``daily``. A range may pass the end of the week.

    Names are ``mon`` or ``monday``, in any case. Raises ValueError with a sentence that names every wrong part.
    """
    plain = text.strip().lower()
    if plain in {"daily", "all"}:
        return frozenset(range(_WEEK))
    parts = [part.strip() for part in plain.translate(_DASHES).split(",")]
    ranges = [_range(part) for part in parts]
    wrong = [_shown(part) for part, days in zip(parts, ranges, strict=True) if not days]
    if wrong:
        said = f"{', '.join(wrong[:3])} {'is not a day' if len(wrong) == 1 else 'are not days'}"
        raise ValueError(f"{said}: write {', '.join(DAY_NAMES)}, a range such as mon-fri, or daily.")
    return frozenset().union(*ranges)


def days_text(weekdays: frozenset[int]) -> str:
    """Return the weekdays in the shortest form that ``parse_days`` reads back; three or more in a row are a range."""
    if len(weekdays) == _WEEK:
        return "daily"
    return ", ".join(_named(run) for run in _runs(weekdays))


def _range(part: str) -> frozenset[int]:
    """Return the days of ``mon`` or ``fri-mon``; none if it names none."""
    names = [name.strip() for name in part.split("-")]
    if len(names) > 2 or any(name not in _NUMBERS for name in names):  # noqa: PLR2004 - a range has two ends
        return frozenset()
    first, last = _NUMBERS[names[0]], _NUMBERS[names[-1]]
    return frozenset((first + step) % _WEEK for step in range((last - first) % _WEEK + 1))


def _runs(weekdays: frozenset[int]) -> Iterator[list[int]]:
    """Yield the longest rows of consecutive days, of which Sunday and Monday are two."""
    for first in sorted(day for day in weekdays if (day - 1) % _WEEK not in weekdays):
        length = next(n for n in range(1, _WEEK) if (first + n) % _WEEK not in weekdays)
        yield [(first + step) % _WEEK for step in range(length)]


def _named(run: list[int]) -> str:
    if len(run) >= _SHORTEST_RANGE:
        return f"{DAY_NAMES[run[0]]}-{DAY_NAMES[run[-1]]}"
    return ", ".join(DAY_NAMES[day] for day in run)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…")
