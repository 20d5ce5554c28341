"""Every sentence the bot says. A chat adds its own buttons and dates, never its own sentences about the quiz."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.domain.ids import RoundId, programme_and_date
from bot.domain.programme import Collect
from bot.domain.question import Level
from bot.domain.reply import MAX_MESSAGES, MAX_REPLY, Origin, ReceiptState

NOT_SAVED = "Something on our side did not answer in time: your reply was NOT saved. Please send it again in a moment."
NOT_HEARD = (
    "Something on our side did not answer in time. Your message stands here all the same: it is read again before the reveal, so "
    "there is no need to write it twice."
)
DELETION_NOT_HEARD = "Something on our side did not answer in time. Your message is gone all the same: that is read again before the reveal."
NOT_COLLECTED = "Replies are not collected this way here, so this does not count. /quiz help says how to answer."
NO_FORM = "Here replies are written openly under the question: answer its post, for all to read."
NOT_DONE = "Something on our side did not answer in time, so this may not have been done. Please look in a moment, and try again."
PRESENT_UNREAD = "Your present reply could not be read just now; what you send replaces it."

COMING = "The question is just coming, so nothing is taken yet. Please try again in a few seconds."
NO_ROUND = "No question is open here just now. The next one comes at its time; /quiz help says what else there is."
NOTHING_REVEALED = "Nothing has been revealed here yet, so there is no grade to look at."
NO_REPLY = (
    "You did not reply to the question that was revealed last, so there is no grade for it; its model answer is in the reveal. "
    "The grade of an open question comes with its own reveal."
)
NOT_REVEALED = "This question is still open. Your grade comes with the reveal."
ROUND_GONE = "That question is too old: what was written then has been deleted, as promised."
NO_HINTS = "This question has no hints."
NOT_ADMIN = "Only those who look after the quiz in this place can do that. Ask one of them, or a workspace admin."
NO_PROGRAMME = "The quiz is not set up here yet. An admin can do it with /quiz-admin setup."

CHECK_NOTICE = (
    "Tick what your reply really says: what is covered is ticked already, what is marked maybe counts once you tick it. "
    "Your lead may read this reply if you change a tick or appeal."
)
CHECK_CLOSED = "The self-check for this question has ended; this is what stands."
CHECK_KEPT = "Kept. This is what stands now; you can change it until the self-check ends."
NOT_IN_GOOD_FAITH = (
    'This reply earned no points: it is empty of an answer of its own (an "I don\'t know", the question or a hint copied, or '
    "a copy of a reply that was there to read). If that is wrong, tell your lead."
)
LATE_NOTICE = "This came after the close, so it has no points; here is what it covers, for your own learning."

NOBODY_YET = "Nobody has points here yet: the next honest reply opens this board."
BOARD_UPDATING = "Points are being added this very moment: look again in a few seconds."
BOARD_PROVISIONAL = "Provisional: self-checks are still open."

SETUP_NOTE = "Name what is to be different, such as at=09:30 zone=Europe/Berlin. What is not named stays as it is."
SETUP_MEANINGS = {
    "at": "when to ask, HH:MM",
    "reveal": "when to reveal, HH:MM",
    "zone": "the clock of these times, such as Europe/Berlin",
    "days": "mon-fri, or mon,wed,fri, or daily",
    "every": "every how many weeks; 1 is every week",
    "topics": "topics of the bank with commas, or all",
    "levels": "with their shares, such as foundation:3,expert:1",
    "collect": "form, thread or both",
    "holidays": "a country or region whose holidays are days off, such as DE or DE-BE, or none",
}

HELP_TITLE = "A question a day, answered in private, revealed with sources"
HELP: tuple[tuple[str, str], ...] = (
    ("/quiz answer", "write or change your reply to the open question; nobody sees it before the reveal"),
    ("/quiz grade [1 3|none]", "see your own grade after the reveal; with numbers, keep exactly these key points"),
    ("/quiz leaderboard [day|week|month|season|all] [team]", "the ranking; /leaderboard is short for it"),
    ("/quiz help", "this list"),
    ("/quiz-admin status", "for those who look after the quiz: what comes next and what came last"),
    ("/quiz-admin setup", "set the quiz up here, or change it: at=09:00 reveal=16:00 zone=Europe/Berlin days=mon-fri"),
    ("/quiz-admin ask-now, reveal-now", "ask or reveal at once instead of waiting for the time"),
    ("/quiz-admin pause, resume, remove", "stop asking for a while, go on, or end the quiz here"),
)
HELP_CLOSING = "2 points for any honest reply, up to 8 for its key points. None for speed, none for length."

OVERTAKEN = "Something newer from you came before this one, so it changes nothing."
WHAT_COUNTS = "What counts, shown here to you alone:"
PRIVATE_STANDS = f"Your private answer stands; this message does not count, though everyone can read it. {WHAT_COUNTS}"
TOO_LONG_TOGETHER = (
    f"This does not count: your messages are read in their order, up to {MAX_REPLY:,} characters and {MAX_MESSAGES} messages "
    "together. Shorten or delete an earlier one to make room."
)
WITHOUT_ROOM = f"Together they are longer than {MAX_REPLY:,} characters, so what has no room does not count."

_RECEIPTS = {
    ReceiptState.WITHDRAWN: "Your reply is withdrawn. You can send another one until the reveal.",
    ReceiptState.LATE: "This question has closed, so this came too late for points.",
    ReceiptState.EMPTY: "There was no text in that, so nothing was saved. Write a sentence or two.",
    ReceiptState.UNKNOWN_ROUND: NO_ROUND,
    ReceiptState.NOT_SAVED: NOT_SAVED,
    ReceiptState.NOT_COLLECTED: NOT_COLLECTED,
}


def receipt(state: ReceiptState, repliers: int = 0, length: int = 0) -> str:
    if state is ReceiptState.ACCEPTED:
        others = {0: "", 1: " You are the first."}.get(repliers, f" {repliers} people have replied so far.")
        return f"Your reply is saved; only you can see it here, and you can change it until the reveal.{others}"
    if state is ReceiptState.TOO_LONG:
        return (
            f"That has {length:,} characters and nothing was saved: at most {MAX_REPLY:,} are read. "
            "Shorten it to what matters; length earns nothing."
        )
    return _RECEIPTS[state]


def receipt_in_thread(repliers: int, *, private: bool, without_room: bool = False) -> str:
    """An accepted reply that stands in a thread: everyone can read it, and the member should know.

    ``private``: there is a private way to answer here. ``without_room``: another message no longer counts.
    """
    count = "you are the first" if repliers == 1 else f"{repliers} people have replied so far"
    readable = "Everyone can read it here" + (": with /quiz answer a reply stays private." if private else ".")
    room = f" {WITHOUT_ROOM}" if without_room else ""
    return f"Your reply counts; {count}. {readable} Edit or delete your message to change or withdraw it.{room}"


def gone(*, private: bool, without_room: bool = False) -> str:
    """A message was deleted, and something of the member still stands: the private answer, or other messages."""
    stands = "your private answer stands" if private else "your other messages still count"
    room = f" {WITHOUT_ROOM}" if without_room else ""
    return f"Your message is gone; {stands}.{room} {WHAT_COUNTS}"


def late(*, stands: bool, withdrawn: bool, covered: bool) -> str:
    """What came after the close. ``stands``: a reply in time is shown; ``covered``: so is the late one, after it."""
    if withdrawn:
        return f"This question has closed, so that changes nothing. {WHAT_COUNTS if stands else ''}".rstrip()
    if stands and covered:
        return f"{_RECEIPTS[ReceiptState.LATE]} First your reply in time, which counts; then this one, with what it covers."
    return f"{_RECEIPTS[ReceiptState.LATE]} {WHAT_COUNTS if stands else ''}".rstrip()


def grade_notice(origin: Origin, *, open_now: bool) -> str:
    if not open_now:
        return CHECK_CLOSED
    return CHECK_NOTICE if origin is Origin.SUGGESTED else CHECK_KEPT


def hint(number: int, of: int, text: str) -> str:
    return f"Hint {number} of {of}: {text}"


def no_such_hint(of: int) -> str:
    return f"There is no such hint: this question has {of}." if of else NO_HINTS


def ticks_do_not_fit(of: int) -> str:
    return f"This question has {of} key points; say for each of them whether your reply makes it."


def which_points(of: int) -> str:
    return f"Say which of the {of} key points your reply makes: /quiz grade 1 {min(of, 3)}, or /quiz grade none."


def unknown_command(said: str, nearest: str | None) -> str:
    """The word is the caller's own: it is shortened and shown to the caller alone."""
    shown = said[:40] + ("…" if len(said) > 40 else "")  # noqa: PLR2004 - a line's worth
    way_out = f"Did you mean {nearest}?" if nearest else "/quiz help lists what there is."
    return f"I don't know {shown!r}. {way_out}"


def unknown_setup_word(said: str, nearest: str | None) -> str:
    way_out = (
        f"did you mean {nearest}=…?"
        if nearest
        else "say for example at=09:00 reveal=16:00 zone=Europe/Berlin days=mon-fri."
    )
    return f"Nothing was changed: I don't know {said[:40]!r}; {way_out}"


def doubled_setup_word(name: str) -> str:
    return f"Nothing was changed: {name[:40]}= is there twice; say it once."


def unknown_period(said: str, kinds: Sequence[str]) -> str:
    return f"I don't know the period {said[:40]!r}: say one of {', '.join(kinds)}."


def asked_now(*, repeat: bool = False) -> str:
    again = " No new question matches just now, so it is one that was asked here before." if repeat else ""
    return f"The question is on its way.{again}"


def in_the_way(round_: RoundId) -> str:
    _, day, _ = programme_and_date(round_)
    return f"The question of {day:%a %d %b} is still open here. Reveal it first with /quiz-admin reveal-now, then ask again."


def paused(reason: str) -> str:
    return "The quiz is paused here; what is open is still revealed. /quiz-admin resume goes on." + _because(reason)


def not_active(state: str) -> str:
    return f"The quiz is {state} here. /quiz-admin resume or setup starts it again."


CATCHING_UP = "An earlier day is still being seen to: please try again in a few seconds."
NOTHING_TO_PAUSE = "The quiz has ended here, so there is nothing to pause. /quiz-admin setup starts it again."
REVEALING = "The reveal is on its way."
RESUMED = "The quiz goes on here."
REMOVED = "The quiz has ended here. What was open is revealed first; points stay. /quiz-admin setup starts it again."


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
    return f"Only {said}: questions come back after {'1 day' if days == 1 else f'{days} days'}."


def no_question(topics: Collection[str]) -> str:
    return f"there was no question to ask in the wanted topics ({', '.join(sorted(topics)) or 'all'}) and levels"


MISSED = "the time to ask it had passed when the bot was there again"
WITHDRAWN_BY_CHANGE = "the programme was changed, paused or removed before it was posted"


def refused(reason: str) -> str:
    return f"the chat refused the post: {reason}"


def refused_notice(reason: str) -> str:
    return (
        f"The quiz is paused: the chat refused a post ({reason}). Put it right, then /quiz-admin resume. "
        "Nothing that was answered is lost."
    )


def local(at: datetime) -> str:
    """An instant in the zone it carries, to the minute."""
    return f"{at:%a %d %b %H:%M}"


def _because(reason: str) -> str:
    return f" (Reason: {reason})" if reason else ""
