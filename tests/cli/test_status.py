"""``python -m bot status`` on a real store with a day in it, beside a running bot, and where there is none."""

import asyncio
import json
import signal
import socket
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from adapters.redis.store import Store
from tests.cli.command import bot, start, until_running
from tests.conftest import Server
from tests.content.sample import ID, changed, question_file, write_question
from tests.world import MONDAY, OTHER_PLACE, World, build, question


@pytest.fixture
async def world(store: Store) -> AsyncIterator[World]:
    """A Monday on which one question was revealed and Tuesday's is open, with Wednesday left out; another place rests."""
    made = build(store, [question(number) for number in range(4)])
    await made.set_up()
    await made.at(9, 5)
    await made.reply("ana", "alpha")
    await made.at(16)
    await made.at(9, day=MONDAY + timedelta(days=1))
    await made.admin("skip")
    await made.set_up(OTHER_PLACE)
    await made.admin("pause holidays", OTHER_PLACE)
    yield made
    made.room.close()


async def _keys(server: Server) -> Sequence[str]:
    async with Redis(unix_socket_path=server.socket, decode_responses=True) as client:
        return [str(key) for key in await client.keys()]


async def _status(server: Server, *more: str) -> tuple[int, str]:
    done = await asyncio.to_thread(bot, "status", *more, settings={"STUDYBOT_REDIS_URL": server.url})
    return done.returncode, done.stdout


@pytest.mark.usefixtures("world")
async def test_programmes_last_rounds_and_unfinished_work_are_told(server: Server) -> None:
    code, said = await _status(server)

    assert code == 0
    lines = said.splitlines()
    assert lines[0] == f"Store {server.url}"
    assert lines[1].startswith("  Valkey ")
    assert "append-only file, synced always" in lines[1]
    assert lines[3].startswith("console: 2 programmes, agenda 3 (the most overdue ")
    assert "  console:home:random  paused (holidays): asks 09:00, reveals 16:00, mon-fri, UTC" in lines
    first = lines.index("  console:home:general  active: asks 09:00, reveals 16:00, mon-fri, UTC")
    assert lines[first + 1] == "    next  open due 2025-03-06 09:00:00Z"
    assert [line for line in lines if line.startswith("    last")] == [
        "    last  2025-03-05  skipped, by hand",
        "    last  2025-03-04  open, asked 0.0 s late, 0 repliers",
        "    last  2025-03-03  revealed, asked 5 min late, 1 replier",
    ]
    assert [line for line in lines if "unfinished" in line] == [
        "  unfinished  console:home:general:2025-03-04  open: reveal due 2025-03-04 16:00:00Z",
    ]
    assert "  self-check  console:home:general:2025-03-03  ends 2025-03-05 16:00:00Z" in lines


async def test_what_comes_next_is_told_once(store: Store, server: Server) -> None:
    world = build(store, [question()])
    world.clock.at = datetime.now(UTC)
    await world.set_up()

    _, said = await _status(server)
    world.room.close()

    coming = [line.split("asks ")[-1] for line in said.splitlines() if line.startswith("    next  ")]
    assert len(coming) == len(set(coming)) == 3
    assert "open due" not in said


async def test_what_was_tried_is_told_with_when_it_comes_again_and_what_is_forgotten_as_forgotten(
    world: World, server: Server
) -> None:
    world.clock.go(hours=7)
    await world.claim()
    await world.store.steady.zrem("studybot:console:agenda", "open:console:home:general:2025-03-06")

    _, said = await _status(server)

    assert "open: reveal due 2025-03-04 16:00:00Z, tried 1 time, again 2025-03-04 16:01:00Z" in said
    assert "    next  not on the agenda: the next sweep puts it back" in said


@pytest.mark.usefixtures("world")
async def test_as_json_it_is_one_document(server: Server) -> None:
    code, said = await _status(server, "--json")

    seen = json.loads(said)
    assert code == 0
    assert seen["store"]["name"] == server.url
    (console,) = seen["platforms"]
    general = next(one for one in console["programmes"] if one["programme"] == "console:home:general")
    assert general["opening"]["due"] == "2025-03-06T09:00:00Z"
    assert general["last"][0]["note"] == "by hand"
    assert [one["pending"]["step"] for one in console["unfinished"]] == ["settle", "reveal"]


@pytest.mark.usefixtures("client")
def test_an_empty_store_is_called_empty_and_stays_so(server: Server) -> None:
    done = bot("status", settings={"STUDYBOT_REDIS_URL": server.url})

    assert done.returncode == 0
    assert "Nothing was ever planned" in done.stdout
    assert asyncio.run(_keys(server)) == []


def test_a_store_that_is_not_to_be_reached_is_one_sentence_without_its_password() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"redis://bob:secret@127.0.0.1:{probe.getsockname()[1]}/0"

    done = bot("status", settings={"STUDYBOT_REDIS_URL": url})

    assert (done.returncode, done.stdout) == (69, "")
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr


def test_where_there_is_no_store_none_is_made(tmp_path: Path) -> None:
    done = bot("status", settings={"STUDYBOT_DATA_DIR": str(tmp_path / "nowhere")})

    assert done.returncode == 66
    assert not (tmp_path / "nowhere").exists()


def test_it_works_beside_a_running_bot_and_after_it_has_ended(tmp_path: Path) -> None:
    settings = {"STUDYBOT_DATA_DIR": str(tmp_path / "d"), "STUDYBOT_CONSOLE_FILE": str(tmp_path / "room.jsonl")}
    process = start("run", settings=settings)
    until_running(process)

    beside = bot("status", settings=settings)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    after = bot("status", settings=settings)

    assert (beside.returncode, after.returncode, process.returncode) == (0, 0, 0)
    assert f"Store embedded in {tmp_path / 'd'}" in beside.stdout
    assert beside.stdout.splitlines()[0] == after.stdout.splitlines()[0]


@pytest.mark.usefixtures("world")
async def test_questions_that_left_rotation_are_counted_and_named(server: Server, tmp_path: Path) -> None:
    write_question(tmp_path, text=question_file(changed("reviewed: 2026-11-23", "reviewed: 2019-01-01")))
    settings = {"STUDYBOT_REDIS_URL": server.url, "STUDYBOT_PACKS": str(tmp_path)}

    done = await asyncio.to_thread(bot, "status", settings=settings)

    lines = done.stdout.splitlines()
    assert lines[-2:] == ["Questions 0 in rotation", f"  1 out of it, for the review is too old: {ID}"]
    assert lines.count("    asks questions whose review is too old, for no other matches") == 2
