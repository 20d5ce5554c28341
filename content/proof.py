"""Proofreading: what an editor would find in files that can be read, question by question and between them.

None of it keeps a question from being asked: a team's own pack is its own business. ``content check`` tells of all of it.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import TypeAlias

from bot.domain.good_faith import words
from bot.domain.question import KeyPoint, Label, Question
from content.bank import Bank
from content.language import BRITISH, spellings, telling
from content.lines import Lines
from content.nodes import shown
from content.page import Fault, printable
from content.schema import MISLEADING, WRONG

MAX_REVEAL = 4_000
"""Characters that one message of the narrowest chat takes: what a reveal says in full should fit."""

_ALIKE = 0.3
"""Cosine of two questions' words, weighed by how rare they are. In a bank of 136 the closest two that ask different things have 0.26."""
_GIVEN_AWAY = 5
"""So many words in a row are a key point's own."""
_MANY = 20
"""A word that every twentieth question uses is common; the packs must have as many questions for that to say anything."""

Found: TypeAlias = Iterator[tuple[str, str]]
"""What is wrong: the text that it stands in, and a sentence."""


def proofread(bank: Bank, today: date) -> tuple[Fault, ...]:
    """Return what is to be mended in the bank's questions, sorted by file and line; old reviews are ``out_of_date``."""
    common = _common(bank.all())
    checks: tuple[Callable[[Question], Found], ...] = (
        lambda question: _reviewed_in_future(question, today),
        _reveals,
        _hints,
        _fitting,
        lambda question: _thin(question, common),
    )
    lines = {question.id: Lines.of(bank.files[question.id]) for question in bank.all()}
    faults = [
        lines[question.id].fault(text, message)
        for question in bank.all()
        for check in checks
        for text, message in check(question)
    ]
    faults += _twins(bank, lines)
    faults += _spelling(lines.values())
    return tuple(sorted(faults))


def out_of_date(bank: Bank, today: date) -> tuple[Fault, ...]:
    """Return the reviews that are too old, sorted by file: what time alone does to questions in which nothing was changed."""
    return tuple(
        sorted(
            Lines.of(bank.files[question.id]).fault(
                f"{question.review_after or question.reviewed}",
                f"the review of {question.reviewed} is too old: read the question against its sources again, and renew reviewed",
            )
            for question in bank.all()
            if question.is_stale(today)
        )
    )


def _reviewed_in_future(question: Question, today: date) -> Found:
    if question.reviewed > today:
        yield f"{question.reviewed}", f"reviewed must not lie in the future, and today is {today}"


def _reveals(question: Question) -> Found:
    texts = [question.text, question.model_answer, *(point.statement for point in question.key_points)]
    texts += [f"{one.title} {one.by} {one.year} {one.url}" for one in question.sources]
    length = sum(map(len, texts))
    if length > MAX_REVEAL:
        yield (
            question.text,
            f"question, key points, model answer and sources have {length:,} characters; one message takes {MAX_REVEAL:,}",
        )


def _hints(question: Question) -> Found:
    for hint in question.hints:
        for point in question.key_points:
            given = [text for text in (point.statement, *point.accepted) if _runs(hint) & _runs(text)]
            if given:
                run = " ".join(min(_runs(hint) & _runs(given[0])))
                yield hint, f"hint gives the key point {shown(point.id)} away: both say {shown(run)}"


def _runs(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[at : at + _GIVEN_AWAY]) for at in range(len(said) - _GIVEN_AWAY + 1)}


def _fitting(question: Question) -> Found:
    """Find the phrasings all of whose words stand in one sentence of a reply that does not make their key point."""
    wrong = [(number, one) for number, one in enumerate(question.samples, 1) if one.kind in {WRONG, MISLEADING}]
    said = [(n, one, sentence) for n, one in wrong for sentence in re.split(r"(?<=[.!?;:])\s+", one.text)]
    for point in question.key_points:
        for phrasing in point.accepted:
            fits = telling(phrasing)
            numbers = [
                number
                for number, one, sentence in said
                if len(fits) > 1 and one.labels[point.id] is Label.NOT_MADE and fits <= telling(sentence)
            ]
            if numbers:
                yield (
                    phrasing,
                    f"accepted phrasing {shown(phrasing)} also fits sample reply {numbers[0]}, which is wrong: say more of it",
                )


def _thin(question: Question, common: frozenset[str]) -> Found:
    asked = telling(question.text)
    for point in question.key_points:
        elsewhere = telling(" ".join(text for one in question.key_points if one is not point for text in _texts(one)))
        for name, texts in (("accepted phrasing", point.accepted), ("contradicting phrasing", point.contradicted_by)):
            for text in texts:
                own = telling(text)
                if not own:
                    yield text, f"{name} {shown(text)} has no word of its subject: say more of the idea"
                elif not own - asked:
                    yield text, f"{name} {shown(text)} has no word that the question has not: say more of the idea"
                elif len(own) == 1 and own <= common | elsewhere:
                    yield text, f"{name} {shown(text)} hangs on one common word: say more of the idea"
                elif texts is point.contradicted_by and len(own - asked) == 1:
                    yield (
                        text,
                        f"{name} {shown(text)} hangs on one word, which right replies have too",
                    )


def _texts(point: KeyPoint) -> tuple[str, ...]:
    return point.statement, *point.accepted


def _common(questions: Sequence[Question]) -> frozenset[str]:
    used = Counter(
        word
        for question in questions
        for word in telling(" ".join(text for point in question.key_points for text in _texts(point)))
    )
    return frozenset(word for word, times in used.items() if times > 1 and times * _MANY >= len(questions) >= _MANY)


def _twins(bank: Bank, lines: Mapping[str, Lines]) -> Iterator[Fault]:
    """Find questions that are nearly the same; of two the later one is at fault."""
    told = {one.id: telling(" ".join([one.text, *(point.statement for point in one.key_points)])) for one in bank.all()}
    used = Counter(word for said in told.values() for word in said)
    rarity = {word: math.log((1 + len(told)) / times) for word, times in used.items()}
    size = {id_: math.sqrt(sum(rarity[word] ** 2 for word in said)) for id_, said in told.items()}
    for first, second in combinations(told, 2):
        shared = sum(rarity[word] ** 2 for word in told[first] & told[second])
        if shared >= _ALIKE * size[first] * size[second] > 0:
            question = bank.questions[second]
            yield lines[second].fault(
                question.text,
                f"this asks nearly the same as {printable(bank.files[first])}: ask something else, or keep one of them",
            )


def _spelling(files: Iterable[Lines]) -> Iterator[Fault]:
    """Hold all files to the spelling that most of their words have, British where both are as frequent."""
    found = [
        (file, number, word, whose)
        for file in files
        for number, line in file.prose()
        for word, whose in spellings(line)
    ]
    times = Counter(whose for _, _, _, whose in found)
    ours = max([BRITISH, *times], key=lambda whose: times[whose])
    for file, number, word, whose in found:
        if whose != ours:
            yield file.fault_at(number, f"{shown(word)} is {whose} spelling, and most words of these files are {ours}")
