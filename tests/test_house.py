"""The house as designed: who may import what, and that what is built is what runs."""

import ast
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = ("bot/domain", "bot/service", "bot/ports", "bot/views", "bot/wording", "bot/receiving")
PACKAGES = ("bot", "content", "adapters", "scheduler")


def _files(*places: str) -> list[Path]:
    paths = [ROOT / place for place in places]
    return [file for path in paths for file in ([path] if path.suffix else sorted(path.rglob("*.py")))]


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute here"
            yield node.module or ""


@pytest.mark.parametrize("file", _files(*CORE), ids=lambda file: str(file.relative_to(ROOT)))
def test_the_core_imports_the_standard_library_and_itself_alone(file: Path) -> None:
    outside = {
        name
        for name in _imports(file)
        if name.split(".")[0] not in sys.stdlib_module_names and name.split(".")[0] != "bot"
    }

    assert not outside


@pytest.mark.parametrize("file", _files("bot/domain"), ids=lambda file: file.name)
def test_the_rules_read_no_clock_and_do_no_input_or_output(file: Path) -> None:
    names = {name.split(".")[0] for name in _imports(file)}
    calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)}

    assert not names & {"asyncio", "io", "logging", "os", "pathlib", "random", "socket", "time"}
    assert not calls & {"datetime.now", "date.today", "datetime.utcnow", "open", "print"}


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        str(file.relative_to(ROOT))
        for file in _files(*PACKAGES)
        if {"os.environ", "os.getenv"}
        & {ast.unparse(n) for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.Attribute)}
    }

    assert readers == {"bot/settings/__init__.py"}


def test_the_demo_loads_no_chat_platform() -> None:
    probe = "import sys, bot.cli.main; print([m for m in ('slack_bolt', 'slack_sdk', 'discord') if m in sys.modules])"

    found = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


def test_no_file_has_grown_a_second_room() -> None:
    long = {str(f.relative_to(ROOT)): n for f in _files(*PACKAGES) if (n := len(f.read_text().splitlines())) > 300}

    assert not long


def test_the_built_wheel_runs_from_anywhere(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, text=True)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    python = tmp_path / "env" / "bin" / "python"
    paths = sysconfig.get_paths(vars={"base": str(tmp_path / "env"), "platbase": str(tmp_path / "env")})
    installed = Path(paths["purelib"])
    installed.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(wheel), str(installed)], check=True)
    (installed / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"])

    said = subprocess.run(
        [str(python), "-P", "-m", "bot", "--version"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    listed = subprocess.run(
        [str(python), "-P", "-m", "bot", "content", "check", "--allow-old-reviews"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.stdout.startswith("mlops-study-bot ")
    assert listed.returncode == 0, listed.stdout + listed.stderr
