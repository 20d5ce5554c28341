"""What is said of appeals, of what waits for a lead, and of what was decided."""

from bot.domain.ids import RoundId, programme_and_date
from bot.domain.reply import Decision
from bot.domain.review import MAX_REASON
from bot.wording.texts import shortened, tidy

_LONGEST_NEWS = 200

APPEALED = (
    "Your appeal is kept: whoever looks after the quiz here reads your reply and decides, and you are told once it is decided. "
    "Until then this is what stands."
)
APPEAL_NEEDS_REASON = "Say in a sentence why: whoever decides reads it beside your reply. /quiz appeal 1 3 -- REASON asks for key points 1 and 3."
NOTHING_TO_APPEAL = (
    "Everything that you name counts already, so there is nothing to decide. Name the key points that your reply makes and "
    "that do not count yet: /quiz appeal 1 3 -- REASON."
)
WHY_WANTED = "You ticked what was not seen in your reply: tell whoever looks after the quiz here in a sentence why, beside your ticks."
NOTHING_WAITS = "Nothing waits for you here: no appeal, and no tick above what was suggested."
ALREADY_DECIDED = "Somebody else has decided this before you: that stands. Here is what still waits."
CHANGED = "This was decided, changed by its writer or graded anew since you saw it, so nothing was done. Here is what waits now."
OVERRULING_NEEDS_REASON = (
    "Say why, in a sentence for the one who wrote it: /quiz-admin review ID overrule REASON. Nothing was decided."
)
POINT_IS_FOR_LEARN = (
    "The number of a key point goes with learn: /quiz-admin review ID learn 2 PASSAGE accepts it and learns that way of putting key "
    "point 2. A reason that begins with a number stands behind two dashes: accept -- REASON. Nothing was decided."
)
ACCEPTED = "Accepted. Who wrote it is told."
OVERRULED = "Overruled. Who wrote it is told, with your reason."
HOW = (
    "/quiz-admin review ID accept, or overrule REASON, decides it, and learn 2 PASSAGE accepts it and learns that way of putting "
    "key point 2; the first word is final."
)
TICKS = "Ticked above the suggestion"
APPEAL = "Appeal"
APPEAL_OF_COPY = "Appeal: it was taken for a copy of an earlier open reply"
APPEAL_OF_WORTHLESS = "Appeal: it was taken for no answer of its own"


def unknown_word(said: str) -> str:
    return f"I don't know {said[:40]!r} here. {HOW}"


def too_long(length: int) -> str:
    return f"That reason has {length:,} characters: at most {MAX_REASON} are kept. Nothing was done; say it shorter."


def waiting(count: int) -> str:
    """A line in the status."""
    replies = "1 reply waits" if count == 1 else f"{count} replies wait"
    return f"{replies} for a word of yours: /quiz-admin review"


def shown(first: int, last: int, count: int) -> str:
    """Which of how many are on a page."""
    if first == last == count:
        return f"1 reply waits. {HOW}" if count == 1 else f"The last of {count} that wait. {HOW}"
    return f"{first} to {last} of {count} that wait, newest first. {HOW}"


def decision(*, accepted: bool, reason: str) -> str:
    """What a member reads of it beside the grade."""
    if accepted:
        said = "Whoever looks after the quiz here has read your reply and accepted what was in question."
    else:
        said = "Whoever looks after the quiz here has read your reply and does not count what was in question."
    why = f" Their reason: {reason}" if reason else ""
    return f"{said}{why}\nThat is final."


def news_of_review(round_: RoundId, decided: Decision | None) -> str:
    """What is told of a decision, by the next answer; None if there is no trace of it any more."""
    day = programme_and_date(round_)[1]
    what = "has been looked at" if decided is None else ("was accepted" if decided.accepted else "was overruled")
    why = f": {shortened(tidy(decided.reason), _LONGEST_NEWS)}" if decided and decided.reason else ""
    subject = "Your reply" if decided is None else "What was in question in your reply"
    return f"{subject} of {day:%a %d %b} {what}{why} ({_grade_of(round_)} shows it)."


def _grade_of(round_: RoundId) -> str:
    return f"/quiz grade {round_.rpartition(':')[2]}"
