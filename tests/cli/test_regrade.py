"""``python -m bot regrade`` on a real store, with the bank's own question in a round."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.redis import keys
from adapters.redis.phrasings import to_json
from adapters.redis.store import Store
from bot.domain.ids import team_of
from bot.domain.phrasing import Learnt
from bot.domain.round import Step
from content.bank import Bank, default_packs
from tests.cli.command import bot
from tests.conftest import Server
from tests.mischief import MORNING
from tests.world import PLACE, TODAY, World, build

QUESTION = next(iter(Bank.load(default_packs()).all()))
WAY = "quokkas sniff every shipment beforehand"


@pytest.fixture
async def world(store: Store) -> AsyncIterator[World]:
    """A world in which ana said what the team has learnt since."""
    made = build(store, [QUESTION])
    await made.set_up()
    await made.at(9)
    await made.reply("ana", f"I would say that {WAY}.")
    await made.at(16)
    learnt = Learnt(point=QUESTION.key_points[0].id, text=WAY, round=TODAY, at=MORNING)
    await store.steady.hset(keys.phrasings(team_of(PLACE), QUESTION.id), learnt.id, to_json(learnt))
    yield made
    made.room.close()


async def test_a_dry_run_says_what_would_change_and_changes_nothing(world: World, server: Server) -> None:
    done = await asyncio.to_thread(bot, "regrade", TODAY, "--dry-run", settings={"STUDYBOT_REDIS_URL": server.url})

    assert (done.returncode, done.stderr) == (0, "")
    assert "1 grade of 1 would change" in done.stdout
    assert f"console:home:ana: {(await world.points())['ana']} to " in done.stdout
    assert keys.entry(Step.REGRADE, TODAY) not in await world.entries()


async def test_without_that_it_is_on_the_agenda(world: World, server: Server) -> None:
    done = await asyncio.to_thread(bot, "regrade", TODAY, settings={"STUDYBOT_REDIS_URL": server.url})

    assert done.returncode == 0
    assert "on the agenda" in done.stdout
    assert keys.entry(Step.REGRADE, TODAY) in await world.entries()


@pytest.mark.parametrize(("round_", "code"), [("x", 2), ("a:b:c:someday", 2), ("console:home:general:2020-01-01", 1)])
async def test_what_is_no_round_or_is_gone_is_said(round_: str, code: int, server: Server, store: Store) -> None:
    build(store, []).room.close()

    done = await asyncio.to_thread(bot, "regrade", round_, settings={"STUDYBOT_REDIS_URL": server.url})

    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr
