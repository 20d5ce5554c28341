"""Sentences that say nothing of the matter: those that deny what they say ("It is not true that …"), and orders to a grader."""

import re
from collections.abc import Iterator, Sequence

from adapters.grading.clauses import Clause
from adapters.grading.language import NO_NEGATION_BEFORE

_BEFORE = tuple(
    tuple(text.split())
    for text in (
        "it is not true",
        "it isnt true",
        "its not true",
        "it is not the case",
        "it isnt the case",
        "it is false",
        "it is wrong",
        "i dont think",
        "i do not think",
        "i dont believe",
        "i do not believe",
        "i doubt",
        "it is a myth",
        "its a myth",
    )
)
_AFTER = tuple(
    tuple(text.split())
    for text in (
        "is wrong",
        "are wrong",
        "is false",
        "is not true",
        "isnt true",
        "is not the case",
        "isnt the case",
        "is nonsense",
        "is a myth",
    )
)
_ALONE = frozenset(["no", "nope", "not", "never", "wrong", "false"])

_SENTENCE = re.compile(r"[^.!?\n]+")
_ORDER = re.compile(
    r"\b(?:key points?|full (?:marks|points|score)|(?:the|a|dear|hey) grader|"
    r"(?:mark|grade|rate|score) (?:this|my|the) (?:answer|reply|response)|award (?:me|it|this)|"
    r"(?:this|my) (?:answer|reply|response) is (?:correct|complete|right|perfect))\b|"
    r"^\W*(?:ignore|disregard|forget) (?:all )?(?:previous|prior|above) instructions",
    re.IGNORECASE,
)
_SUSPECT = re.compile(r"grader|key point|full |instructions|award|answer|reply|response", re.IGNORECASE)
"""Nearly no reply has one of these, and looking for them takes next to no time."""


def orders(text: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences stand that speak to whoever grades, as (start, end)."""
    if _SUSPECT.search(text):
        yield from (said.span() for said in _SENTENCE.finditer(text) if _ORDER.search(said[0]))


def denied(sentences: Sequence[Sequence[Clause]], text: str) -> list[bool]:
    """Tell of each sentence of the text, as ``clauses.sentences`` cut it, whether it is denied as a whole."""
    words = [[token.word for clause in sentence for token in clause] for sentence in sentences]
    found = [_is_framed(said) for said in words]
    for at, said in enumerate(words):
        if len(said) == 1 and said[0] in _ALONE:
            if at and "?" in text[sentences[at - 1][-1][-1].end : sentences[at][0][0].start]:
                found[at - 1] = True
            if at + 1 < len(words) and ":" in text[sentences[at][-1][-1].end : sentences[at + 1][0][0].start]:
                found[at + 1] = True
    return found


def _is_framed(said: Sequence[str]) -> bool:
    if any(said[: len(frame)] == list(frame) for frame in _BEFORE):
        return True
    if len(said) > 1 and said[0] in {"not", "never"} and said[1] not in NO_NEGATION_BEFORE:
        return True
    return any(len(said) > len(frame) and said[-len(frame) :] == list(frame) for frame in _AFTER)
