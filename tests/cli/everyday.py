"""The conversation of the documentation, replayed: ``python -m tests.cli.everyday > docs/everyday.expected.txt``."""

import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.cli.command import ROOT, bot
from tests.packs import reviewed_today

CONVERSATION = ROOT / "docs" / "everyday.txt"
EXPECTED = ROOT / "docs" / "everyday.expected.txt"

_SIX = 6
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{4})?"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DIFFERS = (
    (r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", "an instant"),
    (r"\d{4}-\d\d-\d\d", "a date"),
    (_DAY, "a day"),
    (rf"week \d+ of \d{{4}}|(?:{_MONTH}) \d{{4}}|quarter \d of \d{{4}}", "a period"),
    (r"(?!09:00|16:00)\d\d:\d\d CET", "a time"),
    (r"in \d+ (?:s|min|h|days)\b|\d+ (?:s|min|h|days) ago|just now", "a distance"),
    (r"\b[0-9a-f]{8,9}\b", "an id"),
    (r" +│$", " │"),
)
"""All that differs from one run to the next: when it was, and the room that this takes in a line."""


def transcript(columns: int = 80) -> str:
    """Return what a terminal shows of the conversation in a place where it is six in the morning, called Europe/Berlin."""
    east = _SIX - datetime.now(UTC).hour
    east += 24 if east < -12 else 0
    zone = f"Etc/GMT{-east:+d}"
    said = CONVERSATION.read_text(encoding="utf-8").replace("Europe/Berlin", zone)
    with tempfile.TemporaryDirectory() as folder:
        pack = reviewed_today(ROOT / "docs" / "everyday-pack", Path(folder))
        options = ("--script", "/dev/stdin", "--packs", str(pack))
        done = bot("demo", *options, said=said, settings={"COLUMNS": str(columns), "TZ": f"CET{-east:+d}"})
    assert (done.returncode, done.stderr) == (0, "")
    shown = done.stdout.replace(f"{zone:13}", "Europe/Berlin").replace(zone, "Europe/Berlin")
    return "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"


def alike(text: str) -> list[str]:
    """Return the lines of a transcript without what differs from run to run."""
    for pattern, instead in _DIFFERS:
        text = re.sub(pattern, instead, text, flags=re.MULTILINE)
    return text.splitlines()


if __name__ == "__main__":
    sys.stdout.write(transcript(*map(int, sys.argv[1:])))
