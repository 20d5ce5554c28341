"""A reply as sentences of clauses of words, each word knowing where in the text it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-z](?:/[A-Za-z])+(?![^\W_])|[^\W_]+(?:['’][^\W_]+)*")  # noqa: RUF001 - phones type the curly one
_MARKS = str.maketrans("", "", "'’/")  # noqa: RUF001 - the same
_END = re.compile(r"[.!?]+(?=\s|$)|[;:\n()\u2022]|\s[-\u2013\u2014]+\s|\u2014")
_JOINT = re.compile(
    r",\s|\b(?:and|but|or|not|while|whereas|because|since|so|although|though|unless|until|then|which|if|when)\b",
    re.IGNORECASE,
)
_BETWEEN_PARTS = re.compile(r"[ \t]?[-/ \t\u2010\u2011]")

_PIECE_WORDS = 4
"""A sentence is cut at a comma or conjunction only if so many words stand on either side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
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
    """Return the text's words, in order."""
    found: list[Token] = []
    for match in _WORD.finditer(text):
        word = match.group().lower().translate(_MARKS)
        near = found and _BETWEEN_PARTS.fullmatch(text, found[-1].end, match.start())
        joined = found[-1].word + word if near else ""
        found.append(Token(word=word, start=match.start(), end=match.end(), joined=joined))
    return found


def sentences(text: str) -> list[list[Clause]]:
    """Cut the text at the ends of sentences, at lines and brackets; and each part at joints between pieces long enough."""
    joints = [match.start() for match in _JOINT.finditer(text)]
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
    inside = [place for place in joints if sentence[0].start < place < sentence[-1].end]
    piece: list[Token] = []
    left = len(sentence)
    for part in _cut(sentence, inside):
        if len(piece) >= _PIECE_WORDS <= left:
            yield tuple(piece)
            piece = []
        piece += part
        left -= len(part)
    yield tuple(piece)
