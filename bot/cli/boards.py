"""``python -m bot boards``: look at a board, compare all of them with the ledger, or make them anew from it."""

import argparse
import asyncio
from datetime import UTC, date, datetime

from bot import app
from bot.domain.ids import PlaceId, TeamId, last_part
from bot.domain.score import Period, PeriodKind, Scope, period
from bot.ports import BoardPage, Verified
from bot.settings import load


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("boards", help="show, verify or rebuild the leaderboards").add_subparsers(
        metavar="ACTION", required=True
    )
    show = group.add_parser("show", help="show one board")
    show.add_argument("scope", help="a place (platform:team:channel) or a team (platform:team)")
    show.add_argument("--period", choices=list(PeriodKind), default=PeriodKind.WEEK, type=PeriodKind)
    show.add_argument(
        "--date", help="a date in the period, such as 2026-11-23 (default: today, UTC)", type=date.fromisoformat
    )
    show.add_argument("--top", help="how many members (default 10)", default=10, type=int)
    show.set_defaults(run=_show)
    group.add_parser("verify", help="compare every board with the ledger").set_defaults(run=_verify)
    group.add_parser("rebuild", help="make every board anew from the ledger").set_defaults(run=_rebuild)


def _show(args: argparse.Namespace) -> int:
    if args.scope.count(":") not in {1, 2} or args.top < 1:
        print("Name a place as platform:team:channel or a team as platform:team, and a --top of at least 1.")
        return 2
    scope: Scope = TeamId(args.scope) if args.scope.count(":") == 1 else PlaceId(args.scope)
    which = period(args.period, args.date or datetime.now(UTC).date())
    page = asyncio.run(_page(scope, which, args.top))
    print(f"{scope} {which}: {page.members} members" + (" (provisional)" if page.open_checks else ""))
    for standing in page.top:
        print(f"{standing.rank:>4}  {standing.points:>6}  {last_part(standing.member)}")
    return 0


def _verify(_args: argparse.Namespace) -> int:
    found = asyncio.run(_compare(rebuild=False))
    _report(found)
    return 1 if found.differences else 0


def _rebuild(_args: argparse.Namespace) -> int:
    found = asyncio.run(_compare(rebuild=True))
    _report(found)
    print("Every board was made anew from the ledger.")
    return 0


async def _page(scope: Scope, which: Period, size: int) -> BoardPage:
    async with app.open_store(load()) as store:
        return await app.boards_of(store).page(scope, which, None, size)


async def _compare(*, rebuild: bool) -> Verified:
    async with app.open_store(load()) as store:
        boards = app.boards_of(store)
        return await (boards.rebuild() if rebuild else boards.verify())


def _report(found: Verified) -> None:
    wrong = len(found.differences)
    print(f"{found.boards} boards over {found.awards} awards: {wrong or 'no'} difference{'' if wrong == 1 else 's'}")
    for difference in found.differences:
        member, is_, should_be = difference.member, difference.is_, difference.should_be
        print(f"{difference.board}: {member} has {is_ or 'nothing'}, the ledger says {should_be or 'nothing'}")
    for place in found.busy:
        print(f"{place}: awards are being applied there now; it was not judged")
