"""Every setting is told where people look for it, with the default that it has."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from bot.settings import VARIABLES, Settings, load

ROOT = Path(__file__).parents[2]
LLM = ("STUDYBOT_LLM_URL", "STUDYBOT_LLM_MODEL", "STUDYBOT_LLM_KEY")
SLACK = ("STUDYBOT_SLACK_BOT_TOKEN", "STUDYBOT_SLACK_APP_TOKEN", "STUDYBOT_SLACK_SIGNING_SECRET")


def _example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(re.findall(r"^#(STUDYBOT_\w+)=(.*)$", "\n".join(lines), re.MULTILINE))


def _in_readme() -> Iterator[tuple[str, str]]:
    """Return each setting of the table with its default, empty where that is told in words."""
    for names, defaults in re.findall(r"^\| (`STUDYBOT_.*?) \|(.*?)\|", (ROOT / "README.md").read_text(), re.MULTILINE):
        told = re.findall(r"`(STUDYBOT_\w+)`", names)
        values = re.findall(r"`([^`]+)`", defaults)
        yield from zip(told, values or [""] * len(told), strict=True)


def _has_a_text_as_default(variable: str) -> bool:
    field = Settings.model_fields[VARIABLES[variable]]
    return field.default not in {None, (), PydanticUndefined}


def test_the_example_names_every_setting_and_nothing_else() -> None:
    assert set(_example()) == {*VARIABLES, "STUDYBOT_REDIS_URL_FILE"}


def test_as_it_stands_the_example_sets_nothing(tmp_path: Path) -> None:
    assert load({"HOME": "/home/ana"}, env_file=ROOT / ".env.example") == load({"HOME": "/home/ana"}, env_file=None)


@pytest.mark.parametrize("variable", VARIABLES)
def test_what_the_example_shows_may_be_set_and_is_the_default_where_there_is_one(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    beside = next(
        (group for group in (SLACK, LLM) if variable in group), ()
    )  # one of them alone is of no use, and refused
    is_set = load({**_home(), **{name: _example()[name] for name in (variable, *beside)}}, env_file=None)
    assert (is_set == load(_home(), env_file=None)) is _has_a_text_as_default(variable)


def _home() -> dict[str, str]:
    return {"HOME": os.environ.get("HOME", "/")}


def test_the_readme_names_every_setting_with_its_default() -> None:
    told = dict(_in_readme())
    assert set(told) == set(VARIABLES)
    for variable, default in told.items():
        assert bool(default) is _has_a_text_as_default(variable)
        assert load({**_home(), variable: default}, env_file=None) == load(_home(), env_file=None)
