"""The words of some texts by their stems, and which of them a word of a reply stands for: endings, slips and compounds aside."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any

from rapidfuzz.distance import OSA
from snowballstemmer.english_stemmer import EnglishStemmer

from adapters.grading.clauses import Token, tokens
from adapters.grading.language import STOP_WORDS

_TYPO_LETTERS = 5
_ANY_SLIP_LETTERS = 7
_ROOT_LETTERS = 5
OPENING = 2
"""Slips and endings leave so many letters alone at the beginning of a word."""
_BEGINNING = 4
"""Words of one stem have so many letters alike, or all of the shorter one."""
_STEMMED = 20_000
_REMEMBERED = 5_000
"""Words of replies, of which a round has some thousands; so that nobody's inventions fill the memory."""

_stemmer = EnglishStemmer()
_stemming = Lock()


@lru_cache(_STEMMED)
def stem(word: str) -> str:
    """Return the stem of an English word in lower case. Any thread may call it."""
    with _stemming:  # the stemmer keeps the word that it works on
        found: str = _stemmer.stemWord(word)
    return found


def stems(text: str) -> Iterator[str]:
    """Yield the stems of the words that say something, in the order of the text, as often as they stand there."""
    return (stem(token.word) for token in tokens(text) if token.word not in STOP_WORDS)


class Spelling:
    """The words of rubrics that are spelt much like a word of a reply, each list in the order of the alphabet.

    ``kin`` begin as it does, ``derived`` are those of them that have the beginning of its stem ``root`` in common;
    ``slips`` are one slip of the keys away. Without kin there is no root: the stemmer, which is slow, is spared.
    """

    def __init__(self, word: str, kin: Sequence[str], near: Callable[[str], Iterable[str]]) -> None:
        self.kin = kin
        self.root = stem(word) if kin else ""
        self._word = word
        self._near = near

    @cached_property
    def derived(self) -> Sequence[str]:
        return [form for form in self.kin if _is_derived(self.root, stem(form))]

    @cached_property
    def slips(self) -> Sequence[str]:
        return sorted(form for form in self._near(self._word) if _is_slip(self._word, form))


class Spellings:
    """Finds which of the words that were added are spelt much like another one, without looking at all of them."""

    def __init__(self) -> None:
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        self._by_rest: dict[str, list[str]] = defaultdict(list)
        self._longest = 0
        self._added: set[str] = set()
        self._met: dict[str, Spelling] = {}

    def add(self, forms: Iterable[str]) -> None:
        new = set(forms) - self._added
        for form in new:
            self._by_beginning[form[:_BEGINNING]].append(form)
            for rest in _rests(form) if len(form) >= _TYPO_LETTERS - 1 else ():
                self._by_rest[rest].append(form)
            self._longest = max(self._longest, len(form))
        self._added |= new
        self._met.clear()

    def like(self, word: str) -> Spelling:
        """Return what was added that a word, which was not itself, may be meant to be."""
        found = self._met.get(word)
        if found is None:
            forget_some(self._met)
            found = self._met[word] = self._read(word)
        return found

    def _read(self, word: str) -> Spelling:
        if word in STOP_WORDS:
            return Spelling(word, (), lambda _: ())
        return Spelling(word, self._kin(word), self._near)

    def _kin(self, word: str) -> list[str]:
        beginnings = {word[:letters] for letters in range(OPENING, _BEGINNING + 1)}
        return sorted(form for beginning in beginnings for form in self._by_beginning.get(beginning, ()))

    def _near(self, word: str) -> set[str]:
        if not _TYPO_LETTERS <= len(word) <= self._longest + 1:
            return set()
        return {form for rest in _rests(word) for form in self._by_rest.get(rest, ())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """``known`` are the stems that count. ``forms`` maps words, as typed, to those of them that they stand for.

    Several may share their ``spellings``, so that a word of a reply is looked up once for all of them.
    """

    known: Collection[str]
    forms: Mapping[str, tuple[str, ...]]
    spellings: Spellings
    _met: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str], known: Collection[str], spellings: Spellings | None = None) -> "Vocabulary":
        """Take the words of the texts whose stems are ``known``; where "roll back" is one, "rollback" is another of both."""
        forms = _forms(texts, known)
        spellings = spellings or Spellings()
        spellings.add(forms)
        return cls(known=known, forms=forms, spellings=spellings)

    def stems_of(self, word: str) -> tuple[str, ...]:
        """Return the known stems that a word of a reply stands for, allowing for a slip of the keys."""
        found = self.forms.get(word)
        if found is None:
            found = self._met.get(word)
        if found is None:
            forget_some(self._met)
            found = self._met[word] = self._read(word)
        return found

    def stems_at(self, token: Token) -> tuple[str, ...]:
        """Return those of a word and, if it makes one word with its neighbour, of that too."""
        joined = self.forms.get(token.joined)
        return (*self.stems_of(token.word), *joined) if joined else self.stems_of(token.word)

    def _read(self, word: str) -> tuple[str, ...]:
        like = self.spellings.like(word)
        if like.root in self.known and not self.forms.keys().isdisjoint(like.kin):
            return (like.root,)
        return next((self.forms[form] for form in like.derived if form in self.forms), None) or next(
            (self.forms[form] for form in like.slips if form in self.forms), ()
        )


def forget_some(met: dict[Any, Any]) -> None:
    """Keep what is remembered of the words of replies within bounds."""
    if len(met) >= _REMEMBERED:
        met.clear()


def _forms(texts: Iterable[str], known: Collection[str]) -> dict[str, tuple[str, ...]]:
    forms: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for before, token in _with_the_one_before(texts):
        if token.word not in STOP_WORDS:
            forms[token.word] += _known([token.word], known)
        if token.joined and len(both := _known([before, token.word], known)) > 1:
            forms[token.joined] += both
    return {form: tuple(dict.fromkeys(roots)) for form, roots in forms.items() if roots}


def _with_the_one_before(texts: Iterable[str]) -> Iterator[tuple[str, Token]]:
    for text in texts:
        before = ""
        for token in tokens(text):
            yield before, token
            before = token.word


def _known(words: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    return tuple(root for root in map(stem, words) if root in known)


def _rests(word: str) -> list[str]:
    """Return the word, and what is left of it without one of its letters: words that a slip parts have one of these alike."""
    return [word, *(word[:at] + word[at + 1 :] for at in range(OPENING, len(word)))]


def _is_slip(word: str, form: str) -> bool:
    """One letter too many, too few or swapped; in long words also a wrong one ("score" is not "store")."""
    if len(word) < _TYPO_LETTERS or OSA.distance(word, form, score_cutoff=1) > 1:
        return False
    return len(word) != len(form) or len(word) >= _ANY_SLIP_LETTERS or sorted(word) == sorted(form)


def _is_derived(root: str, other: str) -> bool:
    """One stem begins with the other, as "accur" and "accuraci" or "config" and "configur" do."""
    shorter, longer = sorted((root, other), key=len)
    return len(shorter) >= _ROOT_LETTERS and longer.startswith(shorter)
