"""Whether a reply is an attempt of one's own: no "I don't know", no copy of what was there to read."""

import re
from collections.abc import Iterable
from itertools import takewhile

from bot.domain.question import Question

_NO_ANSWER = frozenset(
    [
        "beats me",
        "cant answer",
        "cant say",
        "do not know",
        "dont know",
        "dunno",
        "i cannot answer",
        "i cannot say",
        "i cant answer",
        "i cant say",
        "i do not know",
        "i dont know",
        "i dont remember",
        "i dunno",
        "i forgot",
        "i give up",
        "i have no answer",
        "i have no clue",
        "i have no idea",
        "i pass",
        "i skip",
        "idk",
        "ill pass",
        "ill skip",
        "im not sure",
        "n a",
        "na",
        "no answer",
        "no clue",
        "no idea",
        "none",
        "not a clue",
        "not sure",
        "nothing",
        "pass",
        "skip",
        "tbd",
        "test",
        "todo",
    ]
)
_PADDING = frozenset(
    [
        "actually",
        "answer",
        "frankly",
        "haha",
        "hm",
        "hmm",
        "honestly",
        "lol",
        "one",
        "really",
        "sadly",
        "sorry",
        "tbh",
        "that",
        "the",
        "this",
        "to",
        "today",
        "uh",
        "um",
        "well",
        "yet",
    ]
)
"""What people put around "I don't know"."""
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc]")
"""Straight, and as phones type it."""

_FEW_WORDS = 5
"""Below this many words a likeness says nothing: "blue-green" may be the answer to a question that has the word."""
_PASSAGE = 8
"""So many words in a row are a copy of what was there to read, and fewer only if there was no more to read."""
_VERDICTS = frozenset(["always", "cannot", "cant", "dont", "false", "never", "no", "not", "true", "yes"])
"""One such word beside a copied sentence makes it an answer."""


def in_good_faith(text: str, question: Question, earlier_visible: Iterable[str] = ()) -> bool:
    """Tell whether a reply is an attempt of one's own: not empty, no "I don't know", no copy of what was there to read.

    A copy of the question or of a hint may have a word changed or added; one of an earlier reply has the very same words.
    """
    said = words(text)
    if not said or _is_no_answer(said):
        return False
    if any(_copied(said, words(shown)) for shown in (question.text, *question.hints)):
        return False
    return len(said) < _FEW_WORDS or all(words(other) != said for other in earlier_visible)


def words(text: str) -> list[str]:
    """Return the text's words, lower case, without punctuation."""
    return _WORD.findall(_APOSTROPHE.sub("", text.lower()))


def _is_no_answer(said: list[str]) -> bool:
    return " ".join(said) in _NO_ANSWER or " ".join(word for word in said if word not in _PADDING) in _NO_ANSWER


def _copied(said: list[str], shown: list[str]) -> bool:
    """Tell whether the words are a passage of what was shown, or all of it again and again, with one word off at most."""
    size = len(shown)
    again = 0
    while size and len(said) - again > size and said[again : again + size] == shown:
        again += size
    said = said[again:]
    if said == shown or (again and len(said) == 1):
        return said[0] not in _VERDICTS
    if not max(_FEW_WORDS, min(_PASSAGE, size)) <= len(said) <= size + 1:
        return False
    return any(_stands_at_start(said, shown[at:]) for at in range(size))


def _stands_at_start(said: list[str], shown: list[str]) -> bool:
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(said, shown, strict=False))))
    if same == len(said):
        return True
    own, theirs = said[same], shown[same : same + 1]
    if not _VERDICTS.isdisjoint([own, *theirs]):
        return False
    rests = ((said[same + 1 :], shown[same:]), (said[same + 1 :], shown[same + 1 :]), (said[same:], shown[same + 1 :]))
    return any(left == right[: len(left)] for left, right in rests)
