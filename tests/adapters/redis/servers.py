"""Valkey servers and Sentinels on loopback, for the tests of what an embedded one does not do."""

import asyncio
import os
import socket
import ssl
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from itertools import count
from pathlib import Path

from adapters.redis import embedded

_TLS_HELLO = b"\x16"


# Below what the system gives to outgoing connections, and each process of the tests its own: nobody else takes one meanwhile.
_PORTS = count(20_000 + 1_000 * (int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % 12))


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    while True:
        port = next(_PORTS)
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port


@contextmanager
def valkey(
    folder: Path, port: int, *options: str, config: str | None = None, loads: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    """A server on loopback that answers; with ``config`` a Sentinel, with ``loads`` one that says so."""
    folder.mkdir(exist_ok=True)
    command = [embedded.server_program()]
    if config is not None:
        (folder / "sentinel.conf").write_text(config)
        command += [str(folder / "sentinel.conf"), "--sentinel"]
    command += ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", "", *options]
    with (folder / "log").open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            _until_answering(port, loads=loads)
            yield process
        finally:
            process.kill()


def _until_answering(port: int, *, loads: bool) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as asked:
            asked.sendall(b"PING\r\n")
            answer = asked.recv(64)
            if answer and (loads or not answer.startswith(b"-LOADING")):
                return
        time.sleep(0.01)
    raise TimeoutError("the server did not start")


async def silent_server() -> asyncio.Server:
    """A server that takes what it gets and says nothing."""

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    return await asyncio.start_server(listen, "127.0.0.1", 0)


@asynccontextmanager
async def tls_front(port: int, context: ssl.SSLContext) -> AsyncIterator[int]:
    """Yield a port that speaks TLS for the server behind it, whose own build may have none.

    Whoever begins in plain, as a Sentinel beside the server does, is passed on too.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        async with asyncio.TaskGroup() as passing:
            accepting = passing.create_task(_accept(listener, port, context, passing))
            yield listener.getsockname()[1]
            accepting.cancel()


async def _accept(listener: socket.socket, port: int, context: ssl.SSLContext, passing: asyncio.TaskGroup) -> None:
    while True:
        client, _ = await asyncio.get_running_loop().sock_accept(listener)
        passing.create_task(_serve(client, port, context))


async def _serve(client: socket.socket, port: int, context: ssl.SSLContext) -> None:
    loop = asyncio.get_running_loop()
    begun = asyncio.Event()
    loop.add_reader(client, begun.set)
    await begun.wait()
    loop.remove_reader(client)
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    with suppress(OSError):  # such as a client that does not trust us
        speaks_tls = client.recv(1, socket.MSG_PEEK) == _TLS_HELLO
        transport, _ = await loop.connect_accepted_socket(lambda: protocol, client, ssl=context if speaks_tls else None)
        writer = asyncio.StreamWriter(transport, protocol, reader, loop)
        behind, to_behind = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_pass_on(reader, to_behind), _pass_on(behind, writer))


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while said := await reader.read(65_536):
            writer.write(said)
            await writer.drain()
    writer.close()
