"""``python -m bot phrasings``: what teams have learnt; forget one of them, or give them back to the packs as a patch."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from bot import app
from bot.cli import values
from bot.domain.ids import TeamId, is_part
from bot.domain.phrasing import Learnt, by_point
from bot.ports import PhrasingStore
from bot.settings import load
from content.additions import patch
from content.bank import default_packs

Answer = TypeVar("Answer")

_TEAM = 2


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("phrasings", help="list, drop or export what teams have learnt").add_subparsers(
        metavar="ACTION", required=True
    )
    listing = group.add_parser("list", help="list learnt phrasings by team and question")
    listing.set_defaults(run=_list)
    drop = group.add_parser("drop", help="forget one; what was graded with it stays")
    drop.add_argument("team", metavar="TEAM", help="platform:team, such as slack:T024")
    drop.add_argument("question", metavar="QUESTION", help="the question's id")
    drop.add_argument("id", metavar="ID", help="as list shows it")
    drop.set_defaults(run=_drop)
    export = group.add_parser("export", help="print a patch that adds them to the question files of the packs")
    export.set_defaults(run=_export)
    for action in (listing, export):
        action.add_argument("--team", metavar="TEAM", help="of this team alone")


def _list(args: argparse.Namespace) -> int:
    found = _found(args)
    if found is None:
        return 2
    for team, question, one in found:
        print(f"{team} {question} {one.id}  {one.point}: {one.text}")
    if not found:
        print("Nothing was learnt yet.", file=sys.stderr)
    return 0


def _drop(args: argparse.Namespace) -> int:
    team = _team(args.team)
    if team is None:
        return 2
    gone = asyncio.run(_asked(lambda store: store.drop(team, args.question, args.id)))
    print(f"{args.id} is forgotten." if gone else f"There is no {values.shown(args.id)} of that question and team.")
    return 0 if gone else 1


def _export(args: argparse.Namespace) -> int:
    found = _found(args)
    if found is None:
        return 2
    packs = load().packs or default_packs()
    left = 0
    for question, phrasings in _by_question(found).items():
        file = _file(packs, question)
        if file is None:
            print(f"{question} has no file in the packs, so it is left out", file=sys.stderr)
            continue
        made = patch(file[0], file[1], phrasings)
        left += not made
        print(made, end="")
    if found:
        print("Read it before you apply it: python -m bot content check says what does not fit.", file=sys.stderr)
    if left:
        print(f"{left} with key points that their files do not have (any more)", file=sys.stderr)
    return 0


def _found(args: argparse.Namespace) -> Sequence[tuple[TeamId, str, Learnt]] | None:
    team = _team(args.team) if args.team else None
    if args.team and team is None:
        return None
    return [one for one in asyncio.run(_asked(lambda store: store.all())) if team in {None, one[0]}]


def _by_question(found: Iterable[tuple[TeamId, str, Learnt]]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the texts by question and key point, each once, whichever teams have learnt it."""
    known: dict[str, dict[str, Learnt]] = {}
    for _, question, one in found:
        known.setdefault(question, {}).setdefault(one.id, one)
    return {question: by_point(ones.values()) for question, ones in known.items()}


def _file(packs: Sequence[Path], question: str) -> tuple[str, str] | None:
    """Return a question's file, by its path within its pack, and its text."""
    for pack in packs:
        for path in sorted(pack.rglob("*.md")):
            if path.stem == question:
                return path.relative_to(pack).as_posix(), path.read_text("utf-8")
    return None


def _team(text: str) -> TeamId | None:
    parts = text.split(":")
    if len(parts) == _TEAM and all(map(is_part, parts)):
        return TeamId(text)
    print(f"{values.shown(text)} is no team: write platform:team, such as slack:T024.", file=sys.stderr)
    return None


async def _asked(question: Callable[[PhrasingStore], Awaitable[Answer]]) -> Answer:
    """Return what the phrasings of a store that is there already answer. Raises StartError where none is."""
    async with app.open_store(load(), existing=True) as store:
        return await question(app.phrasings_of(store))
