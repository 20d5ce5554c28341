"""Valkey servers and Sentinels on loopback, for the tests of what an embedded one does not do."""

import asyncio
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.redis import embedded


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def valkey(folder: Path, port: int, *options: str, config: str | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A server on loopback that answers; with ``config`` a Sentinel."""
    folder.mkdir()
    command = [embedded.server_program()]
    if config is not None:
        (folder / "sentinel.conf").write_text(config)
        command += [str(folder / "sentinel.conf"), "--sentinel"]
    command += ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", "", *options]
    with (folder / "log").open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            _until_listening(port)
            yield process
        finally:
            process.kill()


def _until_listening(port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise TimeoutError("the server did not start")


async def silent_server() -> asyncio.Server:
    """A server that takes what it gets and says nothing."""

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    return await asyncio.start_server(listen, "127.0.0.1", 0)
