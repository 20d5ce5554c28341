"""What is said of phrasings that a team has learnt or shall learn."""

from collections.abc import Sequence

from bot.domain.phrasing import MOST_LEARNT
from bot.domain.question import MAX_PHRASING

LEARNT = "Accepted and learnt: from now on it counts here for everybody. Who wrote it is told of the decision."
WHICH_POINT = (
    "Say for which key point, one of those in question, and the passage: /quiz-admin review ID learn 2 PASSAGE."
)
NO_PASSAGE = (
    "Nothing was seen of that key point, so write the passage that says it: /quiz-admin review ID learn 2 PASSAGE."
)
KNOWN = "That phrasing counts for this key point already: accept the reply without it."
COPIED = "That is no phrasing of its own: it is empty, or repeats the question or a hint. Nothing was learnt."
NOT_RECOGNISED = (
    "A reply that says only this would not be seen to make the key point, so learning it would help nobody: mark a longer "
    "part of the reply, or accept it without. Nothing was learnt or decided."
)
NOT_IN_REPLY = "That is not what the reply says: mark a part of it, of which you may change a word or two. Nothing was learnt or decided."
NO_SUCH_POINT = (
    "The bank's newest revision of this question no longer has that key point, so nothing can be learnt for it: accept the "
    "reply without it."
)
FULL = f"This key point has {MOST_LEARNT} learnt phrasings already: drop one first. Nothing was learnt."
TOO_LONG = (
    f"A phrasing has at most {MAX_PHRASING} characters: mark the part of the reply that says it. Nothing was learnt."
)
DROPPED = "Dropped: it counts no longer. What was graded with it stays; /quiz-admin regrade grades anew."
CHANGED = "Changed: from now on the new words count."
GONE = "There is no such phrasing (any more)."
HOW = "/quiz-admin phrasings QUESTION drop ID, or edit ID TEXT, changes it."
NONE = "Nothing was learnt of this question yet: /quiz-admin review ID learn teaches it."
NO_QUESTION = "There is no question of that name in the bank."


def too_long(length: int) -> str:
    return f"{TOO_LONG} This has {length:,}."


def fits_two(other: int) -> str:
    return f"That also says key point {other}, so it would count for both: mark a smaller part. Nothing was learnt."


def fits_a_wrong_reply(sample: str) -> str:
    return f"With that, a reply known to be wrong would count: “{sample}” Nothing was learnt."


def changes_another(other: int, sample: str) -> str:
    return f"With that, key point {other} would be seen differently in “{sample}” Nothing was learnt."


def which_question(ids: Sequence[str]) -> str:
    """Name the last questions that were asked here."""
    asked = f" The last ones here: {', '.join(ids)}." if ids else ""
    return f"Say of which question: /quiz-admin phrasings QUESTION.{asked}"
