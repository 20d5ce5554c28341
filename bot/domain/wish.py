"""What somebody wants to practise, as people type it: a topic, a level, both in any order, or neither."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from difflib import get_close_matches

from bot.domain.question import Level, Question

_NEAREST = 3
_LOOKED_AT = 40
"""So many characters of a word are compared: no topic has a longer name."""
_SEPARATORS = str.maketrans("/_,", "-- ")
_CALLED = {
    "advanced": Level.EXPERT,
    "basic": Level.FOUNDATION,
    "beginner": Level.FOUNDATION,
    "easy": Level.FOUNDATION,
    "hard": Level.EXPERT,
    "intermediate": Level.PRACTITIONER,
    "medium": Level.PRACTITIONER,
}
"""What levels are called elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """``topic`` is empty for any, ``level`` None for every one."""

    topic: str = ""
    level: Level | None = None

    def takes(self, question: Question) -> bool:
        return self.topic in {"", question.topic} and self.level in {None, question.level}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """The word that could not be read: it names nothing, or several of what ``meant`` lists. ``meant`` may be empty."""

    said: str
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TooMany:
    """Two topics, or two levels, were named."""

    said: tuple[str, str]


def read_wish(text: str, topics: Collection[str]) -> Wish | Unclear | TooMany:
    """Read a topic and a level out of a few words, in any order and case; the beginning of a name is enough if it has no other.

    A name of two words may be written as two. Of a word that is like no name, a topic behind it may have been meant.
    """
    topic, level = "", ""
    words = _words(text, topics)
    for at, word in enumerate(words):
        named = _named(word, topics)
        if isinstance(named, Unclear):
            return named if named.meant else replace(named, meant=tuple(one for one in words[at:] if one in topics))
        before = topic if named in topics else level
        if before and before != named:
            return TooMany(said=(before, named))
        if named in topics:
            topic = named
        else:
            level = named
    return Wish(topic=topic, level=Level(level) if level else None)


def _words(text: str, topics: Collection[str]) -> list[str]:
    words: list[str] = []
    for word in text.lower().translate(_SEPARATORS).split():
        if words and f"{words[-1]}-{word}" in topics:
            words[-1] += f"-{word}"
        else:
            words.append(word)
    return words


def _named(word: str, topics: Collection[str]) -> str | Unclear:
    names: list[str] = sorted({*topics, *Level})
    if word in names:
        return word
    begun = [name for name in names if name.startswith(word)]
    if len(begun) == 1:
        return begun[0]
    if word in _CALLED:
        return Unclear(said=word, meant=(_CALLED[word],))
    near = get_close_matches(word[:_LOOKED_AT], names, n=_NEAREST)
    return Unclear(said=word, meant=tuple(begun or near))
