"""What is said of the boards."""

from collections.abc import Sequence

NOBODY_YET = "Nobody has points here yet: the next honest reply opens this board."
OPEN_NOW = "Nobody has points here yet. A question is open: an honest /quiz answer opens this board with its reveal."
NEXT = "Nobody has points here yet: an honest reply to the next question opens this board."
NOTHING_COMES = (
    "Nobody has points here yet, and no question is planned just now. /quiz ask lets you practise meanwhile."
)
ONLY_HIDDEN = "Nobody who shows a name has points here yet."
BOARD_UPDATING = "Points are being added this very moment: look again in a few seconds."
BOARD_PROVISIONAL = "Provisional: self-checks are still open."
HIDDEN = (
    "You are hidden: your line is shown to you alone, with the rank that you would have. /quiz unhide brings you back."
)


PERIODS = {
    "daily": "day",
    "ever": "all",
    "monthly": "month",
    "quarter": "season",
    "quarterly": "season",
    "today": "day",
    "total": "all",
    "weekly": "week",
}
"""What people call the periods elsewhere."""


def unknown_period(said: str, kinds: Sequence[str]) -> str:
    """Name the period that one of the words stands for, if it is one; else all there are."""
    words = (PERIODS.get(word, word) for word in said.lower().split())
    meant = {word for word in words if word in kinds}
    way_out = f"did you mean {meant.pop()}?" if len(meant) == 1 else f"say one of {', '.join(kinds)}."
    return f"I don't know the period {said[:40]!r}: {way_out}"


def podium(period: str, *, provisional: bool) -> str:
    """Head the podium of a period that is named as a chat names it."""
    return f"Podium of {period}" + (" (provisional)" if provisional else "")


def others_on_podium(count: int) -> str:
    return f"and {count} more with as many points"
