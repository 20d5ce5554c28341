"""A year of five programmes in five zones: what the calendars say is asked, what people did is counted, and nothing piles up."""

import time
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import pytest
from redis.asyncio import Redis

from adapters.redis.store import Limits, Store
from bot.domain.ids import RoundId, programme_and_date, programme_of, round_id, team_of
from bot.domain.score import Period, Scope
from tests.expiry import keys_without_expiry
from tests.simulation.calendars import ALL, BERLIN, KOLKATA, LORD_HOWE, NEW_YORK, SANTIAGO, instant
from tests.simulation.year import POINTS, REPLIES, Year, rounds_of
from tests.world import build, question, who

RETENTION_DAYS = 30
TEAMS = 3
SCOPES = len(ALL) + TEAMS
SUMS = ("board", "team-board", "ledger")


@pytest.fixture
async def year(store: Store, unsynced: None) -> AsyncIterator[Year]:
    """A year that was lived through."""
    world = build(
        replace(store, limits=Limits(retention_days=RETENTION_DAYS)), [question(number) for number in range(40)]
    )
    lived = Year(world=world)
    began = time.monotonic()
    await lived.live()
    print(f"{len(lived.asked)} rounds in {time.monotonic() - began:.1f} s")
    yield lived
    world.room.close()


async def test_a_year_of_five_programmes_in_five_zones(year: Year, client: Redis) -> None:
    assert year.asked == {id_: asks for id_, (asks, _) in _calendars().items()}
    assert year.revealed == {id_: reveals for id_, (_, reveals) in _calendars().items()}
    await _check_streaks(year)
    await _check_boards(year)
    assert await year.world.is_sound()
    assert await year.world.agenda.unfinished("console") == []
    assert await keys_without_expiry(client) == []
    _check_level(year)
    await _check_what_stays(year)


def _calendars() -> dict[RoundId, tuple[datetime, datetime]]:
    return {
        round_id(programme_of(one.place), day): (instant(one.zone, day, one.at), instant(one.zone, day, one.reveal))
        for one in ALL
        for day in one.days()
    }


def test_the_tables_hold_the_days_on_which_clocks_change() -> None:
    told = {
        (one, day): f"{instant(one.zone, day, at):%d %H:%M}"
        for one, day, at in (
            (BERLIN, date(2026, 3, 27), BERLIN.at),
            (BERLIN, date(2026, 3, 30), BERLIN.at),
            (NEW_YORK, date(2026, 3, 8), NEW_YORK.at),
            (LORD_HOWE, date(2026, 4, 5), LORD_HOWE.at),
            (LORD_HOWE, date(2026, 4, 6), LORD_HOWE.at),
            (KOLKATA, date(2026, 7, 1), KOLKATA.at),
            (SANTIAGO, date(2026, 4, 4), SANTIAGO.reveal),
            (SANTIAGO, date(2026, 9, 6), SANTIAGO.at),
        )
    }
    assert list(told.values()) == [
        "27 08:00", "30 07:00", "08 07:30", "04 14:45", "05 15:15", "01 04:30", "05 02:30", "06 04:30",
    ]  # fmt: skip


async def _check_streaks(year: Year) -> None:
    for one in ALL:
        rounds = rounds_of(one.place, year.asked)
        for name, replies in REPLIES.items():
            counted = [bool(POINTS.get(replies(n) or "", 0)) for n in range(len(rounds))]
            runs = "".join("x" if one else " " for one in counted).split(" ")
            wanted = len(runs[-1]), max(map(len, runs))
            streak = await year.world.boards.streak(one.place, who(name, one.place.split(":")[1]))
            assert (one.place, name, streak) == (one.place, name, wanted)


async def _check_boards(year: Year) -> None:
    """Every month and season, and the whole year, of every place and team are the sums of what was answered in them."""
    sums: dict[tuple[Scope, Period], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in ALL:
        for number, id_ in enumerate(rounds_of(one.place, year.asked)):
            day = programme_and_date(id_)[1]
            for name, replies in REPLIES.items():
                if points := POINTS.get(replies(number) or "", 0):
                    for scope in (one.place, team_of(one.place)):
                        for which in (f"month:{day:%Y-%m}", f"season:{day.year}-Q{(day.month + 2) // 3}", "all"):
                            sums[scope, Period(which)][name] += points
    assert len(sums) == SCOPES * (12 + 4 + 1)
    for (scope, which), wanted in sums.items():
        page = await year.world.boards.page(scope, which, None)
        assert {one.member.rpartition(":")[2]: one.points for one in page.top} == wanted, (scope, which)


def _check_level(year: Year) -> None:
    """After the first months nothing grows but ledgers and boards, and these by one a period of each place and team.

    A day's or week's board stays for 400 days, so that a year is too short to see those level off.
    """
    months = list(year.levels.values())[1:]
    others = [sum(number for kind, number in kinds.items() if kind not in SUMS) for kinds, _ in months]
    assert max(others[6:]) <= 1.05 * max(others[2:6])
    for (before, _), (after, _) in pairwise(months[2:]):
        assert sum(after[kind] - before[kind] for kind in SUMS) <= SCOPES * (31 + 5 + 1 + 1) + len(ALL)
    memory = [used for _, used in months]
    print(f"used memory in KiB, by month: {[used // 1024 for used in memory]}; keys that are no sums: {others}")
    assert memory[-1] <= 1.3 * memory[5]


async def _check_what_stays(year: Year) -> None:
    """When everything else has run out, sums, timetables and dates are left, and nothing that anybody wrote."""
    await year.age(401)
    left = await year.level()
    periods = 12 + 4 + 1
    assert {kind: number for kind, number in left.items() if number > 1} == {
        "board": len(ALL) * periods,
        "team-board": TEAMS * periods,
        "ledger": len(ALL) * 12,
        "asked": SCOPES,
        **dict.fromkeys(("place", "programme", "rounds", "streaks"), len(ALL)),
    }
    assert {kind for kind, number in left.items() if number == 1} == {
        "studybot:ledgers",
        "studybot:console:agenda-fence",
        "studybot:console:programmes",
    }
