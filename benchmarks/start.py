"""How long a start takes, and what the bot needs: memory with many programmes, and room for what is installed."""

import asyncio
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from redis import Redis

from adapters.redis.embedded import server_pid
from adapters.redis.folder import socket_of
from benchmarks.measure import Row, in_turns, spread
from benchmarks.stage import open_stage, set_up_programmes
from tests.cli.command import ROOT, environment

_MEGABYTE = 1_000_000
_AT_REST = 50
"""Commands a second, those inside scripts included."""


async def run(*, programmes: int = 10_000, rounds: int = 7) -> list[Row]:
    with (
        tempfile.TemporaryDirectory(prefix="sb", dir="/tmp") as empty,
        tempfile.TemporaryDirectory(prefix="sb", dir="/tmp") as full,
    ):
        with _running(Path(full)):
            async with open_stage(f"unix://{socket_of(Path(full))}") as stage:
                await set_up_programmes(stage.store, programmes, datetime.now(UTC) + timedelta(hours=6))
        rows = []
        for what, folder in (("nothing set up", empty), (f"{programmes:,} programmes", full)):
            pair = await in_turns(rounds, partial(_start, Path(folder)), _version)
            rows.append(
                Row(
                    what=f"start to ready, embedded store, {what}",
                    figure=spread(pair.ours, "s"),
                    against=f"`python -m bot --version`, {spread(pair.baseline, 's')}",
                    ratio=pair.ratio(),
                )
            )
        return [*rows, _memory(Path(empty), Path(full), programmes), _installed()]


def _memory(empty: Path, full: Path, programmes: int) -> Row:
    (bot, store), (bot_full, store_full) = _resident(empty), _resident(full)
    return Row(
        what=f"memory with {programmes:,} programmes",
        figure=f"bot {bot_full:.0f} MB, store {store_full:.0f} MB",
        against=f"with none: bot {bot:.0f} MB, store {store:.0f} MB",
        ratio=f"{bot_full / bot:.2f}, {store_full / store:.2f}",
    )


async def _start(folder: Path) -> float:
    began = time.perf_counter()
    with _running(folder):
        return time.perf_counter() - began


async def _version() -> float:
    began = time.perf_counter()
    await asyncio.to_thread(
        subprocess.run, [sys.executable, "-m", "bot", "--version"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - began


@contextmanager
def _running(folder: Path) -> Iterator[int]:
    """Run the bot on a data folder; yield its process id as soon as it says that it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "STUDYBOT_DATA_DIR": str(folder),
        "STUDYBOT_CONSOLE_FILE": str(folder / "room.jsonl"),
        "STUDYBOT_HTTP_PORT": str(port),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT, env=environment(settings), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not _is_ready(port):
            assert process.poll() is None, "the bot did not start"
            time.sleep(0.005)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _is_ready(port: int) -> bool:
    with suppress(OSError, urllib.error.URLError), urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
        return True
    return False


def _resident(folder: Path) -> tuple[float, float]:
    """Return what the bot and its store hold in memory once the first sweep has seen every programme, in megabytes."""
    with _running(folder) as bot:
        _wait_for_rest(folder)
        store = server_pid(folder)
        assert store
        return megabytes(bot), megabytes(store)


def _wait_for_rest(folder: Path) -> None:
    """Return when the bot asks its store for no more than a tick needs."""
    with Redis(unix_socket_path=socket_of(folder)) as client:
        asked, before = _AT_REST, 0
        while asked >= _AT_REST:
            time.sleep(1)
            now = int(client.info("stats")["total_commands_processed"])
            asked, before = now - before, now


def megabytes(pid: int) -> float:
    """Return what a process holds in memory."""
    done = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], check=True, capture_output=True, text=True)
    return int(done.stdout) * 1024 / _MEGABYTE


def _installed() -> Row:
    sizes = {name: _size(name) for name in _needed()}
    largest = sorted(sizes, key=lambda name: -sizes[name])[:3]
    return Row(
        what=f"what is installed to run: {len(sizes)} packages",
        figure=f"{sum(sizes.values()) / _MEGABYTE:.0f} MB",
        against="the largest: " + ", ".join(f"{name} {sizes[name] / _MEGABYTE:.0f} MB" for name in largest),
    )


def _needed() -> list[str]:
    """Return the packages that running needs here, by name: what pyproject.toml asks for, and what that asks for."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    found: dict[str, None] = {}
    waiting = [Requirement(text) for text in asked]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found[name] = None
        waiting += [Requirement(text) for text in distribution(name).requires or ()]
    return list(found)


def _size(name: str) -> int:
    """Return the bytes of a package's files as they are installed, compiled ones included."""
    files = [Path(str(file.locate())) for file in distribution(name).files or ()]
    return sum(file.stat().st_size for file in files if file.is_file())
