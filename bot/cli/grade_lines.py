"""``grade --jsonl``: replies to questions of any kind, a JSON object a line, for those who measure the grader."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isinf
from typing import BinaryIO

from adapters.grading.clauses import statements
from adapters.grading.lexical import AnswerKey
from adapters.grading.likeness import Standard
from bot.domain.good_faith import in_good_faith
from bot.domain.question import KeyPoint, Level, Question
from bot.domain.reply import clean

_MOST_BYTES = 1_000_000
"""Of a line: far more than any question with its phrasings and a reply needs."""
_MOST_POINTS = 60
_QUESTIONS = 64
"""So many questions are kept ready: the lines of a file are mostly in their order."""


class _BadLine(Exception):  # noqa: N818 - it is what the line is
    """Its text is a sentence for whoever wrote the line."""


def graded(lines: BinaryIO) -> Iterator[dict[str, object]]:
    """Yield each line's object with ``share`` and ``key_points``, or ``line`` and ``error``, as soon as it is read.

    ``share`` is how much of the model answer, or of the best of the phrasings of the whole answer, the reply has.
    Empty lines are left out.
    """
    for number, line in enumerate(_read(lines), 1):
        if line is not None and not line.strip():
            continue
        try:
            yield _graded(line)
        except _BadLine as wrong:
            yield {"line": number, "error": f"line {number}: {wrong}"}


def _read(lines: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines; None for one that is too long, of which no more is kept in memory."""
    while line := lines.readline(_MOST_BYTES):
        too_long = False
        while not line.endswith(b"\n") and (rest := lines.readline(_MOST_BYTES)):
            too_long, line = True, rest
        yield None if too_long else line


def _graded(line: bytes | None) -> dict[str, object]:
    if line is None:
        raise _BadLine(f"is longer than {_MOST_BYTES:,} bytes")
    item = _object(line)
    asked, answer, reply = (_text(item, name) for name in ("question", "model_answer", "reply"))
    points, phrasings = item.get("key_points"), item.get("phrasings")
    key = _key(asked, answer, json.dumps(points), json.dumps(phrasings))
    suggestion = key.answers.suggest(reply)
    verdicts = zip(key.answers.question.key_points, suggestion.verdicts, strict=True)
    share = key.standard.likeness(reply) if in_good_faith(reply, key.answers.question) else 0.0
    return item | {
        "share": round(share, 4),
        "key_points": [
            {"id": point.id, "statement": point.statement, "verdict": one.verdict, "evidence": one.evidence}
            for point, one in verdicts
        ],
    }


def _object(line: bytes) -> dict[str, object]:
    try:
        item = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number, parse_float=_number)
    except (ValueError, RecursionError) as wrong:
        raise _BadLine("is no JSON in UTF-8") from wrong
    if not isinstance(item, dict):
        raise _BadLine("is no JSON object")
    return item


def _no_number(name: str) -> None:
    """Refuse what is no JSON: written out again, others could not read it."""
    raise ValueError(name)


def _number(text: str) -> float:
    number = float(text)
    if isinf(number):
        _no_number(text)
    return number


def _text(item: Mapping[str, object], name: str) -> str:
    value = item.get(name)
    if not isinstance(value, str):
        raise _BadLine(f"{name} {'is missing' if value is None else 'must be a text'}")
    return clean(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    answers: AnswerKey
    standard: Standard


@lru_cache(_QUESTIONS)
def _key(asked: str, answer: str, points: str, phrasings: str) -> _Key:
    """Make a question ready; key points and phrasings come as JSON, so that they can be told apart from others."""
    found = _points(json.loads(points), answer)
    of_points, of_all = _phrasings(json.loads(phrasings), found)
    question = Question(
        id="line",
        revision=1,
        topic="lines",
        level=Level.PRACTITIONER,
        text=asked,
        key_points=found,
        model_answer=answer,
        sources=(),
        reviewed=date.min,
    )
    whole = answer or "\n".join(point.statement for point in found)
    return _Key(answers=AnswerKey.of(question, of_points), standard=Standard(asked, whole, of_all))


def _points(given: object, answer: str) -> tuple[KeyPoint, ...]:
    if given is None:
        given = statements(answer)[:_MOST_POINTS]
    if not isinstance(given, list) or not 1 <= len(given) <= _MOST_POINTS:
        raise _BadLine(f"key_points must be a list of 1 to {_MOST_POINTS}")
    points = tuple(_point(number, one) for number, one in enumerate(given, 1))
    if len({point.id for point in points}) < len(points):
        raise _BadLine("key_points has an id twice")
    return points


def _point(number: int, given: object) -> KeyPoint:
    if isinstance(given, str):
        given = {"statement": given}
    if not isinstance(given, dict) or not isinstance(given.get("statement"), str):
        raise _BadLine(f"key point {number} must be a text, or an object with a statement")
    return KeyPoint(
        id=str(number if given.get("id") is None else given["id"]),
        statement=clean(given["statement"]),
        weight=1,
        accepted=_texts(given.get("accepted") or [], f"accepted of key point {number}"),
        contradicted_by=_texts(given.get("contradicted_by") or [], f"contradicted_by of key point {number}"),
    )


def _phrasings(given: object, points: Sequence[KeyPoint]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return the phrasings by key point, and those of the whole answer: they are a list, or stand at each key point.

    Those of the key points are lists by id or statement, or in the key points' order.
    """
    if given is None:
        return {}, []
    if isinstance(given, list) and any(isinstance(one, list) for one in given):
        if len(given) != len(points):
            raise _BadLine(f"phrasings must have one list for each of the {len(points)} key points")
        given = {point.id: texts for point, texts in zip(points, given, strict=True)}
    if isinstance(given, list):
        texts = _texts(given, "phrasings")
        return {point.id: texts for point in points}, list(texts)
    if not isinstance(given, dict):
        raise _BadLine("phrasings must be a list of texts, a list of such lists, or an object of them by key point")
    names = {name: point.id for point in points for name in (point.statement, point.id)}
    if unknown := given.keys() - names.keys():
        raise _BadLine(f"phrasings has {min(unknown)[:60]!r}, which is no key point's id or statement")
    found = {names[name]: _texts(texts, "phrasings") for name, texts in given.items()}
    return found, [text for text in _all(found) if all(text in found.get(point.id, ()) for point in points)]


def _all(found: Mapping[str, Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(text for texts in found.values() for text in texts))


def _texts(given: object, name: str) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
        raise _BadLine(f"{name} must be a list of texts")
    return tuple(map(clean, given))
