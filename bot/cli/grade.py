"""``python -m bot grade``: what the offline grader makes of a reply, for those who write questions and for the curious."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeAlias

from adapters.grading.lexical import suggest_all
from bot.cli.grade_lines import graded
from bot.domain import score
from bot.domain.good_faith import in_good_faith
from bot.domain.question import Question
from bot.domain.reply import MAX_REPLY, Suggestion, Verdict, clean
from bot.ports import StartError
from content.bank import Bank, default_packs
from content.nodes import counted, nearest

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse has no public name for it
Packs = Callable[[], Sequence[Path]]

_MOST_BYTES = 1_000_000
"""What is read of a reply: far more than is graded, and little enough to keep in memory."""
_MARKS = {Verdict.COVERED: "[x]", Verdict.MAYBE: "[?]", Verdict.NOT_SEEN: "[ ]", Verdict.CANNOT_JUDGE: "[-]"}


def add_to(commands: Commands, packs: Packs = default_packs) -> None:
    """Add ``grade``. Its function reads a reply from stdin and returns 0, or 1 if there is no such question.

    ``packs`` names the folders of the packs that the bot asks from, when the command needs them.
    """
    parser = commands.add_parser("grade", help="grade a reply, or many, that come on stdin")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--question", metavar="ID", help="the question that it replies to")
    which.add_argument(
        "--jsonl",
        action="store_true",
        help="take lines {question, model_answer, key_points?, phrasings?, reply}, give them with {share, key_points}",
    )
    parser.add_argument("--json", action="store_true", help="print share, points, key points and grader as JSON")
    parser.set_defaults(run=partial(_grade, packs))


def _grade(packs: Packs, args: argparse.Namespace) -> int:
    return _grade_lines() if args.jsonl else _grade_one(packs, args)


def _grade_lines() -> int:
    wrong = 0
    for one in graded(_stdin()):
        wrong += "error" in one
        print(json.dumps(one), flush=True)
    if wrong:
        print(f"{counted(wrong, 'line')} could not be graded; each says why", file=sys.stderr)
    return 1 if wrong else 0


def _grade_one(packs: Packs, args: argparse.Namespace) -> int:
    bank = Bank.load(packs())
    question = bank.get(args.question)
    if question is None:
        advice = nearest(args.question, bank.questions) or "; `content list` names them all"
        print(f"there is no question {args.question[:80]!r}{advice}", file=sys.stderr)
        return 1
    text = _reply()
    (suggestion,) = suggest_all(question, {}, [text])
    good_faith = in_good_faith(text, question)
    if args.json:
        print(json.dumps(_as_json(question, suggestion, good_faith=good_faith), indent=2))
    else:
        print("\n".join(_listing(question, suggestion, good_faith=good_faith)))
    return 0


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise StartError("There is no standard input to read the reply from: pipe it in.", code=66)
    return sys.stdin.buffer


def _reply() -> str:
    text = clean(_stdin().read(_MOST_BYTES).decode("utf-8", "replace"))
    if len(text) > MAX_REPLY:
        print(f"the reply has more than {MAX_REPLY:,} characters; only the first {MAX_REPLY:,} count", file=sys.stderr)
    return text[:MAX_REPLY]


def _as_json(question: Question, suggestion: Suggestion, *, good_faith: bool) -> dict[str, object]:
    return {
        "share": _share(question, suggestion, good_faith=good_faith),
        "points": score.points(question, suggestion.ticks, good_faith=good_faith),
        "key_points": [
            {"statement": point.statement, "verdict": verdict.verdict, "evidence": verdict.evidence}
            for point, verdict in zip(question.key_points, suggestion.verdicts, strict=True)
        ],
        "grader": _grader(suggestion),
    }


def _listing(question: Question, suggestion: Suggestion, *, good_faith: bool) -> Iterator[str]:
    yield question.text
    yield ""
    for point, verdict in zip(question.key_points, suggestion.verdicts, strict=True):
        yield f"{_MARKS[verdict.verdict]} {point.statement} ({verdict.verdict}, weight {point.weight})"
        if verdict.evidence:
            against = "against it: " if verdict.verdict is Verdict.NOT_SEEN else ""
            yield f"      {against}“{' '.join(verdict.evidence.split())}”"
    yield ""
    if not good_faith:
        yield "No attempt: the reply is empty, says that it does not know, or copies the question or a hint."
    points = score.points(question, suggestion.ticks, good_faith=good_faith)
    share = _share(question, suggestion, good_faith=good_faith)
    yield f"{points} points; the ticked key points carry {share:.0%} of the weight ({_grader(suggestion)})"


def _share(question: Question, suggestion: Suggestion, *, good_faith: bool) -> float:
    return score.share(question, suggestion.ticks) if good_faith else 0.0


def _grader(suggestion: Suggestion) -> str:
    return f"{suggestion.grader} {suggestion.version}"
