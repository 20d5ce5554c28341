"""SIGHUP: the packs are read anew, beside a day that goes on; only a terminal that is gone ends the run."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.command import ROOT, bot, end, environment, start
from tests.content.sample import changed, question_file, write_question

AT_A_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
os.execv(sys.executable, [sys.executable, "-m", "bot", "run"])
"""
"""Makes the terminal at its standard input that of its session, and runs the bot without anybody at its keyboard."""

A_SHELL = """
import fcntl, os, signal, subprocess, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
job = subprocess.Popen([sys.executable, "-m", "bot", "run"], stdin=subprocess.DEVNULL)
sys.stdin.readline()
job.send_signal(signal.SIGHUP)
"""
"""Runs the bot in the background of its terminal, and sends it the signal when it ends itself."""


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {
        "STUDYBOT_DATA_DIR": str(tmp_path / "d"),
        "STUDYBOT_CONSOLE_FILE": str(tmp_path / "room.jsonl"),
        "STUDYBOT_PACKS": str(tmp_path / "pack"),
    }


@pytest.fixture
def run(settings: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Let a bot run on a pack of one question."""
    write_question(tmp_path / "pack")
    process = start("run", settings=settings)
    _wait_for_line(process, "running")
    yield process
    end(process)


def _wait_for_line(process: subprocess.Popen[str], text: str) -> str:
    assert process.stderr
    for line in process.stderr:
        if text in line:
            return line
    raise AssertionError(f"it ended without saying {text!r}")


def _status(settings: dict[str, str], text: str) -> str:
    """Return the line of ``status`` with this text in it, once the bot has told it."""
    until = time.monotonic() + 20
    while True:
        said = bot("status", settings=settings).stdout.splitlines()
        found = [line for line in said if text in line]
        if found:
            return found[0]
        assert time.monotonic() < until, said


def test_the_packs_are_read_anew(run: subprocess.Popen[str], settings: dict[str, str], tmp_path: Path) -> None:
    write_question(tmp_path / "pack", id_="x", folder="serving")

    run.send_signal(signal.SIGHUP)

    assert "questions=2" in _wait_for_line(run, "the packs were read anew")
    assert "refused" not in _status(settings, "a bot asks 2, read ")
    run.terminate()
    assert run.wait(timeout=20) == 0


def test_a_state_with_a_fault_is_not_taken_and_log_and_status_say_why(
    run: subprocess.Popen[str], settings: dict[str, str], tmp_path: Path
) -> None:
    good = write_question(tmp_path / "pack", id_="x", folder="serving")
    faulty = write_question(tmp_path / "pack", text=question_file(changed("weight: 3", "weight: 9")))

    run.send_signal(signal.SIGHUP)

    assert f"{faulty}:19: weight must be" in _wait_for_line(run, "not taken: ")
    _wait_for_line(run, "the packs were not read anew: there are faults, and what was read before stays")
    line = _status(settings, "refused")
    assert line.lstrip().startswith("a bot asks 1, read ")
    assert f"for 1 fault in 1 file, the first: {faulty}:19: weight must be" in line

    faulty.unlink()
    run.send_signal(signal.SIGHUP)

    assert "questions=1" in _wait_for_line(run, "the packs were read anew")
    assert good.exists()


def test_only_a_terminal_that_is_gone_ends_the_run(settings: dict[str, str], tmp_path: Path) -> None:
    write_question(tmp_path / "pack")
    with _at_a_terminal(AT_A_TERMINAL, settings) as (process, ours):
        _wait_for_line(process, "running")
        process.send_signal(signal.SIGHUP)
        _wait_for_line(process, "the packs were read anew")

        os.close(ours)
        _, said = process.communicate(timeout=20)

    assert process.returncode == 0
    assert "ending" in said


def test_a_shell_that_ends_takes_along_what_it_tells_so(settings: dict[str, str], tmp_path: Path) -> None:
    """It sends the signal while the terminal is still there."""
    write_question(tmp_path / "pack")
    with _at_a_terminal(A_SHELL, settings) as (shell, ours):
        _wait_for_line(shell, "running")
        os.write(ours, b"exit\n")

        _wait_for_line(shell, "ending")
        shell.communicate(timeout=20)

    os.close(ours)


@contextmanager
def _at_a_terminal(script: str, settings: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a script that has a terminal of its own, and yield our end of it too."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment(settings),
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        os.close(theirs)
        yield process, ours
