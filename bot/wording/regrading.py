"""What is said of grading a round anew."""

from bot.domain.ids import RoundId, programme_and_date

NOTHING = "There is no revealed question here that could be graded anew."
GONE = "Of that question there is nothing that could be graded anew: it was not revealed, or is too old."
LABEL = "Grade anew"
ASKED = (
    "It is being graded anew: in a moment the points follow, the reveal shows it, and those whose grade changes are told with "
    "their next answer."
)


def would(round_: RoundId, replies: int, changed: int, difference: int, *, fits: bool, outside: str = "") -> str:
    """What it would come to."""
    grades = "no grade would change" if not changed else f"{_counted(changed, 'grade')} of {replies} would change"
    points = f", by {difference:+d} points together" if changed else ""
    kept = "What people or leads have ticked stays."
    return f"The question of {_day(round_)}: {grades}{points}. {kept}{_unfit(fits=fits)}{_sent(outside)}"


def news(round_: RoundId, *, met: bool = False) -> str:
    counts = ", and what you appealed for counts now" if met else ""
    return f"Your reply of {_day(round_)} was graded anew{counts}: /quiz grade {round_.rpartition(':')[2]} shows it."


def _sent(outside: str) -> str:
    if not outside:
        return ""
    return (
        " That is the word of the grader in the house, which was shown the replies for it. Grading anew sends them to "
        f"{outside} once more, whose suggestions may be others."
    )


def _unfit(*, fits: bool) -> str:
    return (
        "" if fits else " The bank's revision has other key points than were asked, so those that were asked are used."
    )


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def _day(round_: RoundId) -> str:
    return f"{programme_and_date(round_)[1]:%a %d %b}"
