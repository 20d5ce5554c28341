"""What is said to those who look after the quiz in a place."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from bot.domain.ids import RoundId, programme_and_date
from bot.domain.programme import MOST_SKIPPED, Collect
from bot.domain.question import Level
from bot.wording import dates

NO_PROGRAMME = "The quiz is not set up here yet. An admin can do it with /quiz-admin setup."
SETUP_NOTE = "Name what is to be different, such as at=09:30 zone=Europe/Berlin. What is not named stays as it is."
SETUP_MEANINGS = {
    "at": "when to ask, HH:MM",
    "reveal_at": "when to reveal, HH:MM",
    "zone": "the clock of these times, such as Europe/Berlin",
    "days": "mon-fri, or mon,wed,fri, or daily",
    "every": "every how many weeks; 1 is every week",
    "topics": "topics of the bank with commas, or all",
    "levels": "with their shares, such as foundation:3,expert:1",
    "collect": "form, thread or both",
    "holidays": "a country or region whose holidays are days off, such as DE or DE-BE, or none",
    "admins": "who else looks after the quiz, with commas, or none",
}

_MOST_NAMES = 200
"""Characters."""

_TYPED = {"reveal_at": "reveal"}


def setup_word(name: str) -> str:
    """Return how a value of the setup is called by those who type it."""
    return _TYPED.get(name, name)


def unmentioned(names: str) -> str:
    """Say that on a chat people are named by a mention."""
    return (
        f"Nothing was changed, for a name without a mention is nobody whom I could tell anything: {names[:_MOST_NAMES]}. "
        "Type @ and choose them from the list, or say none."
    )


def unknown_setup_word(said: str, nearest: str | None) -> str:
    way_out = (
        f"did you mean {nearest}=…?"
        if nearest
        else "say for example at=09:00 reveal=16:00 zone=Europe/Berlin days=mon-fri."
    )
    return f"I don't know {said[:40]!r}; {way_out}"


def doubled_setup_word(name: str) -> str:
    return f"{name[:40]}= is there twice; say it once."


def asked_now(*, repeat: bool = False) -> str:
    again = " No new question matches just now, so it is one that was asked here before." if repeat else ""
    return f"The question is on its way.{again}"


def in_the_way(round_: RoundId) -> str:
    _, day, _ = programme_and_date(round_)
    return f"The question of {day:%a %d %b} is still open here. Reveal it first with /quiz-admin reveal-now, then ask again."


def being_asked(round_: RoundId) -> str:
    _, day, _ = programme_and_date(round_)
    return f"The question of {day:%a %d %b} is being asked right now, so it stays. /quiz-admin reveal-now can end it early."


def skipped(round_: RoundId, next_: RoundId | None) -> str:
    _, day, _ = programme_and_date(round_)
    then = f" The next one comes on {programme_and_date(next_)[1]:%a %d %b}." if next_ else ""
    return f"There is no question on {day:%a %d %b}.{then} Streaks are not broken by that."


def next_note(asked_before: date | None, why: str) -> str:
    """What can be done about the next question; ``why`` says why it is still the same."""
    again = f"It was asked here before, on {asked_before:%a %d %b %Y}. " if asked_before else ""
    return (
        f"{again}{why or 'Nobody else sees this. /quiz-admin next swap takes another question, /quiz-admin skip none.'}"
    )


def unknown_next_word(said: str) -> str:
    shown = said[:40] + ("…" if len(said) > 40 else "")  # noqa: PLR2004 - a line's worth
    return f"I don't know {shown!r}: /quiz-admin next shows the next question, /quiz-admin next swap takes another one."


SKIPPED_BY_HAND = "by hand"
ENOUGH_SKIPPED = f"{MOST_SKIPPED} rounds ahead are skipped already, so this one stays. /quiz-admin pause stops asking until you resume."
NOTHING_TO_COME = (
    "Nothing is to come here just now: no date, or no question that matches. /quiz-admin status says more."
)
NO_OTHER = "There is no other question in the wanted topics and levels, so this one stays."


def paused(reason: str) -> str:
    return "The quiz is paused here; what is open is still revealed. /quiz-admin resume goes on." + _because(reason)


def not_active(state: str) -> str:
    return f"The quiz is {state} here. /quiz-admin resume or setup starts it again."


CATCHING_UP = "An earlier day is still being seen to: please try again in a few seconds."
NOTHING_TO_PAUSE = "The quiz has ended here, so there is nothing to pause. /quiz-admin setup starts it again."
OPEN_AS_IT_WAS = (
    "The question that is open now is still revealed when its post says; /quiz-admin reveal-now ends it earlier."
)
NOTHING_TO_REVEAL = "No question is open here, so there is nothing to reveal. /quiz-admin ask-now asks one."
REVEALING = "The reveal is on its way."
RESUMED = "The quiz goes on here."
RUNNING = "The quiz is running here already. /quiz-admin status shows what comes next."
REMOVED = "The quiz has ended here. What was open is revealed first; points stay. /quiz-admin setup starts it again."


def wrong_setup_value(name: str, fault: str) -> str:
    return f"{setup_word(name)}: {fault}"


def changed_since(values: Mapping[str, str]) -> str:
    """Somebody else has changed the setup since a form was opened; ``values`` are those that are otherwise now."""
    now = ", ".join(f"{name}={value}" for name, value in values.items())
    return (
        "The setup was changed elsewhere since you opened this form, so nothing was saved. Other than here, there is now "
        f"{now[:300]}. Open the form again to go on from there."
    )


def setup_faults(faults: Sequence[str]) -> str:
    return "Nothing was changed:\n" + "\n".join(f"• {fault}" for fault in faults)


_COLLECTED = {
    Collect.FORM: "privately, with /quiz answer",
    Collect.THREAD: "openly, under the question",
    Collect.BOTH: "privately with /quiz answer, or openly under the question",
}
_FEW = 20
"""Fewer questions than these come back within a month of working days."""


def wanted(topics: Collection[str], levels: Mapping[Level, int], collect: Collect) -> tuple[str, ...]:
    """What a programme asks for, a line each."""
    mix = ", ".join(f"{level} {share}" for level, share in levels.items())
    return (
        f"Topics: {', '.join(sorted(topics)) or 'all'}",
        f"Levels and their shares: {mix or 'all alike'}",
        f"Replies: {_COLLECTED[collect]}",
    )


def questions_match(count: int, days: int) -> str:
    """``days``: so long the questions last before they come back."""
    if not count:
        return "No question matches, so nothing can be asked. Choose other topics or levels with /quiz-admin setup."
    said = "1 question matches" if count == 1 else f"{count:,} questions match"
    if count >= _FEW:
        return f"{said}."
    return f"Only {said}: questions come back after {dates.days(days)}."


def stale(count: int, *, only: bool) -> str:
    """``only``: there are no others, so that these are asked all the same."""
    if only:
        return "Their reviews are too old, so an answer may be out of date: they are asked because there are no others."
    what = "1 more is" if count == 1 else f"{count:,} more are"
    return f"{what} not asked, for the review is too old."


def no_question_has(topics: Collection[str], levels: Collection[Level]) -> str:
    return (
        f"no question of the bank has one of the topics {', '.join(sorted(topics)) or '(all)'} and one of the levels "
        f"{', '.join(levels)}; choose more of either"
    )


def no_question(topics: Collection[str]) -> str:
    return f"there was no question to ask in the wanted topics ({', '.join(sorted(topics)) or 'all'}) and levels"


MISSED = "the time to ask it had passed when the bot was there again"
WITHDRAWN_BY_CHANGE = "the programme was changed, paused or removed before it was posted"


def refused(reason: str) -> str:
    return f"the chat refused the post: {reason}"


def refused_notice(reason: str) -> str:
    return (
        f"The quiz is paused: the chat refused a post ({reason}). Put it right, then /quiz-admin resume. "
        "Nothing that was answered is lost: a reveal that was refused is posted then, within 48 hours."
    )


def _because(reason: str) -> str:
    return f" (Reason: {reason})" if reason else ""
