"""``python -m bot run`` as an operator meets it: a real process, with real signals."""

import json
import os
import pty
import select
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.cli.command import bot, start


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _settings(folder: Path, **more: str) -> dict[str, str]:
    return {"STUDYBOT_DATA_DIR": str(folder / "d"), "STUDYBOT_CONSOLE_FILE": str(folder / "room.jsonl"), **more}


def _wait_for_line(process: subprocess.Popen[str], text: str) -> str:
    assert process.stderr
    for line in process.stderr:
        if text in line.partition(" folder=")[0]:  # the folder of a test has its name in it
            return line
    raise AssertionError(f"it ended without saying {text!r}")


def test_with_nothing_configured_it_says_what_to_set_and_exits_78(tmp_path: Path) -> None:
    done = bot("run", settings={"STUDYBOT_DATA_DIR": str(tmp_path)})

    assert done.returncode == 78
    assert done.stderr.count("\n") == 1
    assert "STUDYBOT_CONSOLE_FILE" in done.stderr


def test_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    done = bot("run", settings={"STUDYBOT_HTTP_PORT": "many", "STUDYBOT_ROLES": "boss", "STUDYBOT_LEASE": "1"})

    assert done.returncode == 78
    assert {line.split()[0] for line in done.stderr.splitlines()} == {
        "STUDYBOT_HTTP_PORT",
        "STUDYBOT_ROLES",
        "STUDYBOT_LEASE",
    }


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_and_takes_the_store_along(tmp_path: Path, how: signal.Signals) -> None:
    process = start("run", settings=_settings(tmp_path))
    _wait_for_line(process, "running")
    asked = time.monotonic()

    process.send_signal(how)
    _, said = process.communicate(timeout=20)

    assert process.returncode == 0, said
    assert time.monotonic() - asked < 10
    assert not (tmp_path / "d" / "valkey.sock").exists()


def test_a_signal_ends_it_within_ten_seconds_though_the_store_stands_still(tmp_path: Path) -> None:
    process = start("run", settings=_settings(tmp_path))
    _wait_for_line(process, "running")
    store = int((tmp_path / "d" / "valkey.pid").read_text())
    try:
        os.kill(store, signal.SIGSTOP)
        time.sleep(1.5)  # a tick waits for it now
        asked = time.monotonic()
        process.terminate()
        _, said = process.communicate(timeout=30)
        took = time.monotonic() - asked
    finally:
        os.kill(store, signal.SIGKILL)

    assert process.returncode == 0, said
    assert took < 10
    assert "Traceback" not in said


@pytest.mark.parametrize("chat", ["Slack", "Discord"])
def test_a_signal_ends_a_start_that_still_waits_for_a_chat_and_takes_the_store_along(tmp_path: Path, chat: str) -> None:
    address = f"http://127.0.0.1:{_free_port()}/api/"
    waited_for = {
        "Slack": {
            "STUDYBOT_SLACK_API_URL": address,
            "STUDYBOT_SLACK_BOT_TOKEN": "xoxb-some-bot",
            "STUDYBOT_SLACK_APP_TOKEN": "xapp-some-app",
        },
        "Discord": {"STUDYBOT_DISCORD_API_URL": address, "STUDYBOT_DISCORD_TOKEN": "some-token"},
    }
    process = start("run", settings=_settings(tmp_path, **waited_for[chat]))
    _wait_for_line(process, f"{chat} cannot be reached")
    asked = time.monotonic()

    process.terminate()
    _, said = process.communicate(timeout=70)

    assert process.returncode == 0, said
    assert time.monotonic() - asked < 10
    assert "Traceback" not in said
    assert not (tmp_path / "d" / "valkey.sock").exists()


def test_where_a_service_manager_ends_the_store_too_the_end_is_a_clean_one(tmp_path: Path) -> None:
    process = start("run", settings=_settings(tmp_path))
    _wait_for_line(process, "running")
    process.terminate()
    os.kill(int((tmp_path / "d" / "valkey.pid").read_text()), signal.SIGTERM)
    _, said = process.communicate(timeout=20)

    assert process.returncode == 0
    assert "WARNING" not in said


def test_a_signal_ends_a_start_whose_store_stands_still_within_ten_seconds(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    with start("run", settings=settings) as first:
        _wait_for_line(first, "running")
        first.kill()
    store = int((tmp_path / "d" / "valkey.pid").read_text())
    try:
        os.kill(store, signal.SIGSTOP)
        process = start("run", settings={**settings, "STUDYBOT_LOG_LEVEL": "DEBUG"})
        _wait_for_line(process, "starting")
        time.sleep(1)  # it waits for the store now
        asked = time.monotonic()
        process.terminate()
        _, said = process.communicate(timeout=30)
        took = time.monotonic() - asked
    finally:
        os.kill(store, signal.SIGKILL)

    assert process.returncode == 0, said
    assert took < 10
    assert "Traceback" not in said


def test_a_second_run_on_the_same_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    process = start("run", settings=_settings(tmp_path))
    try:
        _wait_for_line(process, "running")

        second = bot("run", settings=_settings(tmp_path))
        other = bot("boards", "verify", settings=_settings(tmp_path))
    finally:
        process.terminate()
        process.communicate(timeout=20)

    assert second.returncode == 69
    assert second.stderr.startswith("Another run holds the data folder ")
    assert other.returncode == 0, other.stderr
    assert other.stdout.strip() == "0 boards over 0 awards: no differences"


def test_health_and_readiness_are_served(tmp_path: Path) -> None:
    port = _free_port()
    process = start("run", settings=_settings(tmp_path, STUDYBOT_HTTP_PORT=str(port), STUDYBOT_LOG_FORMAT="json"))
    try:
        line = json.loads(_wait_for_line(process, "running"))
        time.sleep(1.5)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            alive = answer.status
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            ready = json.load(answer)
    finally:
        process.terminate()
        process.communicate(timeout=20)

    assert line["message"] == "running"
    assert alive == 200
    assert ready["ready"] is True
    assert ready["agenda"] == {"console": {"entries": 0, "late_s": 0.0}}


def test_metrics_are_served_also_while_the_store_stands_still(tmp_path: Path) -> None:
    port = _free_port()
    process = start("run", settings=_settings(tmp_path, STUDYBOT_HTTP_PORT=str(port)))
    try:
        _wait_for_line(process, "running")
        time.sleep(1.5)  # a tick
        well = _metrics(port)
        store = int((tmp_path / "d" / "valkey.pid").read_text())
        os.kill(store, signal.SIGSTOP)
        asked = time.monotonic()
        still = _metrics(port)
        took = time.monotonic() - asked
        os.kill(store, signal.SIGCONT)
        again = _metrics(port)
    finally:
        process.terminate()
        process.communicate(timeout=20)

    assert {"studybot_store_up 1.0", "studybot_scheduler_ticking 1.0"} < well
    assert 'studybot_programmes{platform="console",state="active"} 0.0' in well
    assert any(line.startswith('studybot_store_script_seconds_count{script="claim"}') for line in well)
    assert "studybot_store_up 0.0" in still
    assert took < 2
    assert "studybot_store_up 1.0" in again


def _metrics(port: int) -> set[str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        return set(answer.read().decode().splitlines())


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = bot("run", settings=_settings(tmp_path, STUDYBOT_HTTP_PORT=port))

    assert done.returncode == 69
    assert port in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    done = bot("run", settings=_settings(tmp_path, STUDYBOT_REDIS_URL="redis://:secret@127.0.0.1:1/0"))

    assert done.returncode == 69
    assert "does not answer" in done.stderr
    assert "secret" not in done.stderr


def test_without_a_question_the_start_fails_with_one_sentence(tmp_path: Path) -> None:
    pack = tmp_path / "pack" / "data"
    pack.mkdir(parents=True)
    (pack / "broken.md").write_text("---\nid: other\n---\n")

    done = bot("run", settings=_settings(tmp_path, STUDYBOT_PACKS=str(tmp_path / "pack")))

    assert done.returncode == 78
    assert done.stderr.splitlines()[-1].startswith("There is no question without fault in ")
    assert "broken.md:" in done.stderr
    assert "Traceback" not in done.stderr


def test_who_starts_it_in_a_terminal_is_in_the_chat_until_quit(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    process = start("run", settings=_settings(tmp_path), terminal=theirs)
    os.close(theirs)

    _read_until(ours, "you> ")
    os.write(ours, b"/quiz-admin setup zone=UTC at=09:00 reveal=16:00\n")
    shown = _read_until(ours, "only you see this")
    os.write(ours, b"/quit\n")
    _, logged = process.communicate(timeout=20)
    os.close(ours)

    assert "09:00" in shown
    assert process.returncode == 0, logged
    assert logged == ""


def test_without_the_gateway_role_nobody_is_let_in(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    process = start("run", settings=_settings(tmp_path, STUDYBOT_ROLES="scheduler"), terminal=theirs)
    os.close(theirs)
    try:
        assert "running" in _wait_for_line(process, "running")
    finally:
        process.terminate()
        process.communicate(timeout=20)
        os.close(ours)


def _read_until(terminal: int, text: str) -> str:
    shown = b""
    until = time.monotonic() + 20
    while text.encode() not in shown:
        assert time.monotonic() < until, shown.decode()
        if select.select([terminal], [], [], 0.2)[0]:
            shown += os.read(terminal, 65_536)
    return shown.decode()
