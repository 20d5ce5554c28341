"""The image, as far as a machine without Docker can tell: what the Dockerfile says, and its steps in an empty folder.

Not covered: the base image and its pip, the wheels as an index has them, users and rights, a file system without writing.
"""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.settings import VARIABLES, load
from tests.cli.command import end, until_running
from tests.deploy import image

ROOT = image.ROOT


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file system that is shipped."""
    folder = tmp_path_factory.mktemp("i")
    (folder / "steps").write_text(image.script(folder))
    done = subprocess.run(["sh", str(folder / "steps")], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (folder / "done").touch()
    return folder / "stage1"


def _environment(built: Path, **more: str) -> dict[str, str]:
    placed = {name: image.PLACES.sub(f"{built}/", value) for name, value in image.environment().items()}
    return placed | {"STUDYBOT_HTTP_HOST": "127.0.0.1", **more}


def _in(built: Path, command: list[str], **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["env", *command],  # which finds the program by the PATH that is given, as an exec does
        cwd=f"{built}{image.only('WORKDIR').text}",
        env=_environment(built, **more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def _running(built: Path, **more: str) -> Iterator[subprocess.Popen[str]]:
    command = [*image.only("ENTRYPOINT").words(), *image.only("CMD").words()]
    process = subprocess.Popen(
        ["env", *command],
        cwd=f"{built}{image.only('WORKDIR').text}",
        env=_environment(built, **more),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until_running(process)
        yield process
    finally:
        end(process)


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_it_runs_is_healthy_and_ends_by_its_signal(built: Path) -> None:
    port = _free_port()
    settings = {"STUDYBOT_HTTP_PORT": port, "STUDYBOT_CONSOLE_FILE": f"{built}/data/room.jsonl"}

    with _running(built, **settings) as process:
        healthy = _in(built, image.health_command(), STUDYBOT_HTTP_PORT=port)
        examined = _in(built, [*image.only("ENTRYPOINT").words(), "doctor"], **settings)
        asked = time.monotonic()
        process.send_signal(getattr(signal, image.only("STOPSIGNAL").text))
        code = process.wait(20)
        took = time.monotonic() - asked
    dead = _in(built, image.health_command(), STUDYBOT_HTTP_PORT=port)

    assert healthy.returncode == 0, healthy.stderr
    assert examined.returncode == 0, examined.stdout
    assert (code, took < 10) == (0, True)
    assert dead.returncode != 0
    assert (built / "data" / "room.jsonl").exists()


def test_it_writes_nothing_outside_its_volume(built: Path) -> None:
    """So that the root of its file system may be read-only."""
    with _running(built, STUDYBOT_HTTP_PORT=_free_port(), STUDYBOT_CONSOLE_FILE=f"{built}/data/room.jsonl"):
        time.sleep(1)

    done = (built.parent / "done").stat().st_mtime
    inside = (Path(folder, name) for folder, _, names in os.walk(built) for name in names)
    assert not [file for file in inside if file.lstat().st_mtime > done and not file.is_relative_to(built / "data")]


def test_nothing_for_developing_or_building_is_in_it(built: Path) -> None:
    there = "import importlib.util as u; print([n for n in ('pip', 'pytest', 'hatchling', 'mypy', 'tests') if u.find_spec(n)])"

    assert _in(built, ["python", "-c", there]).stdout == "[]\n"


def test_what_it_sets_are_settings_that_fit_its_ports_and_folders() -> None:
    given = {name: text for name, text in image.environment().items() if name.startswith("STUDYBOT_")}
    settings = load(given, env_file=None)

    assert set(given) <= set(VARIABLES)
    assert image.only("EXPOSE").text == str(settings.http_port)
    assert image.only("VOLUME").words() == [str(settings.data_dir)]
    assert settings.http_host == "0.0.0.0"


def test_nobody_runs_as_root_and_the_folder_is_the_users() -> None:
    user, _, group = image.only("USER").text.partition(":")
    (made,) = [one.text for one in image.last_stage() if one.name == "RUN"]

    assert int(user) >= 10_000
    assert f"useradd --uid {user} --gid {group} " in made
    assert f"install -d -o {user} -g {group} -m 700 {image.environment()['STUDYBOT_DATA_DIR']}" in made
    last = [one.name for one in image.last_stage()]
    assert "RUN" not in last[last.index("USER") :]


def test_both_stages_are_of_one_python_that_the_bot_supports() -> None:
    bases = {re.sub(r" AS \w+$", "", one.text) for one in image.instructions() if one.name == "FROM"}
    (base,) = bases
    found = re.fullmatch(r"python:(3\.\d+)-slim-bookworm", base)

    assert found
    assert f'"Programming Language :: Python :: {found[1]}"' in (ROOT / "pyproject.toml").read_text()


def test_every_package_of_the_bot_is_in_it(built: Path) -> None:
    shipped = {folder.name for folder in (built / "app").iterdir() if folder.is_dir()}
    packages = re.search(r"^packages = \[(.*)\]", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)

    assert packages
    assert shipped == set(re.findall(r'"(\w+)"', packages[1]))
