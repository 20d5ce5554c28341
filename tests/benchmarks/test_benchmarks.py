"""Each benchmark runs, on small sizes, and says what it has measured against what."""

import pytest

from adapters.slack.access import Mode
from benchmarks import agenda, boards, discord, reveal, slack, start, submit
from benchmarks.__main__ import main
from benchmarks.measure import Pair, table
from benchmarks.responses import KINDS


async def test_submit_tells_a_ratio_for_each_concurrency() -> None:
    rows = await submit.run(replies=20, rounds=2)

    assert [row.what for row in rows] == ["submitting a reply, 1 at once", "submitting a reply, 50 at once"]
    assert all(row.ratio for row in rows)


async def test_boards_tells_a_ratio_for_each_size() -> None:
    rows = await boards.run(members=(30, 60), pages=3, rounds=2)

    assert len(rows) == 4
    assert all(row.ratio for row in rows)


async def test_agenda_sees_every_question_posted_once_by_one_process_and_by_two() -> None:
    rows = await agenda.run(programmes=20, seconds=0.01, workers=5, rounds=1, lead=2.5)

    assert [row.what for row in rows][::2] == [
        "20 openings due at once, 1 process of 5 workers",
        "20 openings due at once, 2 processes of 5 workers",
    ]


async def test_reveal_tells_a_ratio() -> None:
    reveal_row, gap = await reveal.run(replies=30, rounds=1)

    assert reveal_row.ratio
    assert gap.figure


async def test_start_tells_time_memory_and_room() -> None:
    *_, memory, installed = await start.run(programmes=20, rounds=1)

    assert "bot" in memory.figure
    assert "MB" in installed.figure


async def test_slack_tells_a_ratio_for_each_kind_and_what_is_kept_up_with() -> None:
    rows = await slack.run(seconds=0.3, rounds=1, rates=(210.0,), channels=5, modes=[Mode.HTTP])

    assert len(rows) == len(KINDS) + 4
    assert "set up in 5 channels" in rows[-1].what


async def test_discord_tells_a_ratio_for_each_kind_what_is_kept_up_with_and_memory() -> None:
    rows = await discord.run(seconds=0.3, rounds=1, rates=(210.0,), guilds=3)

    assert len(rows) == len(KINDS) + 3
    assert all(row.ratio for row in rows[: len(KINDS)])
    assert "in 3 servers" in rows[-1].what


def test_a_ratio_is_that_of_the_same_round_and_tells_its_spread() -> None:
    assert Pair(ours=[2.0, 9.0, 4.0], baseline=[1.0, 3.0, 1.0]).ratio() == "3 (2 to 4)"


def test_a_table_is_markdown() -> None:
    assert table([]).splitlines()[1] == "| --- | --- | --- | --- | --- |"


def test_an_unknown_name_is_answered_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speed"]) == 2
    assert (
        "submit, boards, agenda, reveal, start, slack, discord, crashes, slack-crashes, discord-crashes, grading, blind, fit-grading."
        in capsys.readouterr().err
    )
