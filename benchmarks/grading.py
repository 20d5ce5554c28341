"""How well the offline grader follows human graders, and how fast it is: ``python -m benchmarks.grading PATH [--learn K]``.

PATH is a file of JSON lines with ``dataset``, ``question_id``, ``question``, ``model_answer``, ``reply`` and
``score_0_1``, and perhaps ``key_points``. Each line is graded as ``python -m bot grade --jsonl`` grades it. Blank replies
are left out: they flatter every grader. With ``--learn K`` the grader has K full-mark replies of each question, picked by
``--seed`` and left out of the scores, as accepted phrasings.

Prints per data set, and as the mean over them: Pearson's r of the share with the human grade, of the share of the same replies
when nothing was learnt (alone), of the ticks (the part of
the key points that is covered) and of the number of words, which no grader may reward; Spearman's rho of the share; its
RMSE and quadratically weighted kappa at four levels, calibrated by a line fitted on other questions; milliseconds of one core a reply.
"""

import argparse
import io
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.grading.lexical import NAME, VERSION
from benchmarks.agreement import calibrated, kappa, pearson, rmse, spearman
from bot.cli.grade_lines import graded

FULL = 0.999
_HEADS = ("data set", "replies", "r", "alone", "ticks", "words", "rho", "rmse", "kappa", "ms")


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A reply as people and the grader see it. ``question`` is its question's id."""

    question: str
    human: float
    share: float
    ticks: float
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    replies: int
    values: Sequence[float]


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="human-graded replies, one JSON object a line")
    parser.add_argument("--learn", type=int, default=0, metavar="K", help="full-mark replies to learn from, a question")
    parser.add_argument("--seed", type=int, default=0, help="which replies these are")
    args = parser.parse_args(argv)
    by_set: dict[str, list[Any]] = defaultdict(list)
    for line in args.path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if item["reply"].strip():
            by_set[item["dataset"]].append(item)
    print(f"{NAME} {VERSION}, learning from {args.learn} replies a question, seed {args.seed}")
    print(_row(_HEADS[0], _HEADS[1], _HEADS[2:]))
    found = {name: _figures(items, args.learn, args.seed) for name, items in by_set.items()}
    for name, one in found.items():
        print(_row(name, one.replies, [f"{value:.3f}" for value in one.values]))
    means = [sum(column) / len(found) for column in zip(*(one.values for one in found.values()), strict=True)]
    print(_row("mean", sum(one.replies for one in found.values()), [f"{value:.3f}" for value in means]))
    return 0


def _row(name: str, replies: object, cells: Iterable[str]) -> str:
    return f"{name:16}{replies!s:>9}" + "".join(f"{cell:>8}" for cell in cells)


def _figures(items: Sequence[Any], learn: int, seed: int) -> Figures:
    lines = [line for same in _by_question(items) for line in _to_grade(same, learn, seed)]
    start = time.process_time()
    one_by_one = _graded(lines)
    spent = (time.process_time() - start) * 1_000 / len(lines)
    untaught = _graded([line | {"phrasings": None} for line in lines]) if learn else one_by_one
    human, share = [one.human for one in one_by_one], [one.share for one in one_by_one]
    fitted = calibrated(share, human, [one.question for one in one_by_one])
    values = [
        pearson(share, human),
        pearson([one.share for one in untaught], human),
        pearson([one.ticks for one in one_by_one], human),
        pearson([float(one.words) for one in one_by_one], human),
        spearman(share, human),
        rmse(fitted, human),
        kappa(fitted, human),
        spent,
    ]
    return Figures(replies=len(one_by_one), values=values)


def _graded(lines: Iterable[Any]) -> list[Graded]:
    text = "".join(json.dumps(line) + "\n" for line in lines)
    return [_one(line) for line in graded(io.BytesIO(text.encode()))]


def _by_question(items: Iterable[Any]) -> list[list[Any]]:
    found: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for one in items:
        found[one["question_id"], one["question"], one["model_answer"]].append(one)
    return list(found.values())


def _to_grade(same: Sequence[Any], learn: int, seed: int) -> list[Any]:
    """Return the lines to be scored; those that are learnt from are not among them."""
    full = [index for index, item in enumerate(same) if item["score_0_1"] >= FULL]
    learnt = set(random.Random(f"{seed} {same[0]['question_id']}").sample(full, min(learn, len(full))))
    phrasings = {"phrasings": [same[index]["reply"] for index in sorted(learnt)]} if learnt else {}
    return [item | phrasings for index, item in enumerate(same) if index not in learnt]


def _one(line: Mapping[str, Any]) -> Graded:
    verdicts = [point["verdict"] for point in line["key_points"]]
    return Graded(
        question=line["question_id"],
        human=line["score_0_1"],
        share=line["share"],
        ticks=verdicts.count("covered") / len(verdicts),
        words=len(line["reply"].split()),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
