"""How well the offline grader follows human graders, and how fast it is: ``python -m benchmarks.grading PATH``.

PATH is a file of JSON lines with ``dataset``, ``question_id``, ``question``, ``model_answer``, ``reply`` and
``score_0_1``, and perhaps ``key_points``; without them each sentence of the model answer is one. Prints, per data set,
Pearson's r with the human grade: of the share that is suggested, of the same with each maybe as a half, and of the
number of words, which no grader may reward and each should beat; then the share's and the words' mean r within a
question, for questions of a set may have key points of different difficulty.
"""

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import StatisticsError, correlation
from typing import Any

from adapters.grading.lexical import NAME, VERSION, suggest_all
from bot.domain.question import KeyPoint, Level, Question
from bot.domain.reply import Suggestion, Verdict

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+|\u25cf|\u2022")
_LEAST_LETTERS = 8
FIELDS = ("share", "halves", "words")
_WORTH = {Verdict.COVERED: 1.0, Verdict.MAYBE: 0.5, Verdict.NOT_SEEN: 0.0, Verdict.CANNOT_JUDGE: 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    human: float
    share: float
    halves: float
    words: int


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="human-graded replies, one JSON object a line")
    lines = parser.parse_args(argv).path.read_text(encoding="utf-8").splitlines()
    by_set: dict[str, list[Any]] = defaultdict(list)
    for one in map(json.loads, lines):
        by_set[one["dataset"]].append(one)
    print(f"{NAME} {VERSION}")
    print(
        f"{'data set':16} {'replies':>8} {'share':>7} {'halves':>7} {'words':>7} {'share in q':>11} {'words in q':>11} {'ms':>6}"
    )
    for name, items in by_set.items():
        start = time.perf_counter()
        by_question = [_graded(same) for same in _by_question(items)]
        spent = (time.perf_counter() - start) * 1_000 / len(items)
        graded = [one for same in by_question for one in same]
        all_, within = [_pearson(graded, f) for f in FIELDS], [_within(by_question, f) for f in ("share", "words")]
        print(
            f"{name:16} {len(graded):8}", *(f"{r:7.3f}" for r in all_), *(f"{r:11.3f}" for r in within), f"{spent:6.2f}"
        )
    return 0


def _within(by_question: Sequence[Sequence[Graded]], field: str) -> float:
    """Return the mean r over the questions, each weighted by its replies."""
    return sum(_pearson(same, field) * len(same) for same in by_question) / sum(map(len, by_question))


def _by_question(items: Iterable[Any]) -> list[list[Any]]:
    found: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for one in items:
        found[one["question_id"], one["question"], one["model_answer"]].append(one)
    return list(found.values())


def _graded(items: Sequence[Any]) -> list[Graded]:
    suggestions = suggest_all(_question(items[0]), {}, [one["reply"] for one in items])
    return [_one(item, suggestion) for item, suggestion in zip(items, suggestions, strict=True)]


def _one(item: Any, suggestion: Suggestion) -> Graded:
    worth = [_WORTH[verdict.verdict] for verdict in suggestion.verdicts]
    return Graded(
        human=item["score_0_1"],
        share=sum(suggestion.ticks) / len(worth),
        halves=sum(worth) / len(worth),
        words=len(item["reply"].split()),
    )


def _question(item: Any) -> Question:
    statements = item.get("key_points") or _sentences(item["model_answer"])
    return Question(
        id=item["question_id"],
        revision=1,
        topic="benchmark",
        level=Level.PRACTITIONER,
        text=item["question"],
        key_points=tuple(
            KeyPoint(id=str(index), statement=text, weight=1, accepted=()) for index, text in enumerate(statements)
        ),
        model_answer=item["model_answer"],
        sources=(),
        reviewed=date(2026, 1, 1),
    )


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in _SENTENCE_END.split(text) if len(one.strip()) >= _LEAST_LETTERS] or [text]


def _pearson(graded: Sequence[Graded], field: str) -> float:
    try:
        return correlation([one.human for one in graded], [float(getattr(one, field)) for one in graded])
    except StatisticsError:  # one of the two never changes: nothing can follow it
        return 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
