"""How often the ticks are right on replies whose writers had seen neither phrasings nor grader: ``python -m benchmarks blind [--learn K]``.

``blind_replies.jsonl`` has ten replies to each of forty questions, by two writers (language models, asked to reply as members would):
three good ones, three partial, two wrong, one misleading (the right words, the wrong way round), one by somebody who knows and says it
from another side, mostly by likening it to something. The replies were written from the question alone, and then labelled by the key
points' statements. Nothing was fitted on them: whoever does has none left to judge by.

With ``--learn K`` each reply is graded after its grader has learnt from up to K others to the question: for every key point that one
of these makes, the whole of it, as a lead accepts it.
"""

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from adapters.grading.lexical import NAME, VERSION, suggest_all
from adapters.grading.samples import ToldApart, counted
from bot.domain.question import Label, Question
from content.bank import Bank, default_packs

REPLIES = Path(__file__).with_name("blind_replies.jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blind:
    """A reply by ``writer`` of a ``kind``, with a label per key point id."""

    writer: str
    question: str
    kind: str
    reply: str
    labels: Mapping[str, Label]


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learn", type=int, default=0, metavar="K", help="other replies to learn from, a question")
    parser.add_argument("--seed", type=int, default=0, help="which others these are")
    args = parser.parse_args(argv)
    found: dict[str, ToldApart] = defaultdict(ToldApart)
    for one, told in judged(read(), Bank.load(default_packs()).questions, args.learn, args.seed):
        for group in (one.kind, f"{one.writer} writer", "all"):
            found[group] += told
    print(f"{NAME} {VERSION}, learning from {args.learn} replies a question, seed {args.seed}")
    for group in (*sorted(found.keys() - {"all"}), "all"):
        print(f"{group:16}{_shown(found[group])}")
    return 0


def read(path: Path = REPLIES) -> list[Blind]:
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Blind(**{**line, "labels": {id_: Label(label) for id_, label in line["labels"].items()}}) for line in lines]


def judged(
    replies: Sequence[Blind], bank: Mapping[str, Question], learn: int, seed: int
) -> Iterator[tuple[Blind, ToldApart]]:
    for one in replies:
        question = bank[one.question]
        others = [other for other in replies if other.question == one.question and other is not one]
        learnt = _learnt(others, learn, random.Random(f"{seed} {one.reply}"))
        (suggestion,) = suggest_all(question, learnt, [one.reply])
        yield one, counted(question, one.labels, suggestion.ticks)


def _learnt(others: Sequence[Blind], learn: int, chance: random.Random) -> dict[str, list[str]]:
    making = [other for other in others if Label.MADE in other.labels.values()]
    found: dict[str, list[str]] = defaultdict(list)
    for other in chance.sample(making, min(learn, len(making))):
        for point, label in other.labels.items():
            if label is Label.MADE:
                found[point].append(other.reply)
    return found


def _shown(told: ToldApart) -> str:
    def part(share: float | None, of: int) -> str:
        return f"{f'{share:.3f}' if share is not None else '-':>5} of {of:<6}"

    balanced = "-" if told.balanced is None else f"{told.balanced:.3f}"
    made, not_made = part(told.right_of_made, told.made), part(told.right_of_not_made, told.not_made)
    return f"made and ticked {made}not made and not ticked {not_made}balanced {balanced}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
