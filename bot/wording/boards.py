"""What is said of the boards."""

from collections.abc import Sequence

NOBODY_YET = "Nobody has points here yet: the next honest reply opens this board."
BOARD_UPDATING = "Points are being added this very moment: look again in a few seconds."
BOARD_PROVISIONAL = "Provisional: self-checks are still open."


def unknown_period(said: str, kinds: Sequence[str]) -> str:
    return f"I don't know the period {said[:40]!r}: say one of {', '.join(kinds)}."
