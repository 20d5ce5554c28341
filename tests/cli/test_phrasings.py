"""``python -m bot phrasings`` on a real store in which two teams have learnt something."""

import subprocess
from pathlib import Path

import pytest

from adapters.redis import keys
from adapters.redis.phrasings import to_json
from adapters.redis.store import Store
from bot.domain.ids import TeamId
from bot.domain.phrasing import Learnt
from content.bank import Bank
from tests.cli.command import PACK, bot
from tests.conftest import Server
from tests.mischief import MORNING
from tests.world import ANA, TODAY, build

QUESTION = next(iter(Bank.load([PACK]).all()))
HOME, AWAY = TeamId("console:home"), TeamId("console:away")
ONE = Learnt(point=QUESTION.key_points[0].id, text="quokka first", round=TODAY, at=MORNING, member=ANA, by=ANA)


@pytest.fixture
async def settings(server: Server, store: Store) -> dict[str, str]:
    build(store, []).room.close()
    for team, question in ((HOME, QUESTION.id), (AWAY, QUESTION.id), (AWAY, "nowhere")):
        await store.steady.hset(keys.phrasings(team, question), ONE.id, to_json(ONE))
    return {"STUDYBOT_REDIS_URL": server.url}


async def test_what_was_learnt_is_listed_without_a_name(settings: dict[str, str]) -> None:
    done, of_one = (
        bot("phrasings", "list", settings=settings),
        bot("phrasings", "list", "--team", HOME, settings=settings),
    )

    assert done.stdout.count("quokka first") == 3
    assert of_one.stdout == f"{HOME} {QUESTION.id} {ONE.id}  {ONE.point}: quokka first\n"
    assert "ana" not in of_one.stdout


async def test_one_is_dropped_and_the_others_stay(settings: dict[str, str], store: Store) -> None:
    done, again = (bot("phrasings", "drop", HOME, QUESTION.id, ONE.id, settings=settings) for _ in range(2))

    assert (done.returncode, again.returncode) == (0, 1)
    assert await store.steady.exists(keys.phrasings(HOME, QUESTION.id)) == 0
    assert await store.steady.exists(keys.phrasings(AWAY, QUESTION.id)) == 1


async def test_they_are_given_back_as_a_patch_that_fits_the_pack(settings: dict[str, str], tmp_path: Path) -> None:
    done = bot("phrasings", "export", settings=settings | {"STUDYBOT_PACKS": str(PACK.parent)})
    file = tmp_path / QUESTION.topic / f"{QUESTION.id}.md"
    file.parent.mkdir()
    file.write_bytes((PACK / file.name).read_bytes())

    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=done.stdout.encode(), check=True)

    given_back = Bank.load([tmp_path]).get(QUESTION.id)
    assert given_back, "what was learnt must have room in a file of the packs"
    assert [point.accepted.count("quokka first") for point in given_back.key_points].count(1) == 1
    assert "nowhere has no file" in done.stderr


async def test_what_is_no_team_is_said(settings: dict[str, str]) -> None:
    for words in (("list", "--team", "x"), ("export", "--team", "x"), ("drop", "x", "q", "i")):
        done = bot("phrasings", *words, settings=settings)
        assert (done.returncode, done.stdout) == (2, "")
        assert "is no team" in done.stderr


async def test_where_nothing_was_learnt_that_is_said(server: Server, store: Store) -> None:
    done = bot("phrasings", "list", settings={"STUDYBOT_REDIS_URL": server.url})

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nothing was learnt yet.\n")
