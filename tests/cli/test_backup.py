"""``python -m bot backup`` and ``restore`` as an operator types them."""

import asyncio
import signal
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from adapters.redis import keys
from adapters.redis.store import Store
from tests.cli.command import bot, start, until_running
from tests.conftest import Server
from tests.world import build, question


@pytest.fixture
async def settings(server: Server, store: Store) -> AsyncIterator[dict[str, str]]:
    """The settings of a store in which a round was revealed."""
    await store.steady.set(keys.SCHEMA, keys.SCHEMA_VERSION)
    world = build(store, [question()])
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha beta gamma")
    await world.at(16)
    yield {"STUDYBOT_REDIS_URL": server.url}
    world.room.close()


async def _bot(settings: dict[str, str], *arguments: str | Path, said: bytes = b"") -> tuple[int, str, str]:
    done = await asyncio.to_thread(bot, *map(str, arguments), settings=settings, said=said)
    return done.returncode, done.stdout, done.stderr


def _other(tmp_path: Path) -> dict[str, str]:
    return {"STUDYBOT_DATA_DIR": str(tmp_path / "other")}


async def test_a_backup_of_one_store_makes_another_with_the_same_boards(
    settings: dict[str, str], tmp_path: Path
) -> None:
    file, other = tmp_path / "b.jsonl", _other(tmp_path)

    saved = await _bot(settings, "backup", file)
    made = await _bot(other, "restore", file)

    assert (saved[0], made[0]) == (0, 0)
    assert (saved[1], made[1]) == ("", "")
    assert saved[2].split(" in ")[0].split(" backed")[0] == made[2].split(" restored")[0]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
    show = "boards", "show", "console:home:general", "--period", "all"
    assert await _bot(other, *show) == await _bot(settings, *show)
    assert (await _bot(other, "boards", "verify"))[0] == 0


async def test_it_goes_through_a_pipe(settings: dict[str, str], tmp_path: Path) -> None:
    _, written, told = await _bot(settings, "backup", "-")
    code, _, _ = await _bot(_other(tmp_path), "restore", "-", said=written.encode())

    assert code == 0
    assert "backed up" in told
    assert written.splitlines()[0].startswith('["')


async def test_a_file_that_is_there_is_kept_unless_one_says_so(settings: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "b.jsonl"
    file.write_text("dear")

    refused = await _bot(settings, "backup", file)
    kept = file.read_text()
    forced = await _bot(settings, "backup", file, "--force")

    assert refused[0] == 73
    assert refused[2] == f"{file} is there already: name another file, or say --force.\n"
    assert kept == "dear"
    assert forced[0] == 0
    assert (await _bot(settings, "backup", tmp_path, "--force"))[0] == 73
    assert (await _bot(settings, "backup", tmp_path / "no" / "where"))[0] == 73


async def test_where_a_restore_has_not_ended_no_bot_starts(settings: dict[str, str], client: Redis) -> None:
    await client.set(keys.SCHEMA, keys.RESTORING)

    code, _, said = await _bot(settings, "boards", "verify")

    assert code != 0
    assert said.startswith("A restore into the store has not ended")
    assert said.count("\n") == 1


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.97])
async def test_a_cut_file_is_one_sentence_with_its_line_and_nothing_is_made(
    settings: dict[str, str], tmp_path: Path, cut: float
) -> None:
    file, other = tmp_path / "b.jsonl", _other(tmp_path)
    await _bot(settings, "backup", file)
    lines = file.read_bytes().splitlines(keepends=True)
    line = int(len(lines) * cut) + 1
    file.write_bytes(b"".join(lines[: line - 1]) + lines[line - 1][: len(lines[line - 1]) // 2])

    code, _, said = await _bot(other, "restore", file)

    assert (code, said) == (65, f"{file} is cut off in line {line}: take another backup.\n")
    assert "empty" in (await _bot(other, "boards", "verify"))[2]


async def test_a_tampered_line_is_named(settings: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "b.jsonl"
    await _bot(settings, "backup", file)
    lines = file.read_text().splitlines(keepends=True)
    changed = next(n for n, line in enumerate(lines, 1) if "ledger" in line)
    lines[changed - 1] = lines[changed - 1].replace("10,", "99,")
    moved = [*lines[:3], lines[4], lines[3], *lines[5:]]
    file.write_text("".join(lines))
    other = tmp_path / "moved"
    other.write_text("".join(moved))

    code, _, said = await _bot(_other(tmp_path), "restore", file)
    _, _, of_moved = await _bot(_other(tmp_path), "restore", other)

    assert (code, said) == (
        65,
        f"{file} was changed in line {changed} after it was written: take another backup.\n",
    )
    assert "changed in line 4" in of_moved


@pytest.mark.parametrize("content", ["", "hello\n", '{"key": 1}\n', "x" * 100_000])
async def test_what_is_no_backup_is_called_so(tmp_path: Path, content: str) -> None:
    file = tmp_path / "b.jsonl"
    file.write_text(content)

    code, _, said = await _bot(_other(tmp_path), "restore", file)

    assert code == 65
    assert said.startswith(f"{file} is ")
    assert said.count("\n") == 1


async def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "none"):
        code, _, said = await _bot(_other(tmp_path), "restore", file)
        assert (code, said.count("\n")) == (66, 1)


def test_a_backup_is_taken_beside_a_running_bot_into_which_nothing_can_be_restored(tmp_path: Path) -> None:
    settings = {"STUDYBOT_DATA_DIR": str(tmp_path / "d"), "STUDYBOT_CONSOLE_FILE": str(tmp_path / "room.jsonl")}
    process = start("run", settings=settings)
    until_running(process)

    saved = bot("backup", str(tmp_path / "b"), settings=settings)
    refused = bot("restore", str(tmp_path / "b"), settings=settings)
    process.terminate()
    process.communicate(timeout=20)

    assert (saved.returncode, refused.returncode) == (0, 69)
    assert "Another run holds" in refused.stderr


async def test_into_an_empty_store_by_url_on_which_a_bot_runs_nothing_is_restored(
    settings: dict[str, str], client: Redis, tmp_path: Path
) -> None:
    await _bot(settings, "backup", tmp_path / "b")
    await client.flushall()
    with start("run", settings={**settings, "STUDYBOT_CONSOLE_FILE": str(tmp_path / "room.jsonl")}) as process:
        until_running(process)
        code, _, said = await _bot(settings, "restore", tmp_path / "b")
        process.terminate()
        process.communicate(timeout=20)

    assert code == 69
    assert said.startswith("A bot runs on the store")
    assert (await _bot(settings, "restore", tmp_path / "b", "--again"))[0] == 0


def test_where_there_is_no_store_there_is_no_backup(tmp_path: Path) -> None:
    done = bot("backup", str(tmp_path / "b"), settings={"STUDYBOT_DATA_DIR": str(tmp_path / "nowhere")})

    assert done.returncode == 66
    assert list(tmp_path.iterdir()) == []


async def test_a_backup_that_is_ended_leaves_no_half_of_a_file(
    settings: dict[str, str], server: Server, tmp_path: Path
) -> None:
    assert server.process
    server.process.send_signal(signal.SIGSTOP)
    with start("backup", str(tmp_path / "b.jsonl"), settings=settings) as process:
        while not list(tmp_path.iterdir()):
            await asyncio.sleep(0.02)
        process.terminate()
        code = await asyncio.to_thread(process.wait, 10)
    server.process.send_signal(signal.SIGCONT)

    assert code == 143
    assert list(tmp_path.iterdir()) == []
