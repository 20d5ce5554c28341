"""``python -m bot boards``: look at a board, compare all of them with the ledger, or make them anew from it."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

from bot import app, wording
from bot.cli import values
from bot.domain.ids import PlaceId, TeamId, is_part, last_part
from bot.domain.score import PeriodKind, Scope, period
from bot.ports import Boards, Verified
from bot.settings import load
from content.nodes import counted, listed

Answer = TypeVar("Answer")

_TOP = range(1, 10_001)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("boards", help="show, verify or rebuild the leaderboards").add_subparsers(
        metavar="ACTION", required=True
    )
    show = group.add_parser("show", help="show one board")
    show.add_argument("scope", help="a place (platform:team:channel) or a team (platform:team)")
    show.add_argument("--period", metavar="KIND", default="week", help=f"{listed(PeriodKind)} (default week)")
    show.add_argument("--date", help="a date in the period, such as 2026-11-23 (default: today, UTC)")
    show.add_argument("--top", metavar="MEMBERS", default="10", help="how many members (default 10)")
    show.set_defaults(run=_show)
    group.add_parser("verify", help="compare every board with the ledger").set_defaults(run=_verify)
    group.add_parser("rebuild", help="make every board anew from the ledger").set_defaults(run=_rebuild)


def _show(args: argparse.Namespace) -> int:
    wrong: list[str] = []
    scope = values.read("scope", _scope, args.scope, wrong)
    kind = values.read("--period", _kind, args.period, wrong)
    day = _today() if args.date is None else values.read("--date", values.day, args.date, wrong)
    top = values.read("--top", partial(values.number, _TOP), args.top, wrong)
    if scope is None or kind is None or day is None or top is None:
        print("\n".join(wrong), file=sys.stderr)
        return 2
    which = period(kind, day)
    page = asyncio.run(_asked(lambda boards: boards.page(scope, which, None, top)))
    print(f"{scope} {which}: {counted(page.members, 'member')}" + (" (provisional)" if page.open_checks else ""))
    for standing in page.top:
        print(f"{standing.rank:>4}  {standing.points:>6}  {last_part(standing.member)}")
    if page.tied_others:
        print(f"   …          {wording.boards.others_on_podium(page.tied_others)}")
    return 0


def _scope(text: str) -> Scope:
    parts = text.split(":")
    if not all(is_part(part) for part in parts) or len(parts) not in {2, 3}:
        raise ValueError(
            f"{values.shown(text)} is neither: write a place as platform:team:channel or a team as platform:team."
        )
    return TeamId(text) if len(parts) == 2 else PlaceId(text)  # noqa: PLR2004 - a team's two


def _kind(text: str) -> PeriodKind:
    if text not in list(PeriodKind):
        raise ValueError(f"{values.shown(text)} is no period: write {listed(PeriodKind)}.")
    return PeriodKind(text)


def _today() -> date:
    return datetime.now(UTC).date()


def _verify(_args: argparse.Namespace) -> int:
    found = asyncio.run(_asked(lambda boards: boards.verify()))
    _report(found)
    return 1 if found.differences else 0


def _rebuild(_args: argparse.Namespace) -> int:
    found = asyncio.run(_asked(lambda boards: boards.rebuild()))
    _report(found)
    print("Every board was made anew from the ledger.")
    return 0


async def _asked(question: Callable[[Boards], Awaitable[Answer]]) -> Answer:
    """Return what the boards of a store that is there already answer. Raises StartError where none is."""
    async with app.open_store(load(), existing=True) as store:
        return await question(app.boards_of(store))


def _report(found: Verified) -> None:
    wrong = counted(len(found.differences), "difference") if found.differences else "no differences"
    print(f"{counted(found.boards, 'board')} over {counted(found.awards, 'award')}: {wrong}")
    if not found.boards and not found.awards:
        print(
            "The store is empty: it holds no award yet. Is it the one that STUDYBOT_DATA_DIR or STUDYBOT_REDIS_URL should name?",
            file=sys.stderr,
        )
    for difference in found.differences:
        member, is_, should_be = difference.member, difference.is_, difference.should_be
        print(f"{difference.board}: {member} has {is_ or 'nothing'}, the ledger says {should_be or 'nothing'}")
    for place in found.busy:
        print(f"{place}: points are being applied or moved there now; it was not judged")
