"""Whether a reply is an attempt of one's own: no "I don't know", no copy of what was there to read."""

import re
import unicodedata
from functools import lru_cache
from itertools import takewhile

from bot.domain.no_answer import PADDING, SAY_LITTLE, is_no_answer
from bot.domain.question import Question

_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
"""What shows nothing: in a word, it would make another one of it."""
_LOOK_ALIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u043a\u043c\u0442\u03bf\u03b1\u03bd\u03c1\u03b9\u03c5\u03c7",
    "aeopcyxijskmtoavpiux",
)
"""Small letters of the Cyrillic and the Greek alphabet, and the Latin ones that people take them for."""
_WORD = re.compile(r"[^\W_]+")
_WORD_AT = re.compile("[^\\W_]+(?:['\u2018\u2019\u02bc][^\\W_]+)*")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc]")
"""Straight, and as phones type it."""

FEW_WORDS = 5
"""Below this many words a likeness says nothing: "blue-green" may be the answer to a question that has the word."""
_PASSAGE = 8
"""So many words in a row are a copy of what was there to read, and fewer only if there was no more to read."""
_MANY_WORDS = 12
"""So many words, all of which were there to read, are a copy in whatever order they stand."""
_QUESTIONS = 64
"""So many questions' words are remembered: each is set against every reply of its round."""
VERDICTS = frozenset(["always", "cannot", "cant", "dont", "false", "never", "no", "not", "true", "yes"])
"""One such word beside a copied sentence makes it an answer."""


def in_good_faith(text: str, question: Question) -> bool:
    """Tell whether a reply is an attempt of one's own: not empty, no "I don't know", no noise, no copy of the question or of a hint.

    A copy may have a word changed or added. Copies of what others wrote are found by ``bot.domain.copying``.
    """
    said = words(text)
    if not said or is_no_answer(said):
        return False
    shown = _shown(question)
    if len(said) >= _MANY_WORDS and _known(shown).issuperset(said):
        return False
    return not any(_copied(said, one) for one in _words_shown(shown)) and _has_own_words(text, question)


def copied_passages(text: str, question: Question) -> list[tuple[int, int]]:
    """Return where the text repeats the question or a hint, five words in a row or more, as (start, end) in characters."""
    runs = _runs_shown(_shown(question))
    if runs.isdisjoint(_runs(words(text))):  # nearly always, and told ten times sooner than where
        return []
    found = [(_plain(match[0]), match.span()) for match in _WORD_AT.finditer(text)]
    spans: list[tuple[int, int]] = []
    for at, run in enumerate(_runs([word for word, _ in found])):
        if run in runs:
            start, end = found[at][1][0], found[at + FEW_WORDS - 1][1][1]
            spans[-1:] = [(spans[-1][0], end)] if spans and spans[-1][1] >= start else [*spans[-1:], (start, end)]
    return spans


def words(text: str) -> list[str]:
    """Return the text's words as people see them: lower case, without punctuation, whatever letters they are made of."""
    said = text.lower()
    if not said.isascii():
        said = _HIDDEN.sub("", unicodedata.normalize("NFKC", said)).translate(_LOOK_ALIKE)
    return _WORD.findall(_APOSTROPHE.sub("", said))


def _shown(question: Question) -> tuple[str, ...]:
    return question.text, *question.hints


@lru_cache(_QUESTIONS)
def _words_shown(shown: tuple[str, ...]) -> tuple[list[str], ...]:
    return tuple(map(words, shown))


@lru_cache(_QUESTIONS)
def _runs_shown(shown: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(run for said in _words_shown(shown) for run in _runs(said))


def _runs(said: list[str]) -> list[tuple[str, ...]]:
    """Return every five words in a row."""
    return list(zip(*(said[at:] for at in range(FEW_WORDS)), strict=False))


def _plain(word: str) -> str:
    lower = word.lower()
    return lower if lower.isalnum() else _APOSTROPHE.sub("", lower)


def _has_own_words(text: str, question: Question) -> bool:
    """Tell whether there is more than passages put together from what was there to read."""
    spans = copied_passages(text, question)
    if not spans:
        return True
    own = [_plain(match[0]) for match in _WORD_AT.finditer(text) if not any(a <= match.start() < b for a, b in spans)]
    return not is_no_answer(own) and (len(own) >= FEW_WORDS or not VERDICTS.isdisjoint(own))


@lru_cache(_QUESTIONS)
def _known(shown: tuple[str, ...]) -> frozenset[str]:
    return SAY_LITTLE.union(PADDING, *_words_shown(shown))


def _copied(said: list[str], shown: list[str]) -> bool:
    """Tell whether the words are a passage of what was shown, or all of it again and again, with one word off at most."""
    size = len(shown)
    again = 0
    while size and len(said) - again > size and said[again : again + size] == shown:
        again += size
    said = said[again:]
    if said == shown or (again and len(said) == 1):
        return said[0] not in VERDICTS
    if not max(FEW_WORDS, min(_PASSAGE, size)) <= len(said) <= size + 1:
        return False
    return any(_stands_at_start(said, shown[at:]) for at in range(size))


def _stands_at_start(said: list[str], shown: list[str]) -> bool:
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(said, shown, strict=False))))
    if same == len(said):
        return True
    own, theirs = said[same], shown[same : same + 1]
    if not VERDICTS.isdisjoint([own, *theirs]):
        return False
    rests = ((said[same + 1 :], shown[same:]), (said[same + 1 :], shown[same + 1 :]), (said[same:], shown[same + 1 :]))
    return any(left == right[: len(left)] for left, right in rests)
