"""``python -m bot boards`` on a real store with a day in it."""

import asyncio
from collections.abc import AsyncIterator

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


async def test_a_scope_that_is_none_is_a_sentence(settings: dict[str, str]) -> None:
    code, lines = await _bot(settings, "boards", "show", "general")

    assert code == 2
    assert lines[0].startswith("Name a place as platform:team:channel")


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
