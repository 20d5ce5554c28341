import os
from pathlib import Path

import pytest

from adapters.console.checks import room
from bot.ports import Severity


@pytest.mark.parametrize("name", ["room.jsonl", "to/come/room.jsonl"])
async def test_a_file_that_can_be_made_is_fine_and_not_made(tmp_path: Path, name: str) -> None:
    (found,) = await room(tmp_path / name)

    assert found.severity is Severity.OK
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
async def test_a_file_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "room.jsonl"
    file.touch(mode=0o400)

    (found,) = await room(file)

    assert found.severity is Severity.FAULT
    assert "STUDYBOT_CONSOLE_FILE" in found.remedy


async def test_a_file_below_a_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "f").touch()

    (found,) = await room(tmp_path / "f" / "room.jsonl")

    assert found.severity is Severity.FAULT
