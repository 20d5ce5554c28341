"""What is said to who practises alone."""

from collections.abc import Sequence

from bot.domain.reply import MAX_REPLY

REVIEW = "You have met this one before; it is back to see whether it stuck."
NOT_NOW = "This question cannot be practised just now; after a reveal it can be again. /quiz ask gives you another one."
GONE = "This question is no longer in the bank. /quiz ask gives you another one."
REWORKED = "The key points of this question were reworked since you answered it. /quiz ask gives you a fresh start."
EMPTY = "There was no text in that, so nothing was looked at. Write a sentence or two."
NO_ATTEMPT = "No practice reply of yours to this question is kept, so there is nothing to look at."
CHECK = (
    "For you alone, without points. Tick what your reply really says: it decides when this question comes back to you."
)
KEPT = "Kept. This decides when the question comes back to you; you can still change it."
MET_SINCE = "You have met this question again since, so this can only be read."
NOT_IN_GOOD_FAITH = "There is no answer of your own in this, so the question comes back soon. Try again whenever you like, or look at the answer."
NO_OTHER = "There is no other question of this kind to practise just now. /quiz ask draws from all of them."
CLOSED = frozenset({NOT_NOW, GONE})
"""After these a form is of no use any more."""


def too_long(length: int) -> str:
    return f"That has {length:,} characters and was not looked at: at most {MAX_REPLY:,} are read. Shorten it to what matters."


def unclear(said: str, meant: Sequence[str], topics: Sequence[str], levels: Sequence[str]) -> str:
    """A word that names nothing (then with the nearest names, or with all), or that begins several names."""
    shown = said[:40] + ("…" if len(said) > 40 else "")  # noqa: PLR2004 - a line's worth
    if meant:
        return f"I don't know which topic or level {shown!r} is. Did you mean {_joined(meant, 'or')}?"
    return f"I don't know {shown!r}. Topics are {_joined(topics, 'and')}; levels are {_joined(levels, 'and')}."


def too_many(first: str, second: str) -> str:
    return f"{first} and {second} cannot be had in one question: name one topic, one level, or one of each."


def nothing_on(topic: str, level: str) -> str:
    """There is no such question, or none that may be given: one sentence for both. Both values may be empty."""
    wanted = (f" on {topic}" if topic else "") + (f" at the level {level}" if level else "")
    return f"There is no question{wanted} to practise just now." + (
        " /quiz ask draws from all there are." if wanted else ""
    )


def _joined(names: Sequence[str], word: str) -> str:
    return f" {word} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
