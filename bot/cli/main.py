"""The parser of ``python -m bot`` and its groups of commands."""

import argparse
from collections.abc import Sequence

from bot import __version__
from bot.cli import boards, content, demo, grade, run, schedule


def main(argv: Sequence[str]) -> int:
    """Carry out one command line; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="A daily MLOps quiz for a team's own chat.")
    parser.add_argument("--version", action="version", version=f"mlops-study-bot {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for group in (demo, run, schedule, content, grade, boards):
        group.add_to(commands)
    args = parser.parse_args(argv)
    code: int = args.run(args)
    return code
