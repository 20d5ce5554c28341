"""``python -m bot members`` on a real store with a day in it."""

import asyncio
import json
import os
import pty
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from adapters.redis.store import Store
from tests.cli.command import bot, start
from tests.conftest import Server
from tests.leftovers import leftovers
from tests.world import build, question

ZOE = "console:home:zoe"


@pytest.fixture
async def settings(server: Server, store: Store) -> AsyncIterator[dict[str, str]]:
    """The settings of a store in which zoe and ben have replied to a question that was revealed."""
    world = build(store, [question()])
    await world.set_up()
    await world.at(9)
    await world.reply("zoe", "alpha, as \N{GREEK SMALL LETTER ALPHA} quokka says")
    await world.reply("ben", "say beta")
    await world.at(16)
    yield {"STUDYBOT_REDIS_URL": server.url}
    world.room.close()


async def test_a_copy_of_everything_is_printed(settings: dict[str, str]) -> None:
    done = await asyncio.to_thread(bot, "members", "export", ZOE, settings=settings)

    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert (found["member"], found["hidden"]) == (ZOE, False)
    assert found["rounds"][0]["reply"][0]["text"] == "alpha, as \N{GREEK SMALL LETTER ALPHA} quokka says"
    assert found["awards"][0]["points"] == 6


async def test_a_copy_goes_into_a_new_file_that_its_owner_alone_may_read(
    settings: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "zoe.json"

    done = await asyncio.to_thread(bot, "members", "export", ZOE, "--out", str(file), settings=settings)
    again = await asyncio.to_thread(bot, "members", "export", ZOE, "--out", str(file), settings=settings)

    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads(file.read_text())["member"] == ZOE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert again.returncode == 2
    assert again.stderr.startswith(f"{file} cannot be written (File exists): name a file that is not there yet.")


async def test_an_erased_member_is_gone_and_the_boards_are_sound(settings: dict[str, str], client: Redis) -> None:
    asked = await asyncio.to_thread(bot, "members", "erase", ZOE, settings=settings)
    before = await leftovers(client, "zoe")
    done = await asyncio.to_thread(bot, "members", "erase", ZOE, "--yes", settings=settings)
    verified = await asyncio.to_thread(bot, "boards", "verify", settings=settings)

    assert (asked.returncode, asked.stderr.strip()) == (
        2,
        "Nothing was erased: say yes, or add --yes where nobody can be asked.",
    )
    assert before
    assert (done.returncode, done.stdout.strip()) == (0, f"Nothing of {ZOE} is kept any more.")
    assert await leftovers(client, "zoe", "quokka") == []
    assert verified.stdout.strip().endswith("over 2 awards: no differences")


async def test_of_whom_nothing_is_kept_it_is_said_so(settings: dict[str, str]) -> None:
    done = await asyncio.to_thread(bot, "members", "erase", "console:home:nobody", "--yes", settings=settings)

    assert (done.returncode, done.stdout.strip()) == (0, "There was nothing of console:home:nobody to erase.")


@pytest.mark.parametrize(("answer", "left"), [("yes", False), ("no", True)])
async def test_who_is_at_the_keyboard_is_asked_before_it_is_done(
    settings: dict[str, str], client: Redis, answer: str, *, left: bool
) -> None:
    ours, theirs = pty.openpty()
    process = start("members", "erase", ZOE, settings=settings, terminal=theirs)
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())

    _, said = await asyncio.to_thread(process.communicate, timeout=60)
    shown = os.read(ours, 4_096).decode()
    os.close(ours)

    assert "This deletes everything of console:home:zoe for good" in shown
    assert bool(await leftovers(client, "zoe")) == left
    assert (process.returncode, said.startswith("Nothing was erased")) == ((2, True) if left else (0, False))


@pytest.mark.parametrize(("action", "text"), [("export", "console:home"), ("erase", "a:b:c:d"), ("erase", "a:b:c d")])
def test_what_is_no_member_is_said_to_be_none(action: str, text: str) -> None:
    done = bot("members", action, text)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == f"member: {text!r} is no member: write platform:team:user, such as slack:T024:U9."


def test_where_there_is_no_store_none_is_made(tmp_path: Path) -> None:
    done = bot("members", "erase", ZOE, "--yes", settings={"STUDYBOT_DATA_DIR": str(tmp_path / "nowhere")})

    assert done.returncode == 66
    assert not (tmp_path / "nowhere").exists()
