import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.console.lines import lines_of

ROOT = Path(__file__).parents[3]


async def all_lines(file: int) -> list[str]:
    return [line async for line in lines_of(file)]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", []),
        (b"one\ntwo\n", ["one", "two"]),
        (b"one\r\n\nlast without end", ["one", "", "last without end"]),
        (b"\xff\xed\xa0\x80 \xd7\xa9\n", ["\ufffd\ufffd\ufffd\ufffd ש"]),
        (b"x" * 1_000_000 + b"\ny\n", ["x" * 1_000_000, "y"]),
        (b"\n" * 1_000, [""] * 1_000),
    ],
    ids=range(6),
)
async def test_a_file_is_read_line_by_line_to_its_end(tmp_path: Path, content: bytes, lines: list[str]) -> None:
    path = tmp_path / "said.txt"
    path.write_bytes(content)
    with path.open("rb") as file:
        assert await all_lines(file.fileno()) == lines


async def test_a_line_from_a_pipe_comes_as_soon_as_it_is_whole() -> None:
    read, write = os.pipe()
    lines = lines_of(read)
    os.write(write, b"on")
    os.write(write, b"e\ntw")

    assert await anext(lines) == "one"
    os.close(write)

    assert [line async for line in lines] == ["tw"]
    os.close(read)


async def test_lines_typed_into_a_terminal_come_one_by_one() -> None:
    keyboard, terminal = os.openpty()
    lines = lines_of(terminal)

    os.write(keyboard, b"ana: hello\n")
    assert await anext(lines) == "ana: hello"
    os.write(keyboard, b"\x04")  # the end, as a person types it

    assert [line async for line in lines] == []
    os.close(keyboard)
    os.close(terminal)


WAITS = """
import asyncio
from adapters.console.lines import lines_of

async def main():
    try:
        await asyncio.wait_for(anext(lines_of(0)), 0.2)
    except TimeoutError:
        return "nobody said anything"

print(asyncio.run(main()))
"""


def test_a_reader_that_still_waits_does_not_hold_up_the_end_of_the_program() -> None:
    read, write = os.pipe()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    ended = subprocess.run(
        [sys.executable, "-c", WAITS],
        stdin=read,
        env=environment,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    assert (ended.returncode, ended.stdout.strip(), ended.stderr) == (0, "nobody said anything", "")
    os.close(read)
    os.close(write)
