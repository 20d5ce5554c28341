"""Sentences that say nothing of the matter: those that deny what they say ("It is not true that …"), and orders to a grader.

And negations that deny nothing of their sentence: an answer to the question ("No, …"), and a tag ("…, isn't it?").
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from adapters.grading.clauses import Clause, Token
from adapters.grading.language import NO_NEGATION_BEFORE, STOP_WORDS

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
_ANSWERS = frozenset(["no", "nope", "not"])
"""Before a colon these answer the question."""
_LITTLE = STOP_WORDS.union(
    [
        "absolutely",
        "actually",
        "believe",
        "certainly",
        "clearly",
        "course",
        "definitely",
        "entirely",
        "exactly",
        "guess",
        "nope",
        "probably",
        "quite",
        "think",
    ]
) - {"without"}
"""What an answer to the question may consist of: "I'd say probably not, …"."""
_OPENING = 5
_TAG = 2
"""So many words an answer has at most, and a tag."""

_SENTENCE = re.compile(r"[^.!?\n]+")
_ORDER = re.compile(
    r"^[^\w\n]*(?:please |now |so )*(?:ignore|disregard|forget|override|overrule)\b.{0,40}"
    r"\b(?:above|before|previous|prior|earlier|instructions?|rules?|rubric|prompt|system|everything)\b"
    r"|\b(?:mark|grade|rate|score|judge|count|treat|consider|return|answer|output|respond|reply|set|give|award|tick)\b.{0,80}"
    r"\b(?:as covered|everything (?:as )?covered|full (?:marks?|points?|score)|maximum (?:marks?|points?|score)|"
    r"all (?:the )?(?:key )?points?|every (?:key )?point|every box|all boxes)\b"
    r"|\b(?:mark|grade|rate|score|judge) (?:this|my|the) (?:answer|reply|response)\b|\baward (?:me|it|this)\b"
    r"|\b(?:this|my) (?:answer|reply|response) is (?:correct|complete|right|perfect)\b"
    r"|\b(?:everything|all|each|both)(?: of (?:it|them|these|this))? (?:is|are|as) covered\b(?! by)|\bfull (?:marks|points|score)\b"
    r"|\byou are (?:a|an|the|now) (?:\w+ )?(?:grader|examiner|judge|assistant|model|ai)\b"
    r"|^[^\w\n]*(?:system|assistant|user|developer) ?(?:prompt|message|note|role)?\s*:"
    r"|\b(?:dear|attention|note to|hey|hello|message to) (?:the )?(?:grader|grading|model|ai|llm|assistant|examiner|judge)\b"
    r"|\b(?:the|a|an ai|the ai) grader\b|\bkey[ _-]?points?\b|\b(?:see|agree with|disregard|whatever) the model answer\b"
    r"|\b(?:this|my) (?:answer|reply|response)\b.{0,30}\b(?:approved|excellent|perfect|the reference)\b"
    r"|[\"'](?:verdict|evidence|share)[\"']\s*:",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
"""What speaks to whoever grades. It need not find all: nothing is ticked but by the words of a key point."""
_SUSPECT = re.compile(
    r"grad|point|full |instruction|award|answer|reply|respon|covered|ignore|disregard|forget|overr|you are|prompt|rubric|"
    r"verdict|evidence|share|system|assistant|user|developer|dear|attention|note to|hey|hello|message|box|maximum",
    re.IGNORECASE,
)
"""Of most replies this tells, in next to no time, that no sentence is an order."""


def gives_orders(text: str) -> bool:
    """Tell whether the text seems to speak to whoever grades it."""
    return bool(_ORDER.search(text))


def orders(text: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences stand that speak to whoever grades, as (start, end)."""
    if _SUSPECT.search(text):
        yield from (said.span() for said in _SENTENCE.finditer(text) if gives_orders(said[0]))


def denied(sentences: Sequence[Sequence[Clause]], text: str) -> list[bool]:
    """Tell of each sentence of the text, as ``clauses.sentences`` cut it, whether it is denied as a whole."""
    tokens = [list(chain.from_iterable(sentence)) for sentence in sentences]
    words = [[token.word for token in said] for said in tokens]
    found = [_is_framed(said[_opening(of, text) :]) for said, of in zip(words, tokens, strict=True)]
    for at, said in enumerate(words):
        if len(said) == 1 and said[0] in _ALONE:
            if at and "?" in text[sentences[at - 1][-1][-1].end : sentences[at][0][0].start]:
                found[at - 1] = True
            if (
                said[0] not in _ANSWERS
                and at + 1 < len(words)
                and ":" in text[sentences[at][-1][-1].end : sentences[at + 1][0][0].start]
            ):
                found[at + 1] = True
    return found


def is_aside(said: Sequence[Token], index: int, text: str) -> bool:
    """Tell whether a negation in a sentence denies nothing of it: it stands in the answer before a comma, or in a tag."""
    return index < _opening(said, text) or (index >= len(said) - _TAG and _is_tag(said, index, text))


def _opening(said: Sequence[Token], text: str) -> int:
    """Return how many of the first words answer the question: those before a comma, if they say nothing else."""
    count = 0
    for at, (token, following) in enumerate(pairwise(said[:_OPENING]), 1):
        if token.word not in _LITTLE:
            break
        count = at if "," in text[token.end : following.start] else count
    return count


def _is_tag(said: Sequence[Token], index: int, text: str) -> bool:
    before = said[index - 1] if index else None
    apart = before is not None and (before.word == "or" or "," in text[before.end : said[index].start])
    return apart and text[said[-1].end :].lstrip().startswith("?")


def _is_framed(said: Sequence[str]) -> bool:
    if any(said[: len(frame)] == list(frame) for frame in _BEFORE):
        return True
    if len(said) > 1 and said[0] in {"not", "never"} and said[1] not in NO_NEGATION_BEFORE and "but" not in said:
        return True
    return any(len(said) > len(frame) and said[-len(frame) :] == list(frame) for frame in _AFTER)
