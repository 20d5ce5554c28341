"""``python -m bot doctor``: on a sound machine, and on machines on which something is wrong."""

import json
import signal
import socket
from pathlib import Path

import pytest

from bot.app.doctor import checks_of, examine
from bot.ports import Check, Finding, Severity, StartError, StoreUnavailable
from bot.ports.operation import fine
from bot.settings import load
from tests.cli.command import bot, start, until_running
from tests.conftest import Server


def _lines(said: str, severity: str) -> list[str]:
    return [line.split(maxsplit=1)[1] for line in said.splitlines() if line.startswith(severity)]


@pytest.mark.usefixtures("client")
def test_a_sound_machine_is_told_so(server: Server, tmp_path: Path) -> None:
    done = bot(
        "doctor",
        settings={"STUDYBOT_REDIS_URL": server.url, "STUDYBOT_CONSOLE_FILE": str(tmp_path / "room.jsonl")},
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert {line.split()[0] for line in done.stdout.splitlines()} == {"ok"}
    assert {line.split()[0] for line in _lines(done.stdout, "ok")} == {
        "settings", "questions", "zones", "store", "clock", "port", "chat",
    }  # fmt: skip


def test_a_machine_on_which_nothing_was_ever_run_is_sound_and_nothing_is_made_on_it(tmp_path: Path) -> None:
    done = bot("doctor", settings={"STUDYBOT_DATA_DIR": str(tmp_path / "to" / "come")})

    assert done.returncode == 0
    assert any("the first run makes one" in line for line in _lines(done.stdout, "ok"))
    assert _lines(done.stdout, "warning")[0].startswith("chat       none is configured")
    assert list(tmp_path.iterdir()) == []


def test_a_running_bot_is_looked_at_and_left_alone(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    settings = {
        "STUDYBOT_DATA_DIR": str(tmp_path / "d"),
        "STUDYBOT_CONSOLE_FILE": str(tmp_path / "room.jsonl"),
        "STUDYBOT_HTTP_PORT": port,
    }
    process = start("run", settings=settings)
    until_running(process)

    done = bot("doctor", settings=settings)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)

    assert done.returncode == 0
    assert f"port       a running bot answers on 127.0.0.1 port {port}" in _lines(done.stdout, "ok")
    assert process.returncode == 0


def test_all_that_is_wrong_is_told_with_what_to_do_and_ends_with_1(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = bot(
            "doctor",
            "--json",
            settings={
                "STUDYBOT_REDIS_URL": "redis://bob:secret@127.0.0.1:1/0",
                "STUDYBOT_HTTP_PORT": str(taken.getsockname()[1]),
                "STUDYBOT_PACKS": str(tmp_path),
            },
        )

    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert [one["about"] for one in found if one["severity"] == "fault"] == ["questions", "store", "port"]
    assert "secret" not in done.stdout


def test_wrong_settings_are_named_all_at_once() -> None:
    done = bot("doctor", settings={"STUDYBOT_HTTP_PORT": "many", "STUDYBOT_ROLES": "boss"})

    assert done.returncode == 1
    assert [line.split()[1] for line in _lines(done.stdout, "fault")] == ["STUDYBOT_HTTP_PORT", "STUDYBOT_ROLES"]


async def test_a_check_that_cannot_look_is_a_fault_and_the_others_still_look() -> None:
    async def cannot_start() -> list[Finding]:
        raise StartError("There is no chat.")

    async def no_store() -> list[Finding]:
        raise StoreUnavailable("the store did not answer")

    async def well() -> list[Finding]:
        return [fine("chat", "it answers")]

    checks: list[Check] = [cannot_start, no_store, well]
    found = await examine(checks)

    assert [(one.severity, one.said) for one in found] == [
        (Severity.FAULT, "There is no chat."),
        (Severity.FAULT, "the store did not answer"),
        (Severity.OK, "it answers"),
    ]


async def test_an_embedded_store_without_a_server_program_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> str:
        raise StartError("There is no server program.")

    monkeypatch.setattr("adapters.redis.embedded.server_program", none)
    settings = load({"STUDYBOT_DATA_DIR": str(tmp_path / "d"), "STUDYBOT_HTTP_PORT": "0"}, env_file=None)

    found = await examine(checks_of(settings))

    assert ("store", "There is no server program.") in [(one.about, one.said) for one in found]


def test_a_model_that_cannot_be_reached_is_a_fault(tmp_path: Path) -> None:
    model = {"STUDYBOT_LLM_URL": "http://127.0.0.1:9/v1", "STUDYBOT_LLM_MODEL": "m", "STUDYBOT_LLM_KEY": "sk-hunter2"}

    done = bot("doctor", settings={"STUDYBOT_DATA_DIR": str(tmp_path), **model})

    assert done.returncode == 1
    assert _lines(done.stdout, "fault") == ["llm        127.0.0.1:9 cannot be reached"]
    assert "hunter" not in done.stdout + done.stderr
