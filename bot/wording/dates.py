"""Instants and spans of time in words."""

from datetime import date, datetime

from bot.domain.ids import RoundId, programme_and_date
from bot.domain.score import Period


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def local(at: datetime) -> str:
    """An instant in the zone it carries, to the minute."""
    return f"{at:%a %d %b %H:%M}"


def of_round(round_: RoundId) -> str:
    """Return the day of a round; one that came on top of the scheduled one is told from it: "Mon 23 Nov, by hand"."""
    _, day, number = programme_and_date(round_)
    return f"{day:%a %d %b}" + (", by hand" if number > 1 else "")


def period_name(period: Period) -> str:
    """Return a period in words: "Mon 23 Nov 2026", "week 48 of 2026", "November 2026", "quarter 4 of 2026", "all time"."""
    kind, _, which = period.partition(":")
    match kind:
        case "day":
            return f"{date.fromisoformat(which):%a %d %b %Y}"
        case "week":
            year, _, week = which.partition("-W")
            return f"week {int(week)} of {year}"
        case "month":
            return f"{date.fromisoformat(which + '-01'):%B %Y}"
        case "season":
            year, _, quarter = which.partition("-Q")
            return f"quarter {quarter} of {year}"
    return "all time"
