"""The words of some texts by their stems, and which of them a word of a reply stands for: endings, slips and compounds aside."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from rapidfuzz.distance import OSA
from snowballstemmer.english_stemmer import EnglishStemmer

from adapters.grading.clauses import Token, tokens
from adapters.grading.language import STOP_WORDS

_TYPO_LETTERS = 5
_ANY_SLIP_LETTERS = 7
_ROOT_LETTERS = 5
OPENING = 2
"""Slips and endings leave so many letters alone at the beginning of a word: only words that have them alike are compared."""
_BEGINNING = 4
"""Words of one stem have so many letters alike, or all of the shorter one."""

_stemmer = EnglishStemmer()
_stemming = Lock()


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of an English word in lower case. Any thread may call it."""
    with _stemming:  # the stemmer keeps the word that it works on
        found: str = _stemmer.stemWord(word)
    return found


def stems(text: str) -> Iterator[str]:
    """Yield the stems of the words that say something, in the order of the text, as often as they stand there."""
    return (stem(token.word) for token in tokens(text) if token.word not in STOP_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """``known`` are the stems that count. ``forms`` maps words, as typed, to those of them that they stand for."""

    known: Collection[str]
    forms: Mapping[str, tuple[str, ...]]
    _alike: Mapping[str, Sequence[str]]
    _met: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str], known: Collection[str]) -> "Vocabulary":
        """Take the words of the texts whose stems are ``known``; where "roll back" is one, "rollback" is another of both."""
        forms = _forms(texts, known)
        return cls(known=known, forms=forms, _alike=_by_opening(forms))

    def stems_of(self, word: str) -> tuple[str, ...]:
        """Return the known stems that a word of a reply stands for, allowing for a slip of the keys."""
        found = self.forms.get(word)
        if found is None:
            found = self._met.get(word)
        if found is None:
            found = self._met[word] = self._read(word)
        return found

    def stems_at(self, token: Token) -> tuple[str, ...]:
        """Return those of a word and, if it makes one word with its neighbour, of that too."""
        joined = self.forms.get(token.joined)
        return (*self.stems_of(token.word), *joined) if joined else self.stems_of(token.word)

    def _read(self, word: str) -> tuple[str, ...]:
        if word in STOP_WORDS:
            return ()
        near = self._alike.get(word[:OPENING], ())
        kin = [form for form in near if form[:_BEGINNING] == word[: min(len(form), _BEGINNING)]]
        known = self._of_kin(word, kin) if kin else ()  # without kin the stemmer, which is slow, is spared
        return known or next((self.forms[form] for form in near if _is_slip(word, form)), ())

    def _of_kin(self, word: str, kin: Iterable[str]) -> tuple[str, ...]:
        root = stem(word)
        if root in self.known:
            return (root,)
        return next((self.forms[form] for form in kin if _is_derived(root, stem(form))), ())


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


def _by_opening(forms: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for form in sorted(forms):
        found[form[:OPENING]].append(form)
    return dict(found)


def _is_slip(word: str, form: str) -> bool:
    """One letter too many, too few or swapped; in long words also a wrong one ("score" is not "store")."""
    if len(word) < _TYPO_LETTERS or OSA.distance(word, form, score_cutoff=1) > 1:
        return False
    return len(word) != len(form) or len(word) >= _ANY_SLIP_LETTERS or sorted(word) == sorted(form)


def _is_derived(root: str, other: str) -> bool:
    """One stem begins with the other, as "accur" and "accuraci" or "config" and "configur" do."""
    shorter, longer = sorted((root, other), key=len)
    return len(shorter) >= _ROOT_LETTERS and longer.startswith(shorter)
