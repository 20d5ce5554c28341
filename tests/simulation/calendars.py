"""When five programmes ask in 2026, worked out without the bot: clocks and holidays as tables that anybody can look up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.ids import PlaceId, place_id

YEAR = 2026
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def _hours(hours: float) -> timedelta:
    return timedelta(hours=hours)


CLOCKS: Mapping[str, tuple[tuple[datetime, timedelta], ...]] = {
    "Europe/Berlin": (
        (LONG_AGO, _hours(1)),
        (datetime(2026, 3, 29, 1, tzinfo=UTC), _hours(2)),
        (datetime(2026, 10, 25, 1, tzinfo=UTC), _hours(1)),
    ),
    "America/New_York": (
        (LONG_AGO, _hours(-5)),
        (datetime(2026, 3, 8, 7, tzinfo=UTC), _hours(-4)),
        (datetime(2026, 11, 1, 6, tzinfo=UTC), _hours(-5)),
    ),
    "Australia/Lord_Howe": (  # its clocks change by half an hour
        (LONG_AGO, _hours(11)),
        (datetime(2026, 4, 4, 15, tzinfo=UTC), _hours(10.5)),
        (datetime(2026, 10, 3, 15, 30, tzinfo=UTC), _hours(11)),
    ),
    "Asia/Kolkata": ((LONG_AGO, _hours(5.5)),),
    "America/Santiago": (  # its clocks change at midnight
        (LONG_AGO, _hours(-3)),
        (datetime(2026, 4, 5, 3, tzinfo=UTC), _hours(-4)),
        (datetime(2026, 9, 6, 4, tzinfo=UTC), _hours(-3)),
    ),
}
"""Of each zone: from which instant on its clocks are how far ahead of UTC."""

BERLIN_HOLIDAYS = frozenset(
    date(YEAR, month, day)
    for month, day in (
        (1, 1), (3, 8), (4, 3), (4, 6), (5, 1), (5, 14), (5, 25), (10, 3), (12, 25), (12, 26),
    )
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a place asks for: as it is typed, and as it is meant."""

    place: PlaceId
    words: str
    zone: str
    at: time
    reveal: time
    weekdays: frozenset[int]
    every: int = 1
    holidays: frozenset[date] = frozenset()

    def days(self) -> Iterator[date]:
        for number in range(365):
            day = date(YEAR, 1, 1) + timedelta(days=number)
            weeks = (day - date(2024, 1, 1)).days // 7
            if day.weekday() in self.weekdays and weeks % self.every == 0 and day not in self.holidays:
                yield day


def instant(zone: str, day: date, at: time) -> datetime:
    """Return when the zone's clocks show a time: the first of two, or that much later which they skip."""
    clocks = CLOCKS[zone]
    local = datetime.combine(day, at, UTC)
    ends = [*(since for since, _ in clocks[1:]), datetime.max.replace(tzinfo=UTC)]
    for (since, ahead), end in zip(clocks, ends, strict=True):
        if since <= local - ahead < end:
            return local - ahead
    return max(local - ahead for (_, ahead), end in zip(clocks, ends, strict=True) if local - ahead >= end)


BERLIN = Wanted(
    place=place_id("console", "home", "berlin"),
    words="zone=Europe/Berlin at=09:00 reveal=16:00 days=mon-fri holidays=DE-BE",
    zone="Europe/Berlin",
    at=time(9),
    reveal=time(16),
    weekdays=frozenset(range(5)),
    holidays=BERLIN_HOLIDAYS,
)
NEW_YORK = Wanted(
    place=place_id("console", "home", "new-york"),
    words="zone=America/New_York at=02:30 reveal=17:00 days=daily",  # 02:30 is skipped on 8 March
    zone="America/New_York",
    at=time(2, 30),
    reveal=time(17),
    weekdays=frozenset(range(7)),
)
LORD_HOWE = Wanted(
    place=place_id("console", "south", "lord-howe"),
    words="zone=Australia/Lord_Howe at=01:45 reveal=09:00 days=mon,wed,fri,sun",  # 01:45 is there twice on 5 April
    zone="Australia/Lord_Howe",
    at=time(1, 45),
    reveal=time(9),
    weekdays=frozenset({0, 2, 4, 6}),
)
KOLKATA = Wanted(
    place=place_id("console", "east", "kolkata"),
    words="zone=Asia/Kolkata at=10:00 reveal=18:30 days=tue,thu every=2",
    zone="Asia/Kolkata",
    at=time(10),
    reveal=time(18, 30),
    weekdays=frozenset({1, 3}),
    every=2,
)
SANTIAGO = Wanted(
    place=place_id("console", "south", "santiago"),
    words="zone=America/Santiago at=00:30 reveal=23:30 days=sat,sun",  # 00:30 is skipped on 6 September, 23:30 twice on 4 April
    zone="America/Santiago",
    at=time(0, 30),
    reveal=time(23, 30),
    weekdays=frozenset({5, 6}),
)
ALL = (BERLIN, NEW_YORK, LORD_HOWE, KOLKATA, SANTIAGO)
