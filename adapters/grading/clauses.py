"""A reply as sentences of clauses of words, each word knowing where in the text it stands."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from adapters.grading.abbreviations import Abbreviations, abbreviations
from adapters.grading.language import lower_case

_WORD = re.compile(r"[A-Za-z](?:/[A-Za-z])+(?![^\W_])|[^\W_]+(?:['’][^\W_]+)*")  # noqa: RUF001 - phones type the curly one
_MARKS = str.maketrans("", "", "'’/")  # noqa: RUF001 - the same
_END = re.compile(r"[.!?]+(?=\s|$)|[;:\n()\u2022]|\s[-\u2013\u2014]+\s|\u2014")
_JOINT = re.compile(
    r",\s|\b(?:and|but|or|not|while|whereas|because|since|so|although|though|unless|until|then|which|if|when)\b"
)
_BETWEEN_PARTS = frozenset(map("".join, product(("", " ", "\t"), "-/ \t\u2010\u2011")))

_STATED = re.compile(r"(?<=[.!?;])\s+|\n+|[\u25cf\u2022]")
_STATEMENT_LETTERS = 8

_PIECE_WORDS = 4
"""A sentence is cut at a comma or conjunction only if so many words stand on either side."""


class Token(NamedTuple):  # made in a third of a dataclass's time, and a long reply has six hundred
    """A word in the form in which words are compared: lower case, no apostrophe, ``a/b`` as ``ab``.

    ``start`` and ``end`` are its place in the text. ``joined`` is the word together with the one before it, if nothing
    but a space, a hyphen or a slash stands between them ("roll back", "roll-back"), else empty.
    """

    word: str
    start: int
    end: int
    joined: str = ""


Clause = tuple[Token, ...]


def tokens(text: str) -> list[Token]:
    """Return the text's words, in order. The field's terms are in one form, however they were written: "PSI" is one word."""
    found: list[Token] = []
    known = abbreviations()
    before, end = "", 0
    for match in _WORD.finditer(text):
        start, next_end = match.span()
        word = match.group().lower()
        if not word.isalnum():
            word = word.translate(_MARKS)
        word = known.words.get(word, word)
        joined = before + word if before and text[end:start] in _BETWEEN_PARTS else ""
        found.append(Token(word, start, next_end, joined))
        before, end = word, next_end
    return _shortened(found, known) if not known.openings.keys().isdisjoint([token.word for token in found]) else found


def _shortened(found: list[Token], known: Abbreviations) -> list[Token]:
    """Put the short form in the place of a term of several words."""
    short: list[Token] = []
    done = 0
    for at, token in enumerate(found):
        if token.word in known.openings and at >= done and (size := _term(found, at, known)) > 1:
            term = found[at : at + size]
            short += [*found[done:at], Token(known.terms[_said(term)], term[0].start, term[-1].end)]
            done = at + size
    return short + found[done:]


def _term(found: list[Token], at: int, known: Abbreviations) -> int:
    """Return how many words the longest term has that begins here, with nothing but spaces or hyphens in it; 1 if none does."""
    for size in range(known.openings[found[at].word], 1, -1):
        term = found[at : at + size]
        if _said(term) in known.terms and all(token.joined for token in term[1:]):
            return size
    return 1


def _said(term: Iterable[Token]) -> tuple[str, ...]:
    return tuple(token.word for token in term)


def statements(text: str) -> list[str]:
    """Cut an answer into what it states: its sentences, lines and bullets, without scraps; the whole if there is nothing else."""
    return [one.strip() for one in _STATED.split(text) if len(one.strip()) >= _STATEMENT_LETTERS] or [text]


def sentences(text: str) -> list[list[Clause]]:
    """Cut the text at the ends of sentences, at lines and brackets; and each part at joints between pieces long enough."""
    joints = [match.start() for match in _JOINT.finditer(lower_case(text))]
    ends = [match.start() for match in _END.finditer(text)]
    return [list(_pieces(sentence, joints)) for sentence in _cut(tokens(text), ends)]


def _cut(words: list[Token], places: list[int]) -> Iterator[list[Token]]:
    """Deal the words out between the places; no piece is empty."""
    piece: list[Token] = []
    ahead = iter([*places, float("inf")])
    place = next(ahead)
    for word in words:
        if word.start >= place:
            if piece:
                yield piece
            piece = []
            while word.start >= place:
                place = next(ahead)
        piece.append(word)
    if piece:
        yield piece


def _pieces(sentence: list[Token], joints: list[int]) -> Iterator[Clause]:
    if len(sentence) < 2 * _PIECE_WORDS:
        yield tuple(sentence)
        return
    inside = joints[bisect_right(joints, sentence[0].start) : bisect_left(joints, sentence[-1].end)]
    piece: list[Token] = []
    left = len(sentence)
    for part in _cut(sentence, inside):
        if len(piece) >= _PIECE_WORDS <= left:
            yield tuple(piece)
            piece = []
        piece += part
        left -= len(part)
    yield tuple(piece)
