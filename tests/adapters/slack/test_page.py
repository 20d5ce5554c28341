"""What docs/slack.md tells is so: its link, its steps, its scopes, its commands and its pictures."""

import re
from pathlib import Path

import pytest

from adapters.slack import scopes
from adapters.slack.inbound import commands, modals
from adapters.slack.inbound.marks import MARK
from adapters.slack.manifest import link, manifest
from bot.cli.main import main
from bot.settings import VARIABLES
from bot.wording.desk import HELP, NOT_ADMIN
from bot.wording.programmes import unmentioned
from tests.adapters.slack.pictures.scenes import PICTURES

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
STEPS = TEXT.partition("## From nothing to the first question")[2].partition("\n#")[0]


def test_the_link_makes_the_app_of_the_committed_manifest() -> None:
    (target,) = re.findall(r"^\[make\]: (\S+)$", TEXT, re.MULTILINE)

    assert target == link(), "python -m bot slack-manifest --link prints the new one"
    assert "][make]" in STEPS


def test_the_printed_link_is_for_the_mode_that_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    main(["slack-manifest", "--link"])
    main(["slack-manifest", "--link", "--http", "https://bot.example.org"])

    by_socket, by_http = capsys.readouterr().out.splitlines()
    assert by_socket == link()
    assert by_http == link("https://bot.example.org")
    assert "bot.example.org%2Fslack%2Fevents" in by_http


def test_the_first_question_stands_after_ten_steps_at_most() -> None:
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", STEPS, re.MULTILINE)]

    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) <= 10


def test_every_scope_is_told_of_with_what_it_is_for() -> None:
    told = re.findall(r"^\| `([a-z]+(?::[a-z]+)?)` \| (.+) \|$", TEXT, re.MULTILINE)

    assert dict(told) == dict(scopes.REASONS)
    assert f"`{scopes.APP_SCOPE}`" in STEPS


def test_what_people_are_told_to_type_is_there() -> None:
    told = {" ".join(found) for found in re.findall(r"`(/quiz|/quiz-admin) ([a-z-]+)", TEXT)}
    known = {f"{line.split()[0]} {word}" for line, _ in HELP for word in re.findall(r"[a-z]+(?:-[a-z]+)*", line)}

    assert told
    assert told <= known


def test_what_the_bot_is_quoted_with_it_says() -> None:
    said = (NOT_ADMIN, commands.NO_CHANNEL, commands.NOT_KNOWN, modals.NOT_OPENED, unmentioned("ana"))
    quoted = re.findall(r'^\| "([^"]+?) …"', TEXT, re.MULTILINE)

    assert len(quoted) == len(said)
    assert all(any(sentence.startswith(one) for sentence in said) for one in quoted)


def test_names_are_those_of_the_app() -> None:
    assert set(re.findall(r"/invite @([\w ]+)`", TEXT)) == {manifest()["features"]["bot_user"]["display_name"]}
    assert f":{MARK}:" in TEXT
    assert set(re.findall(r"STUDYBOT_[A-Z_]+", TEXT)) <= set(VARIABLES)


def test_every_picture_is_shown_and_described() -> None:
    shown = dict(re.findall(r'<img src="pictures/([a-z]+)\.svg" width="640" alt="([^"]+)">', TEXT))

    assert set(shown) == set(PICTURES)
