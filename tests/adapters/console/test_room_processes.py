"""A room that several processes write at once: its platform is a file. A platform behind a server numbers what it is sent."""

import json
import os
import subprocess
import sys
import time as waiting
from datetime import UTC, datetime
from pathlib import Path

from adapters.console import open_console
from bot.domain.ids import RoundId
from bot.ports import Post
from tests.adapters.console.samples import (
    PLACE,
    QUESTION,
    StillClock,
)

ROOT = Path(__file__).parents[3]
WORKER = ROOT / "tests" / "adapters" / "console" / "worker.py"
SINCE = datetime(2000, 1, 1, tzinfo=UTC)
Started = subprocess.Popen[str]


def worker(path: Path, name: str, *, posts: int = 0, size: int = 100) -> Started:
    command = [sys.executable, str(WORKER), str(path), name, str(posts), str(size)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def begin(process: Started) -> None:
    assert process.stdin
    process.stdin.write("begin\n")
    process.stdin.flush()


def test_two_processes_share_a_room_and_no_id_or_line_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "room.jsonl"

    started = [worker(path, name, posts=150) for name in ("a", "b")]
    for one in started:
        begin(one)
    acknowledged = [line.split() for one in started for line in one.communicate(timeout=60)[0].splitlines()]

    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert len(acknowledged) == 300
    assert [line["id"] for line in lines] == [str(number) for number in range(1, 301)]
    assert sorted(acknowledged) == sorted([line["id"], line["round"]] for line in lines)


async def test_a_kill_in_the_middle_of_an_append_loses_only_what_was_not_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "room.jsonl"
    acknowledged, torn = [], []
    for kill in range(3):
        acknowledged += acknowledged_before_kill(path, f"kill-{kill}")
        torn.append(killed_while_writing(path))
    assert any(torn)

    async with open_console(path, StillClock()) as chat:
        for ref, round_ in acknowledged:
            assert await chat.find_posts(PLACE, RoundId(round_), Post.QUESTION, SINCE) == [ref]
        last = await chat.post_question(QUESTION)
        assert await chat.find_posts(PLACE, QUESTION.round, Post.QUESTION, SINCE) == [last]
    ids = [json.loads(line)["id"] for line in path.read_bytes().splitlines()]
    assert ids == [str(number) for number in range(1, len(ids) + 1)]


def acknowledged_before_kill(path: Path, name: str) -> list[list[str]]:
    """Let a process post, kill it while it goes on, and return what it was told stands."""
    with worker(path, name) as process:
        begin(process)
        assert process.stdout
        said = [process.stdout.readline() for _ in range(5)]
        process.kill()
        said += process.stdout.readlines()
    return [line.split() for line in said if line.endswith("\n")]


def killed_while_writing(path: Path) -> bool:
    """Let a process post something so long that it can be killed halfway; tell whether it was."""
    whole = path.stat().st_size
    with worker(path, "half", size=40_000_000) as process:
        begin(process)
        while path.stat().st_size < whole + 1_000_000 and process.poll() is None:
            waiting.sleep(0.001)
        process.kill()
    return not path.read_bytes().endswith(b"\n")
