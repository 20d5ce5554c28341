"""``python -m bot members``: hand a member everything that is kept of them, or erase it."""

import argparse
import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from bot import app
from bot.cli import values
from bot.cli.seat import has_keyboard
from bot.domain.ids import MemberId, is_part
from bot.ports import MemberStore, StartError
from bot.service.members import document
from bot.settings import load

Answer = TypeVar("Answer")

_PARTS = 3
_OWNER_ALONE = 0o600
NOT_CONFIRMED = "Nothing was erased: say yes, or add --yes where nobody can be asked."


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("members", help="export or erase what is kept of a member").add_subparsers(
        metavar="ACTION", required=True
    )
    export = group.add_parser("export", help="print all that is kept of a member, as JSON")
    export.add_argument("--out", metavar="FILE", type=Path, help="write it into a new file that you alone may read")
    export.set_defaults(run=_export)
    erase = group.add_parser("erase", help="leave nothing of a member; points stay in the ledger under a random name")
    erase.add_argument("--yes", action="store_true", help="do it without asking")
    erase.set_defaults(run=_erase)
    for action in (export, erase):
        action.add_argument("member", metavar="MEMBER", help="platform:team:user, such as slack:T024:U9")


def _export(args: argparse.Namespace) -> int:
    member = _member(args.member)
    if member is None:
        return 2
    text = asyncio.run(_asked(lambda members: document(members, member)))
    if args.out is None:
        print(text)
    else:
        _write(args.out, text + "\n")
    return 0


def _erase(args: argparse.Namespace) -> int:
    member = _member(args.member)
    if member is None:
        return 2
    if not args.yes and not _confirmed(member):
        print(NOT_CONFIRMED, file=sys.stderr)
        return 2
    known = asyncio.run(_asked(lambda members: _erased(members, member)))
    print(f"Nothing of {member} is kept any more." if known else f"There was nothing of {member} to erase.")
    return 0


async def _erased(members: MemberStore, member: MemberId) -> bool:
    """Erase a member; tell whether anything had been kept. What was begun before is ended also where nothing is seen of it."""
    found = await members.export(member)
    await members.erase(member)
    return any(value for name, value in found.items() if name != "member")


def _member(text: str) -> MemberId | None:
    wrong: list[str] = []
    member = values.read("member", _parse, text, wrong)
    print("\n".join(wrong), end="\n" if wrong else "", file=sys.stderr)
    return member


def _parse(text: str) -> MemberId:
    parts = text.split(":")
    if len(parts) != _PARTS or not all(map(is_part, parts)):
        raise ValueError(f"{values.shown(text)} is no member: write platform:team:user, such as slack:T024:U9.")
    return MemberId(text)


def _confirmed(member: MemberId) -> bool:
    if not has_keyboard():
        return False
    print(f"This deletes everything of {member} for good: replies, grades, practice, places on the boards. yes/no?")
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _write(path: Path, text: str) -> None:
    """Write a file that was not there, for its owner's eyes alone. Raises StartError."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE)
        with os.fdopen(file, "w", encoding="utf-8") as out:
            out.write(text)
    except OSError as error:
        raise StartError(
            f"{path} cannot be written ({error.strerror}): name a file that is not there yet.", 2
        ) from error


async def _asked(question: Callable[[MemberStore], Awaitable[Answer]]) -> Answer:
    """Return what the members of a store that is there already answer. Raises StartError where none is."""
    async with app.open_store(load(), existing=True) as store:
        return await question(app.members_of(store))
