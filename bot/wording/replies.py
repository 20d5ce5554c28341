"""What is said of replies: receipts, forms and hints."""

from bot.domain.reply import MAX_MESSAGES, MAX_REPLY, ReceiptState

NOT_SAVED = "Something on our side did not answer in time: your reply was NOT saved. Please send it again in a moment."
WHAT_YOU_WROTE = "This is what you wrote, shown here to you alone:"
NOT_HEARD = (
    "Something on our side did not answer in time. Your message stands here all the same: it is read again before the reveal, so "
    "there is no need to write it twice."
)
DELETION_NOT_HEARD = "Something on our side did not answer in time. Your message is gone all the same: that is read again before the reveal."
NOT_COLLECTED = "Replies are not collected this way here, so this does not count. /quiz help says how to answer."
NO_FORM = "Here replies are written openly under the question: answer its post, for all to read."
PRESENT_UNREAD = "Your present reply could not be read just now; what you send replaces it."
FORM_HINT = "Only you see this; your lead too, if you change a tick afterwards. Honesty counts, length does not."
VISIBLE_HINT = "All can read what stands here now, in the thread. What you send here counts instead, in private."
"""Both hints are short enough for a form's field anywhere: 100 characters."""
COMING = "The question is just coming, so nothing is taken yet. Please try again in a few seconds."
NO_ROUND = "No question is open here just now. /quiz ask gives you one to practise; /quiz help says what else there is."
_OPEN_INSTEAD = "Open now is another one, on {topic}: answer it with the button of its own post, or with /quiz answer."
NO_HINTS = "This question has no hints."
OVERTAKEN = "Something newer from you came before this one, so it changes nothing."
EARLIER_COUNTS = "What you wrote before still counts."
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


def closed(*, revealed: bool, open_topic: str = "") -> str:
    """Of a question that is over, to who presses the button of its old post; ``open_topic`` is that of the one which is open."""
    reveal = " Its reveal stands with its post." if revealed else ""
    return f"This question has closed.{reveal} {_OPEN_INSTEAD.format(topic=open_topic) if open_topic else NO_ROUND}"


def hint(number: int, of: int, text: str) -> str:
    return f"Hint {number} of {of}: {text}"


def no_such_hint(of: int) -> str:
    return f"There is no such hint: this question has {of}." if of else NO_HINTS
