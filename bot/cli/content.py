"""``content``: check question files, list the bank, show one question."""

import argparse
import json
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

from adapters.grading.samples import ToldApart, told_apart_by_topic
from bot.cli.graded import graded
from bot.domain.question import KeyPoint, Level, Question, SampleReply
from content.bank import Bank, default_packs
from content.nodes import counted, nearest
from content.proof import out_of_date, proofread

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse has no other name for it
Packs = Callable[[], Sequence[Path]]

_WIDTH = 100


def _of_this_machine() -> date:
    return datetime.now(UTC).date()


def add_to(commands: Commands, packs: Packs = default_packs, today: Callable[[], date] = _of_this_machine) -> None:
    """Add the group. ``packs`` names the folders of the packs that the bot asks from, when a command needs them."""
    group = commands.add_parser("content", help="check, list and show questions")
    actions = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = actions.add_parser("check", help="report every fault of every question file")
    check.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files or folders; without any, the bot's packs"
    )
    check.add_argument(
        "--allow-old-reviews", action="store_true", help="tell of reviews that are too old, but don't fail for them"
    )
    check.set_defaults(run=partial(_check, packs, today))
    figures = actions.add_parser(
        "stats", help="count topics and levels, and measure the offline grader on the sample replies"
    )
    figures.set_defaults(run=partial(_stats, packs))
    listing = actions.add_parser("list", help="list the questions of the bot's packs")
    listing.add_argument("--json", action="store_true", help="as a JSON list")
    listing.set_defaults(run=partial(_list, packs))
    show = actions.add_parser("show", help="show one question with its key points, model answer and sources")
    show.add_argument("id", metavar="ID")
    show.set_defaults(run=partial(_show, packs))


def _check(packs: Packs, today: Callable[[], date], args: argparse.Namespace) -> int:
    bank, day = Bank.load(args.paths or packs()), today()
    old = set(out_of_date(bank, day))
    faults = {*bank.faults, *proofread(bank, day), *graded(bank)}
    for fault in sorted(faults | old):
        print(fault)
    if not args.allow_old_reviews:
        faults |= old
    faulty = {fault.path for fault in faults}
    good = counted(sum(file not in faulty for file in bank.files.values()), "question")
    if faults:
        print(
            f"{counted(len(faults), 'fault')} in {counted(len(faulty), 'file')}; {good} without faults", file=sys.stderr
        )
        return 1
    print(f"{good}, no faults" + (f" but {counted(len(old), 'review')} too old" if old else ""))
    return 0


def _list(packs: Packs, args: argparse.Namespace) -> int:
    bank = _loaded(packs)
    if args.json:
        print(json.dumps([_summary(question) for question in bank.all()], indent=2, ensure_ascii=False))
    else:
        rows = [(question.id, question.topic, question.level, question.text) for question in bank.all()]
        print("\n".join(_table(("id", "topic", "level", "question"), rows)))
    return 0 if bank.questions else 1


def _stats(packs: Packs, _args: argparse.Namespace) -> int:
    bank = _loaded(packs)
    topics = sorted({question.topic for question in bank.all()})
    counts = Counter((topic, question.level) for question in bank.all() for topic in (question.topic, ""))
    by_topic = told_apart_by_topic(bank.all())
    told = {**by_topic, "": sum(by_topic.values(), ToldApart())}
    rows = []
    for topic in [*topics, ""]:
        levels = [counts[topic, level] for level in Level]
        shares = (told[topic].balanced, told[topic].right_of_made, told[topic].right_of_not_made)
        rows.append((topic or "all", *map(str, levels), str(sum(levels)), *map(_percent, shares)))
    heads = ("topic", *Level, "questions", "balanced accuracy", "right of made", "right of not made")
    print("\n".join(_table(heads, rows)))
    return 0 if bank.questions else 1


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _show(packs: Packs, args: argparse.Namespace) -> int:
    bank = _loaded(packs)
    question = bank.get(args.id)
    if question is None:
        advice = nearest(args.id, bank.questions) or "; `content list` names them all"
        print(f"there is no question {args.id!r}{advice}", file=sys.stderr)
        return 1
    print("\n".join(_page(question)))
    return 0


def _loaded(packs: Packs) -> Bank:
    bank = Bank.load(packs())
    if bank.faults:
        files = counted(len({fault.path for fault in bank.faults}), "file")
        print(f"{files} with faults left out; `content check` says why", file=sys.stderr)
    return bank


def _summary(question: Question) -> dict[str, str | int]:
    return {
        "id": question.id,
        "topic": question.topic,
        "level": question.level,
        "revision": question.revision,
        "question": question.text,
        "key_points": len(question.key_points),
        "sources": len(question.sources),
        "reviewed": question.reviewed.isoformat(),
    }


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads) - 1)]
    for line in lines:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]])


def _page(question: Question) -> Iterator[str]:
    yield f"{question.id} ({question.topic}, {question.level}, revision {question.revision}, {question.reviewed})"
    yield from ("", *_wrapped(question.text))
    yield from ("", "Key points")
    for point in question.key_points:
        yield from _key_point(point)
    yield from ("", "Model answer", "")
    yield from (line for paragraph in question.model_answer.split("\n") for line in _wrapped(paragraph) or [""])
    yield from _section("Hints", question.hints)
    yield from _section("Follow-up", [question.follow_up])
    yield from _section("Sources", [f"{s.by}: {s.title} ({s.year}), {s.url}" for s in question.sources])
    yield from _section("Sample replies", [_sample(sample) for sample in question.samples])
    yield from _section("Tags", [", ".join(question.tags)] if question.tags else [])


def _key_point(point: KeyPoint) -> Iterator[str]:
    yield from _wrapped(f"- {point.statement} (weight {point.weight}, {point.id})", "  ")
    for phrasing in point.accepted:
        yield from _wrapped(f"    also: {phrasing}", "          ")
    for phrasing in point.contradicted_by:
        yield from _wrapped(f"    not:  {phrasing}", "          ")


def _sample(sample: SampleReply) -> str:
    labels = ", ".join(f"{point} {label}" for point, label in sample.labels.items())
    return f"{sample.kind}: {sample.text} [{labels}]"


def _section(title: str, texts: Iterable[str]) -> Iterator[str]:
    lines = [line for text in texts for line in _wrapped(f"- {text}", "  ")]
    if lines:
        yield from ("", title, *lines)


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
