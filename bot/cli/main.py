"""The parser of ``python -m bot`` and its groups of commands."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from bot import __version__


def main(argv: Sequence[str]) -> int:
    """Carry out one command line; return its exit code. Only ``--version`` does without the installed packages."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="A daily MLOps quiz for a team's own chat.")
    parser.add_argument("--version", action="version", version=f"mlops-study-bot {__version__}")
    if "--version" not in argv[:1]:
        _add_commands(parser)
    args = parser.parse_args(argv)
    code: int = args.run(args)
    return code


def _add_commands(parser: argparse.ArgumentParser) -> None:
    from bot.cli import (  # noqa: PLC0415 - they need what may not be installed
        backup,
        boards,
        content,
        demo,
        doctor,
        grade,
        members,
        phrasings,
        regrade,
        run,
        schedule,
        slack,
        status,
    )

    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for group in (demo, run, status, doctor, schedule, boards, members, phrasings, regrade, backup, slack):
        group.add_to(commands)
    for group in (content, grade):
        group.add_to(commands, _packs)


def _packs() -> Sequence[Path]:
    """Return the folders of the packs that the bot asks from. Raises SettingsError."""
    from bot.settings import load  # noqa: PLC0415 - the same
    from content.bank import packs_of  # noqa: PLC0415 - the same

    return packs_of(load().packs)
