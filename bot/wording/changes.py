"""What is written down of a change: each goes on from the name of who made it."""

from collections.abc import Mapping

from bot.domain.ids import RoundId, programme_and_date

SET_UP = "set the quiz up"
RESUMED = "let the quiz go on"
REMOVED = "ended the quiz"
_LONGEST = 60


def set_up(changed: Mapping[str, tuple[str, str]], *, again: bool) -> str:
    """``changed`` has what each value was and is now; ``again``: the quiz had been paused or had ended."""
    parts = ["started the quiz again"] if again else []
    if changed:
        values = (f"{name} from {_short(was)} to {_short(is_)}" for name, (was, is_) in changed.items())
        parts.append(f"changed {'; '.join(values)}")
    return " and ".join(parts)


def named(before: int, after: int) -> tuple[str, str]:
    """How many were and are named to look after it: not who, because names would stay here when their bearers are erased."""
    was, is_ = (str(count or "none") for count in (before, after))
    return was, "as many others" if before == after else is_


PAUSED = "paused the quiz"


def with_reason(what: str, reason: str) -> str:
    return f"{what}: {reason}" if reason else what


def older(count: int) -> str:
    return f"and {count} older {'one' if count == 1 else 'ones'}: /quiz-admin status changes"


def skipped(round_: RoundId) -> str:
    return f"skipped the question of {_day(round_)}"


def swapped(round_: RoundId) -> str:
    return f"swapped the question of {_day(round_)} for another one"


def asked_now(round_: RoundId) -> str:
    _, _, number = programme_and_date(round_)
    return f"asked the question of {_day(round_)} ahead of its time" if number == 1 else "asked a question on top"


def regraded(round_: RoundId) -> str:
    return f"had the question of {_day(round_)} graded anew"


def revealed_now(round_: RoundId) -> str:
    return f"had the question of {_day(round_)} revealed at once"


def _day(round_: RoundId) -> str:
    return f"{programme_and_date(round_)[1]:%a %d %b}"


def _short(value: str) -> str:
    value = value.replace(",", ", ")
    return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
