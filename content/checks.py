"""What the doctor looks at in the packs: faults, how many questions there are, and how old their reviews."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bot.ports import Finding
from bot.ports.operation import fault, fine, warning
from content.bank import Bank
from content.nodes import counted

_NAMED = 3


async def packs(paths: Sequence[Path]) -> Sequence[Finding]:
    """Look at the questions that the bot would ask from today on."""
    return examined(paths, datetime.now(UTC).date())


def examined(paths: Sequence[Path], today: date) -> Sequence[Finding]:
    bank = Bank.load(paths)
    remedy = "python -m bot content check names every fault."
    if not bank.all():
        return [fault("questions", "there is none without fault", remedy)]
    found = [fine("questions", f"{counted(len(bank.all()), 'question')} in {counted(len(paths), 'pack')}")]
    if bank.faults:
        files = {one.path for one in bank.faults}
        found.append(warning("questions", f"{counted(len(files), 'file')} left out, for faults", remedy))
    stale = [one.id for one in bank.all() if one.is_stale(today)]
    if stale:
        named = ", ".join(stale[:_NAMED]) + (" …" if len(stale) > _NAMED else "")
        said = f"{counted(len(stale), 'question')} out of rotation, for the review is too old: {named}"
        found.append(
            warning("questions", said, "Read them against their sources again, and renew their reviewed date.")
        )
    return found
