"""Packs for tests: those of the repository, reviewed today, so that no test fails because years have passed."""

import re
from datetime import UTC, datetime
from pathlib import Path


def reviewed_today(pack: Path, to: Path) -> Path:
    """Copy a pack's question files, with their reviews renewed, into a folder that is made; return the folder."""
    today = f"reviewed: {datetime.now(UTC).date()}"
    for file in pack.rglob("*.md"):
        copy = to / file.relative_to(pack)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = re.sub(r"^review_after: .*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        copy.write_text(re.sub(r"^reviewed: .*", today, text, count=1, flags=re.MULTILINE), encoding="utf-8")
    return to
