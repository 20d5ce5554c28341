"""``python -m bot`` where the system does not play along: one sentence and an exit code."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot import __version__
from tests.cli.command import ROOT, bot, environment
from tests.content.sample import ID, write_question

full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")


def bare(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -m bot`` by an interpreter without any installed package."""
    command = [sys.executable, "-S", "-m", "bot", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60, check=False)


def test_a_package_that_is_not_installed_is_one_sentence() -> None:
    done = bare("content", "list")

    assert done.returncode == 78
    assert done.stderr.endswith(
        " is not installed for this Python: run `make demo` once, then use .venv/bin/python -m bot.\n"
    )
    assert done.stderr.count("\n") == 1


def test_the_version_is_told_without_any_package() -> None:
    assert bare("--version").stdout == f"mlops-study-bot {__version__}\n"


@full
@pytest.mark.parametrize(
    "arguments", [["--help"], ["content", "list"], ["grade", "--question", "canary-vs-blue-green"]]
)
def test_an_output_that_takes_nothing_is_one_sentence(arguments: list[str]) -> None:
    settings = {name: text for name, text in environment().items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=ROOT,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 74
    assert done.stderr == ("What there is to write cannot be written (No space left on device): is the disk full?\n")


def test_a_reply_from_a_closed_input_is_one_sentence() -> None:
    closed = 'exec "$0" -m bot grade --question canary-vs-blue-green <&-'
    done = subprocess.run(
        ["sh", "-c", closed, sys.executable], cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )

    assert done.returncode == 66
    assert done.stderr == "There is no standard input to read the reply from: pipe it in.\n"


def test_a_console_file_that_cannot_be_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    room = tmp_path / "file" / "room.jsonl"

    done = bot("run", settings={"STUDYBOT_CONSOLE_FILE": str(room), "STUDYBOT_DATA_DIR": str(tmp_path / "d")})

    assert done.returncode == 78
    *before, sentence = done.stderr.splitlines()
    assert sentence.startswith("STUDYBOT_CONSOLE_FILE cannot be used (")
    assert sentence.endswith("): name a file that this user may write.")
    assert all(" INFO " in line for line in before)


def test_content_and_grade_use_the_packs_of_the_settings(tmp_path: Path) -> None:
    write_question(tmp_path / "ours")
    write_question(tmp_path / "other", text="nothing")
    settings = {"STUDYBOT_PACKS": str(tmp_path / "ours")}

    listed = bot("content", "list", settings=settings)
    checked = bot("content", "check", "--allow-old-reviews", settings=settings)
    shown = bot("content", "show", ID, settings=settings)
    graded = bot("grade", "--question", ID, said="a few users first", settings=settings)
    named = bot("content", "check", str(tmp_path / "other"), settings=settings)

    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["id", ID]
    assert checked.stdout.splitlines()[-1].startswith("1 question, no faults")
    assert (shown.returncode, graded.returncode) == (0, 0)
    assert named.returncode == 1
