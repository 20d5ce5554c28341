"""``python -m bot schedule``: what a schedule means in instants, before anybody relies on it."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, time
from functools import partial
from itertools import islice
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.cli import values
from bot.domain.programme import DAY_NAMES, Occurrence, Schedule
from bot.domain.timetable import parse_days, parse_time
from scheduler import calendar

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse has no public name for it

_COUNTS = range(1, 1001)
_REVEAL_DAYS = range(7 * len(calendar.WEEKS))


def add_to(commands: Commands) -> None:
    """Add ``schedule preview``. Its function returns 0, or 2 after a sentence on stderr for each wrong value."""
    group = commands.add_parser("schedule", help="look at schedules").add_subparsers(required=True, metavar="COMMAND")
    preview = group.add_parser("preview", help="print the next rounds of a schedule, in local time and UTC")
    preview.add_argument("--at", required=True, metavar="HH:MM", help="when the question comes, local time")
    preview.add_argument("--reveal-at", required=True, metavar="HH:MM", help="when the answer comes, local time")
    preview.add_argument("--zone", required=True, help="time zone, such as Europe/Berlin")
    preview.add_argument("--days", default="mon-fri", help="mon-fri (as without), mon,wed,fri, fri-mon or daily")
    preview.add_argument("--holidays", metavar="CODE", help="leave out the holidays of a country or a part: DE, DE-BE")
    preview.add_argument(
        "--every", default="1", metavar="WEEKS", help="every so many weeks, from that of 1 January 2024"
    )
    preview.add_argument("--reveal-days", default="0", metavar="DAYS", help="reveal so many days after the question")
    preview.add_argument("--from", dest="start", metavar="DATE", help="first local date, as 2026-03-27; without: today")
    preview.add_argument("--count", default="5", metavar="ROUNDS", help="how many rounds, up to 1000; without: 5")
    preview.add_argument("--json", action="store_true", help="print a list of dates and UTC instants")
    preview.set_defaults(run=_preview)


def _preview(args: argparse.Namespace) -> int:
    wrong: list[str] = []
    schedule = _schedule(args, wrong)
    start = None if args.start is None else values.read("--from", values.day, args.start, wrong)
    count = values.read("--count", partial(values.number, _COUNTS), args.count, wrong)
    if schedule is None or count is None or wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 2
    first = start or calendar.local_date(schedule.zone, datetime.now(UTC))
    found = list(islice(calendar.starting(schedule, first), count))
    print(_as_json(found) if args.json else _as_table(found, schedule.zone))
    return 0


def _schedule(args: argparse.Namespace, wrong: list[str]) -> Schedule | None:
    """Return the schedule that was asked for, or None. ``wrong`` gets a sentence for everything that is wrong with it."""
    at = values.read("--at", parse_time, args.at, wrong)
    reveal_at = values.read("--reveal-at", parse_time, args.reveal_at, wrong)
    weekdays = values.read("--days", parse_days, args.days, wrong)
    every = values.read("--every", partial(values.number, calendar.WEEKS), args.every, wrong)
    reveal_days = values.read("--reveal-days", partial(values.number, _REVEAL_DAYS), args.reveal_days, wrong)
    if at is None or reveal_at is None or weekdays is None or every is None or reveal_days is None:
        # What is left to judge does not depend on the times: any sound ones will do.
        any_times = Schedule(at=time.min, reveal_at=time.max, zone=args.zone, holidays=args.holidays)
        wrong += calendar.faults(any_times).values()
        return None
    schedule = Schedule(
        at=at,
        reveal_at=reveal_at,
        zone=args.zone,
        weekdays=weekdays,
        reveal_days=reveal_days,
        every=every,
        holidays=args.holidays,
    )
    wrong += calendar.faults(schedule).values()
    return schedule


def _as_json(found: Iterable[Occurrence]) -> str:
    rounds = [{"date": o.date.isoformat(), "asks_at": _utc(o.asks_at), "reveals_at": _utc(o.reveals_at)} for o in found]
    return json.dumps(rounds, indent=2)


def _utc(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _as_table(found: Iterable[Occurrence], zone: str) -> str:
    head = ("round", f"asks, {zone}", f"reveals, {zone}", "asks, UTC", "reveals, UTC")
    rows = [head, *(_row(one, ZoneInfo(zone)) for one in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _row(one: Occurrence, zone: ZoneInfo) -> tuple[str, ...]:
    local = [f"{at.astimezone(zone):%Y-%m-%d %H:%M %z}" for at in (one.asks_at, one.reveals_at)]
    universal = [f"{at:%Y-%m-%d %H:%M}" for at in (one.asks_at, one.reveals_at)]
    return (f"{DAY_NAMES[one.date.weekday()]} {one.date}", *local, *universal)
