"""``python -m bot doctor``: look at everything that a run depends on, and say what to do."""

import argparse
import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict

from bot import logs
from bot.app.doctor import checks_of, examine
from bot.ports import Finding, Severity
from bot.ports.operation import fault, fine
from bot.settings import SettingsError, load


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``doctor``. Its function returns 0, or 1 if anything is at fault."""
    parser = commands.add_parser("doctor", help="check settings, questions, store, clock, disk and port")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.set_defaults(run=_doctor)


def _doctor(args: argparse.Namespace) -> int:
    logs.configure("text", "ERROR")  # what the store would warn of is among the findings
    found = _findings()
    if args.json:
        print(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
    else:
        print("\n".join(_shown(one) for one in found))
    return int(any(one.severity is Severity.FAULT for one in found))


def _findings() -> Sequence[Finding]:
    try:
        settings = load()
    except SettingsError as error:
        # Without settings nothing else can be looked at: it would be another store, other packs, another port.
        return [fault("settings", line) for line in error.lines]
    return [fine("settings", "all of them can be read"), *asyncio.run(examine(checks_of(settings)))]


def _shown(one: Finding) -> str:
    line = f"{one.severity:<8} {one.about:<10} {one.said}"
    return f"{line}\n{'':<20}{one.remedy}" if one.remedy else line
