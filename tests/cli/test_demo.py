"""The demo as a newcomer meets it: a real process on a store of its own."""

import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.command import ROOT, bot, environment, start


def _grades(shown: str) -> dict[str, int]:
    """Return the last points that each of the three was shown in a grade."""
    found = re.findall(r"(\d+) of 10 points.*?only (\w+) sees this", shown, flags=re.DOTALL)
    return {name: int(points) for points, name in found}


def test_a_whole_day_is_played_and_the_ranking_follows_from_the_grades() -> None:
    done = bot("demo", "--pace", "0")

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for expected in ("─ Question ─", "Model answer", "Key points", "Sources", "https://", "To think about next"):
        assert expected in done.stdout
    assert done.stdout.count("Your reply is saved") == 3
    grades = _grades(done.stdout)
    assert set(grades) == {"ana", "ben", "chris"}
    board = done.stdout.rpartition("Leaderboard ·")[2]
    ranked = {name: int(points) for name, points in re.findall(r"\d+\.\s+(\w+)(?: \(you\))?\s+(\d+) ", board)}
    assert ranked == {name: points for name, points in grades.items() if points}


def test_every_key_point_of_the_question_is_in_the_reveal() -> None:
    done = bot("demo", "--pace", "0")

    reveal = done.stdout.partition("Key points")[2].partition("Sources")[0]
    assert 3 <= len(re.findall(r"weight \d", reveal)) <= 6
    assert len(re.findall(r"\d+%", reveal)) == len(re.findall(r"weight \d", reveal))


def test_what_comes_through_a_pipe_is_said_after_the_day() -> None:
    done = bot(
        "demo",
        "--pace",
        "0",
        said="/quiz answer roll back with the registry\n/quiz-admin reveal-now\n/grade\n/quit\nben: no\n",
    )

    assert done.returncode == 0, done.stderr
    assert "only you see this" in done.stdout
    assert "ben: no" not in done.stdout


def test_bytes_that_are_no_text_do_no_harm() -> None:
    done = bot("demo", "--pace", "0", said=b"\xff\xfe\x00\x1b[31m /quiz answer \xed\xa0\x80\n")

    assert done.returncode == 0, done.stderr
    assert "\x1b[31m" not in done.stdout


def test_the_script_of_the_documentation_can_be_replayed(tmp_path: Path) -> None:
    done = bot("demo", "--script", "docs/quiz-day.txt", "--picture", str(tmp_path / "day.svg"))

    assert done.returncode == 0, done.stderr
    assert "Model answer" in done.stdout
    assert (tmp_path / "day.svg").read_text().startswith("<svg")


def test_the_questions_may_come_out_of_a_folder_of_one_s_own() -> None:
    done = bot("demo", "--pace", "0", "--packs", "docs/everyday-pack")

    assert (done.returncode, done.stderr) == (0, "")
    asked = re.search(r"─ Question ─.*?\n.*?│ +(\w+) · (\w+)", done.stdout, flags=re.DOTALL)
    assert asked
    assert asked[1] in {"data", "deployment", "monitoring"}


def test_a_folder_of_questions_that_is_not_there_is_one_sentence() -> None:
    done = bot("demo", "--packs", "docs/no-such-pack")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == "docs/no-such-pack is no folder: name one that holds questions."


def test_a_script_has_titles_and_what_comes_through_a_pipe_has_none(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("# a title\n\nana: /quiz-admin setup\n")

    shown = bot("demo", "--script", str(script)).stdout.splitlines()
    piped = bot("demo", "--pace", "0", said="# a title\n").stdout.splitlines()

    assert shown[0].strip("─") == " a title "
    assert shown[1] == "ana: /quiz-admin setup"
    assert "# a title" in piped


def test_a_script_that_is_not_there_is_one_sentence() -> None:
    done = bot("demo", "--script", "docs/no-such-day.txt")

    assert done.returncode == 2
    assert done.stderr.strip() == "docs/no-such-day.txt cannot be read: No such file or directory."


def test_the_demo_never_touches_the_store_of_the_settings(tmp_path: Path) -> None:
    done = bot(
        "demo",
        "--script",
        "docs/quiz-day.txt",
        settings={"STUDYBOT_REDIS_URL": "redis://127.0.0.1:1/0", "STUDYBOT_DATA_DIR": str(tmp_path / "data")},
    )

    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_a_closed_terminal_leaves_no_server_and_no_folder(tmp_path: Path, how: signal.Signals) -> None:
    process = start("demo", "--pace", "30", settings={"TMPDIR": str(tmp_path)})
    until = time.monotonic() + 20
    while not (found := list(tmp_path.glob("study-bot-*/store/valkey.pid"))) or not found[0].read_text():
        assert time.monotonic() < until
        time.sleep(0.05)
    server = int(found[0].read_text())

    process.send_signal(how)
    _, said = process.communicate(timeout=20)

    assert (process.returncode, said) == (143, "")
    assert list(tmp_path.iterdir()) == []
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(server)], capture_output=True, text=True, check=False).stdout
    assert state.strip()[:1] in {"", "Z"}, "the server is still there"


def test_a_picture_that_cannot_be_kept_is_said_before_the_day_is_played(tmp_path: Path) -> None:
    done = bot("demo", "--picture", str(tmp_path / "no" / "day.svg"))

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip().endswith("cannot be written: name a file in a folder that is there.")


def test_a_closed_input_ends_after_the_day() -> None:
    done = subprocess.run(
        f"{shlex.quote(sys.executable)} -m bot demo --pace 0 <&-",
        shell=True,
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")


def test_the_picture_in_the_documentation_fetches_nothing() -> None:
    picture = (ROOT / "docs" / "demo.svg").read_text()

    assert "@font-face" not in picture
    assert "@import" not in picture
