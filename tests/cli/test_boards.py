"""``python -m bot boards`` on a real store with a day in it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from adapters.redis.store import Store
from tests.cli.command import bot
from tests.conftest import Server
from tests.world import build, question


@pytest.fixture
async def settings(server: Server, store: Store) -> AsyncIterator[dict[str, str]]:
    """The settings of a store in which ana has 10 points, ben and chris have 6 and dana has 2."""
    world = build(store, [question()])
    await world.set_up()
    await world.at(9)
    for name, text in (("ana", "alpha beta gamma"), ("ben", "say alpha"), ("chris", "alpha it is"), ("dana", "zeta")):
        await world.reply(name, text)
    await world.at(16)
    yield {"STUDYBOT_REDIS_URL": server.url}
    world.room.close()


async def _bot(settings: dict[str, str], *arguments: str) -> tuple[int, list[str]]:
    done = await asyncio.to_thread(bot, *arguments, settings=settings)
    return done.returncode, [" ".join(line.split()) for line in (done.stdout + done.stderr).splitlines()]


async def test_a_board_is_shown_with_ties_sharing_a_rank(settings: dict[str, str]) -> None:
    code, lines = await _bot(
        settings, "boards", "show", "console:home:general", "--period", "day", "--date", "2025-03-03"
    )

    assert code == 0
    assert lines == [
        "console:home:general day:2025-03-03: 4 members (provisional)",
        "1 10 ana",
        "2 6 ben",
        "2 6 chris",
        "4 2 dana",
    ]


async def test_the_team_has_a_board_too(settings: dict[str, str]) -> None:
    code, lines = await _bot(settings, "boards", "show", "console:home", "--period", "all", "--top", "1")

    assert (code, lines[1:]) == (0, ["1 10 ana"])

    _, lines = await _bot(settings, "boards", "show", "console:home", "--period", "all", "--top", "2")

    assert lines[1:] == ["1 10 ana", "2 6 ben", "… and 1 more with as many points"]


def test_all_that_is_wrong_is_said_on_stderr_with_what_would_be_right() -> None:
    done = bot("boards", "show", "general", "--period", "year", "--date", "monday", "--top", "0")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "scope: 'general' is neither: write a place as platform:team:channel or a team as platform:team.",
        "--period: 'year' is no period: write day, week, month, season or all.",
        "--date: 'monday' is not a date: write year, month and day as 2026-03-27.",
        "--top: '0' is not possible: write a whole number from 1 to 10000.",
    ]


@pytest.mark.parametrize("action", [["verify"], ["rebuild"], ["show", "console:home"]])
def test_where_there_is_no_store_none_is_made(tmp_path: Path, action: list[str]) -> None:
    place = tmp_path / "nowhere"

    done = bot("boards", *action, settings={"STUDYBOT_DATA_DIR": str(place)})

    assert done.returncode == 66
    assert done.stdout == ""
    assert done.stderr.startswith(f"There is no store in {place}: set STUDYBOT_DATA_DIR or STUDYBOT_REDIS_URL")
    assert not place.exists()


@pytest.mark.usefixtures("client")
def test_an_empty_store_is_called_empty(server: Server) -> None:
    done = bot("boards", "verify", settings={"STUDYBOT_REDIS_URL": server.url})

    assert done.returncode == 0
    assert done.stderr.startswith("The store is empty: ")


async def test_one_member_is_one_member(settings: dict[str, str], client: Redis) -> None:
    await client.zrem("studybot:console:home:board:general:all", *(f"console:home:{name}" for name in ("ben", "chris")))

    code, lines = await _bot(
        settings, "boards", "show", "console:home:general", "--period", "all", "--date", "0001-01-01"
    )
    await client.zrem("studybot:console:home:board:general:all", "console:home:dana")
    _, fewer = await _bot(settings, "boards", "show", "console:home:general", "--period", "all")

    assert (code, lines[0]) == (0, "console:home:general all: 2 members (provisional)")
    assert fewer[0] == "console:home:general all: 1 member (provisional)"


async def test_a_tampered_board_is_found_named_and_mended(settings: dict[str, str], client: Redis) -> None:
    clean = await _bot(settings, "boards", "verify")
    await client.zincrby("studybot:console:home:board:general:all", 5, "console:home:ben")

    found = await _bot(settings, "boards", "verify")
    await _bot(settings, "boards", "rebuild")
    mended = await _bot(settings, "boards", "verify")

    assert clean == (0, ["11 boards over 4 awards: no differences"])
    assert found == (
        1,
        [
            "11 boards over 4 awards: 1 difference",
            "console:home:board:general:all: console:home:ben has 11, the ledger says 6",
        ],
    )
    assert mended == clean
