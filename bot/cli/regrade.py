"""``python -m bot regrade ROUND``: grade a revealed round anew, or only say what it would come to."""

import argparse
import asyncio
import sys

from bot import app, wording
from bot.cli import values
from bot.domain.ids import RoundId, is_part, place_of, programme_and_date
from bot.domain.round import Round
from bot.service.regrading import Prospect
from bot.settings import load

_PARTS = 4


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    regrade = commands.add_parser("regrade", help="grade a round anew with what was learnt or corrected since")
    regrade.add_argument("round", metavar="ROUND", help="platform:team:channel:date, such as slack:T024:C17:2026-11-23")
    regrade.add_argument("--dry-run", action="store_true", help="only say what would change")
    regrade.set_defaults(run=_regrade)


def _regrade(args: argparse.Namespace) -> int:
    wrong: list[str] = []
    round_ = values.read("round", _parse, args.round, wrong)
    if round_ is None:
        print("\n".join(wrong), file=sys.stderr)
        return 2
    return asyncio.run(_done(round_, dry=args.dry_run))


async def _done(id_: RoundId, *, dry: bool) -> int:
    settings = load()
    async with app.open_store(settings, existing=True) as store, app.open_core(settings, store, {}) as core:
        round_ = await core.regrading.round_of(place_of(id_), id_)
        if round_ is None:
            print(wording.regrading.GONE, file=sys.stderr)
            return 1
        _report(round_, await core.regrading.prospect(round_))
        if not dry:
            await core.regrading.ask(id_)
            print("It is on the agenda: the bot that runs on this store does it, and amends the reveal.")
    return 0


def _report(round_: Round, found: Prospect) -> None:
    changed, count = found.changed, len(found.grades)
    print(
        wording.regrading.would(
            round_.id, count, len(changed), found.difference, fits=found.fits, outside=found.outside
        )
    )
    print(
        f"{round_.asked().id} was asked as revision {round_.asked().revision}; revision {found.question.revision} counts."
    )
    for one in sorted(changed, key=lambda one: one.member):
        print(f"{one.member}: {one.before.points} to {one.after.points} points")


def _parse(text: str) -> RoundId:
    parts = text.split(":")
    try:
        if len(parts) == _PARTS and all(map(is_part, parts)) and programme_and_date(RoundId(text)):
            return RoundId(text)
    except ValueError:
        pass
    raise ValueError(
        f"{values.shown(text)} is no round: write platform:team:channel:date, such as slack:T024:C17:2026-11-23."
    )
