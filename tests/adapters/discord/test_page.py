"""What docs/discord.md tells is so: its steps, its permissions and intents, its commands, its sentences and its pictures."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.discord.access import Access
from adapters.discord.inbound import aside, buttons, intents_of, reception, shard, shards
from adapters.discord.inbound.marks import MARK
from adapters.discord.permissions import PERMISSIONS, SCOPES
from adapters.discord.refusals import (
    ARCHIVED,
    BY_PLACE,
    BY_TOKEN,
    GONE,
    LIMITED,
    NOT_TOLD,
    OURS,
    OVER,
    PASSING,
    THREAD_IS_THERE,
)
from adapters.discord.views import ways
from bot.settings import VARIABLES
from bot.wording import labels, programmes, replies
from bot.wording.desk import HELP
from tests.adapters.discord.pictures.scenes import PICTURES

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "discord.md").read_text(encoding="utf-8")
STEPS = TEXT.partition("## From nothing to the first question")[2].partition("\n#")[0]
LATER = "refused; a reveal waits"

BECOMES: Mapping[str, frozenset[int]] = {
    "waits": frozenset(LIMITED),
    "tries again": PASSING,
    "nothing": GONE,
    "uses that thread": frozenset({THREAD_IS_THERE}),
    "opens the thread again": frozenset({ARCHIVED}),
    "tells the others": NOT_TOLD,
    "does what was asked": OVER - {40060},
    "leaves it to": frozenset({40060}),
    LATER: OURS | BY_TOKEN.keys(),
    "refused": frozenset(BY_PLACE),
}
"""By how the outcome begins, what it is the outcome of."""


def _rows(heading: str, after: str = "\n") -> Iterator[list[str]]:
    table = TEXT.partition(after)[2].partition(f"\n| {heading} |")[2].partition("\n\n")[0]
    for row in table.splitlines()[2:]:
        yield [cell.strip() for cell in row.strip("|").split("|")]


def _numbers(cell: str) -> set[int]:
    return {int(number) for number in re.findall(r"`(\d+)`", cell)}


def _outcomes() -> Iterator[tuple[str, str, set[int]]]:
    """Yield what the first table of outcomes says: the kind of outcome, the cell, and the numbers that it is for."""
    for _, numbers, outcome, _ in _rows("what happens", "## What happens when"):
        if codes := _numbers(numbers):
            yield next(kind for kind in BECOMES if outcome.startswith(kind)), outcome, codes


def test_the_first_question_stands_after_ten_steps_at_most() -> None:
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", STEPS, re.MULTILINE)]

    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) <= 10
    assert {int(number) for number in re.findall(r"\bsteps? (\d+)", TEXT)} <= set(numbers)


def test_every_permission_is_told_of_with_what_it_is_for() -> None:
    told = {name: (why, without) for name, why, without in _rows("permission")}
    outcome = {True: "the quiz is paused", False: "the quiz runs, with less"}

    assert told == {one.name: (one.why, outcome[one.needed]) for one in PERMISSIONS}
    assert all(f"`{scope}`" in TEXT for scope in SCOPES)


def test_every_intent_is_told_of_and_which_of_them_is_privileged() -> None:
    told = {name.strip("`").lower(): switch for name, _, switch in _rows("intent")}
    access = Access(token="")
    always, opted_in = (
        {name for name, on in intents_of(one) if on} for one in (access, replace(access, message_content=True))
    )

    assert told == {**dict.fromkeys(opted_in, "yes"), **dict.fromkeys(always, "no")}


@pytest.mark.parametrize("kind", BECOMES)
def test_every_number_of_discord_s_stands_at_what_becomes_of_it(kind: str) -> None:
    told = [code for said, _, codes in _outcomes() if said == kind for code in codes]

    assert sorted(told) == sorted(BECOMES[kind])


def test_what_is_waited_for_without_a_word_of_discord_s_is_as_long_as_told() -> None:
    told = {
        code: float(re.findall(r"else ([\d,]+) s", outcome)[0].replace(",", ""))
        for kind, outcome, codes in _outcomes()
        if kind == "waits"
        for code in codes
    }

    assert told == LIMITED


def test_every_number_with_which_a_connection_ends_for_good_has_its_outcome() -> None:
    told = {
        code for _, word, *_ in _rows("what happens", "What comes in has its outcomes too") for code in _numbers(word)
    }

    assert told >= shard.BARRED.keys()


def test_what_people_are_told_to_type_is_there() -> None:
    told = {" ".join(found) for found in re.findall(r"`(/quiz|/quiz-admin) ([a-z-]+)", TEXT)}
    known = {f"{line.split()[0]} {word}" for line, _ in HELP for word in re.findall(r"[a-z]+(?:-[a-z]+)*", line)}

    assert told
    assert told <= known


def test_what_the_bot_is_quoted_with_it_says() -> None:
    said = (
        reception.NOT_HERE,
        aside.CANNOT_READ,
        programmes.unmentioned("ana"),
        replies.NOT_COLLECTED,
        buttons.UNKNOWN,
    )
    quoted = re.findall(r'^\| "([^"]+?) …"', TEXT, re.MULTILINE)

    assert len(quoted) == len(said)
    assert all(any(sentence.startswith(one) for sentence in said) for one in quoted)


def test_names_are_those_that_people_see() -> None:
    named = {
        ways.COLLECT["form"],
        ways.MORE_SETTINGS,
        ways.MY_REPLY,
        ways.TRY_AGAIN,
        labels.SETUP_FIELDS["admins"],
        "Check my key points",
    }

    assert {one for one in named if f"*{one}*" not in TEXT} == set()
    assert MARK in TEXT
    assert f"`{shards._ELSEWHERE}`" in TEXT
    assert set(re.findall(r"STUDYBOT_[A-Z_]+", TEXT)) <= {*VARIABLES}


def test_every_picture_is_shown_and_described() -> None:
    shown = dict(re.findall(r'<img src="pictures/([a-z-]+)\.svg" width="640" alt="([^"]+)">', TEXT))

    assert set(shown) == set(PICTURES)
