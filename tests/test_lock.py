"""What is installed is what the lock names, whichever pip reads it and whatever has been released since."""

import re
import tomllib
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]


def _locked(name: str = "requirements.lock") -> dict[str, Requirement]:
    lines = re.findall(r"^([a-z0-9][^\s\\]*(?: ;[^\\]*)?)", (ROOT / name).read_text(), re.MULTILINE)
    pins = [Requirement(line) for line in lines]
    return {canonicalize_name(pin.name): pin for pin in pins}


def test_every_line_of_the_lock_pins_one_version() -> None:
    loose = [str(pin) for pin in _locked().values() if not re.fullmatch(r"==[^*]+", str(pin.specifier))]

    assert _locked()
    assert not loose


def test_what_the_image_installs_is_what_was_tested_and_nothing_for_developing() -> None:
    run, all_ = _locked("requirements-run.lock"), _locked()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    dev = {canonicalize_name(Requirement(line).name) for line in project["optional-dependencies"]["dev"]}
    wanted = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}

    assert {name: pin for name, pin in all_.items() if name in run} == run
    assert wanted <= run.keys()
    assert not dev & run.keys()


def test_what_the_extra_llm_takes_is_locked_beside_all_that_a_run_does() -> None:
    run, llm, all_ = _locked("requirements-run.lock"), _locked("requirements-llm.lock"), _locked()
    needed = {"openai"}
    for name in llm:
        with suppress(PackageNotFoundError):  # one for another system
            wanted = [Requirement(line) for line in requires(name) or ()]
            needed |= {
                canonicalize_name(one.name)
                for one in wanted
                if one.marker is None or one.marker.evaluate({"extra": ""})
            }

    assert {name: pin for name, pin in all_.items() if name in llm} == llm
    assert needed | run.keys() <= llm.keys()


def test_an_extra_that_a_package_asks_for_is_locked_with_it() -> None:
    """An older pip takes "coverage[toml]" for another package than "coverage", and looks for it outside the lock."""
    locked = _locked()
    missing: list[str] = []
    for name in locked:
        try:
            wanted = [Requirement(line) for line in requires(name) or ()]
        except PackageNotFoundError:  # one for another system
            continue
        for one in wanted:
            pin = locked.get(canonicalize_name(one.name))
            if pin and (one.marker is None or one.marker.evaluate({"extra": ""})) and one.extras - pin.extras:
                missing.append(f"{name} asks for {one}, the lock has {pin}")

    assert not missing
