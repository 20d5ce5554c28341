"""At which instants a schedule asks and reveals. Pure: what is asked for comes in as an argument.

The module satisfies ``bot.ports.Calendar``. Its rules, where clocks change:

* A local time that does not exist is moved forward by the length of the gap (02:30 becomes 03:30); one that exists twice
  is the first of the two; a local date that does not exist at all has no occurrence.
* A reveal on a date that does not exist is moved forward like any other time, to the next date.
* A reveal that this puts at or before its opening comes at the opening plus the nominal distance between the two, as the
  clock on the wall counts it; one that this puts at or after the next opening comes by their nominal distance before
  that, or half-way between the two openings if that is later.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import chain
from zoneinfo import ZoneInfo, available_timezones

import holidays
from holidays.registry import COUNTRIES

from bot.domain.programme import Occurrence, Schedule

FIRST, LAST = date(2, 1, 1), date(9998, 12, 31)
"""The dates this calendar has: a year less than datetime's at either end, so that no zone or reveal can leave it."""
WEEKS = range(1, 53)
"""What ``every`` may be."""

_LONGEST_NAME = 40
_REMEMBERED = 4096
"""Occurrences: every opening looks at the next ten dates, and many places ask at the same time."""
_NO_ZONES = {"Factory", "localtime", "posixrules"}
"""Files in the zone folders that name no zone: a placeholder, this machine's own choice, a default."""


def faults(schedule: Schedule) -> Mapping[str, str]:
    """Return a sentence per field that is wrong, each saying what would be right; nothing for a sound schedule."""
    return dict(
        chain(
            _zone_faults(schedule.zone),
            _pattern_faults(schedule),
            _reveal_faults(schedule),
            () if schedule.holidays is None else _holiday_faults(schedule.holidays),
        )
    )


def occurrence(schedule: Schedule, day: date) -> Occurrence | None:
    """Return the occurrence of a local date, or None if nothing is scheduled on it."""
    return _occurrence(schedule, day)


@lru_cache(_REMEMBERED)
def _occurrence(schedule: Schedule, day: date) -> Occurrence | None:
    asks_at = _asks_at(schedule, day)
    if asks_at is None:
        return None
    return Occurrence(date=day, asks_at=asks_at, reveals_at=_reveals_at(schedule, day, asks_at))


def starting(schedule: Schedule, day: date) -> Iterator[Occurrence]:
    """Yield the occurrences of a local date and all later ones, in order, up to the end of the calendar."""
    for ordinal in range(day.toordinal(), LAST.toordinal() + 1):
        found = occurrence(schedule, date.fromordinal(ordinal))
        if found is not None:
            yield found


def following(schedule: Schedule, after: datetime) -> Iterator[Occurrence]:
    """Yield the occurrences that ask later than an instant, in order, up to the end of the calendar."""
    # Two dates back: a local date is at most one behind UTC's, and a gap can move an opening past its midnight.
    first = max(after.astimezone(UTC).date().toordinal() - 2, 1)
    return (found for found in starting(schedule, date.fromordinal(first)) if found.asks_at > after)


def local_date(zone: str, at: datetime) -> date:
    """Return the date that the zone's calendars show at an instant."""
    return at.astimezone(ZoneInfo(zone)).date()


# --- instants -------------------------------------------------------------------------------------------------------


def _asks_at(schedule: Schedule, day: date) -> datetime | None:
    if not _matches(schedule, day):
        return None
    zone = ZoneInfo(schedule.zone)
    asks_at = _instant(zone, day, schedule.at)
    moved = asks_at.astimezone(zone).date() != day
    return None if moved and not _exists(zone, day) else asks_at


def _reveals_at(schedule: Schedule, day: date, asks_at: datetime) -> datetime:
    shown_on = day + timedelta(days=schedule.reveal_days)
    reveal = datetime.combine(shown_on, schedule.reveal_at)
    reveals_at = _instant(ZoneInfo(schedule.zone), shown_on, schedule.reveal_at)
    if reveals_at <= asks_at:
        reveals_at = asks_at + (reveal - datetime.combine(day, schedule.at))
    # One date past the reveal's: a gap may have moved it over midnight.
    for later in (day + timedelta(days=n) for n in range(1, schedule.reveal_days + 2)):
        next_asks_at = _asks_at(schedule, later)
        if next_asks_at is not None and next_asks_at <= reveals_at:
            nominal = datetime.combine(later, schedule.at) - reveal
            return next_asks_at - min(nominal, (next_asks_at - asks_at) / 2)
    return reveals_at


def _instant(zone: ZoneInfo, day: date, at: time) -> datetime:
    """Return a local time in UTC. With fold 0, zoneinfo takes the offset before a change, for gaps and for repeats."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def _exists(zone: ZoneInfo, day: date) -> bool:
    """Tell whether the zone has the date. Whole dates were only ever left out from midnight to midnight."""
    return _instant(zone, day, time.min).astimezone(zone).date() == day


# --- dates ----------------------------------------------------------------------------------------------------------


def _matches(schedule: Schedule, day: date) -> bool:
    return (
        day.weekday() in schedule.weekdays
        and (_week(day) - _week(schedule.anchor)) % schedule.every == 0
        and FIRST <= day <= LAST
        and (schedule.holidays is None or day not in _holidays(schedule.holidays))
    )


def _week(day: date) -> int:
    """Count weeks from Monday to Sunday; ordinal 1 is a Monday."""
    return (day.toordinal() - 1) // 7


@lru_cache(maxsize=64)
def _holidays(name: str) -> holidays.HolidayBase:
    country, _, subdivision = name.partition("-")
    return holidays.country_holidays(country, subdiv=subdivision or None)


# --- faults ---------------------------------------------------------------------------------------------------------

_Fault = tuple[str, str]
"""A field of the schedule and a sentence."""


def _zone_faults(zone: str) -> Iterator[_Fault]:
    # Membership, not ZoneInfo(zone): that reads any file below the zone folders, so it meets folders, leap-second
    # variants and names that no file system takes.
    if zone not in _zones():
        advice = _advice(zone, _zone_names(), "use a name of the IANA database, such as Europe/Berlin")
        yield "zone", f"There is no time zone {_shown(zone)}: {advice}"


def _pattern_faults(schedule: Schedule) -> Iterator[_Fault]:
    if not schedule.weekdays:
        yield "weekdays", "No weekday is chosen: name at least one, such as mon-fri."
    if schedule.every not in WEEKS:
        yield "every", f"Every {schedule.every} weeks is not possible: choose from {WEEKS[0]} to {WEEKS[-1]}."
    if schedule.reveal_days < 0:
        fault = f"The reveal cannot be {schedule.reveal_days} days after the question: 0 is the same day, 1 the next."
        yield "reveal_days", fault


def _reveal_faults(schedule: Schedule) -> Iterator[_Fault]:
    """Compare wall clocks only: what changes of clocks do to a sound schedule is set right by ``occurrence``."""
    reveal = (schedule.reveal_days, schedule.reveal_at)
    if schedule.reveal_days == 0 and schedule.reveal_at <= schedule.at:
        fault = (
            f"The reveal at {schedule.reveal_at:%H:%M} is not later than the question at {schedule.at:%H:%M}: "
            "choose a later time for it."
        )
        yield "reveal_at", fault
    elif schedule.weekdays and schedule.every in WEEKS and reveal >= (_shortest_wait(schedule), schedule.at):
        fault = (
            f"The reveal ({_later(schedule.reveal_days)} at {schedule.reveal_at:%H:%M}) is not before the next question "
            f"({_later(_shortest_wait(schedule))} at {schedule.at:%H:%M}): choose an earlier time or day for it."
        )
        yield "reveal_at", fault


def _later(days: int) -> str:
    return f"{days} day{'s' * (days != 1)} later"


def _shortest_wait(schedule: Schedule) -> int:
    """Return the fewest days between two matching dates."""
    days = sorted(schedule.weekdays)
    return min(later - day for day, later in zip(days, [*days[1:], days[0] + 7 * schedule.every], strict=True))


def _holiday_faults(name: str) -> Iterator[_Fault]:
    country, dash, subdivision = name.partition("-")
    parts = _countries().get(country)
    if parts is None:
        advice = _advice(country, _country_names(), "use the code of a country or of a part of it, such as DE or DE-BE")
        yield "holidays", f"No holidays are known for {_shown(name)}: {advice}"
    elif dash and subdivision not in parts:
        example = f"use {country} alone" + (f" or a part of it, such as {country}-{parts[0]}" if parts else "")
        advice = _advice(subdivision, {part.lower(): f"{country}-{part}" for part in parts}, example)
        yield "holidays", f"No holidays are known for {_shown(name)}: {advice}"


def _advice(wrong: str, names: Mapping[str, str], otherwise: str) -> str:
    """Ask whether the nearest of the names was meant (their keys are in lower case); if none is near, say otherwise."""
    lower = wrong[:_LONGEST_NAME].lower()
    keys = [lower] if lower in names else get_close_matches(lower, names, cutoff=0.7)
    nearest = " or ".join(dict.fromkeys(names[key] for key in keys))
    return f"did you mean {nearest}?" if nearest else f"{otherwise}."


def _shown(name: str) -> str:
    return repr(name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…")


@cache
def _zones() -> frozenset[str]:
    """Return the names that mean the same everywhere: without what a system keeps beside them in the same folder."""
    return frozenset(zone for zone in available_timezones() - _NO_ZONES if not zone.startswith(("posix/", "right/")))


@cache
def _zone_names() -> dict[str, str]:
    """Zones by their names and by their last parts: people know their city."""
    cities = {zone.rpartition("/")[2].lower(): zone for zone in sorted(_zones(), reverse=True)}
    return cities | {zone.lower(): zone for zone in _zones()}


@cache
def _countries() -> dict[str, list[str]]:
    return holidays.list_supported_countries()


@cache
def _country_names() -> dict[str, str]:
    """Codes by themselves and by the country's name: what people write first is "germany"."""
    names = {module.replace("_", " "): codes[1] for module, codes in COUNTRIES.items()}
    return names | {code.lower(): code for code in _countries()}
