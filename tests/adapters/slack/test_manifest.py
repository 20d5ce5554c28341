"""The manifests: made of one source, and nothing in them or in the code without the other."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import scopes
from adapters.slack.inbound import http, reception
from adapters.slack.manifest import EXAMPLE_URL, FILES, REQUESTS, as_yaml, manifest
from bot.cli.main import main
from bot.domain.score import PeriodKind
from bot.ports import StartError
from bot.wording.desk import HELP

ADAPTER = Path(scopes.__file__).parent
TABLE = Path(scopes.__file__)
METHOD = re.compile(r"[a-z]+(\.[a-zA-Z]+)+")
API_CALLS = {name for name in vars(AsyncWebClient) if "_" in name.strip("_")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_committed_manifest_is_the_one_that_the_code_makes(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == as_yaml(FILES[path])


def test_the_two_manifests_differ_only_in_how_slack_reaches_the_bot() -> None:
    by_socket, by_http = manifest(), manifest(EXAMPLE_URL)

    assert by_socket["settings"].pop("socket_mode_enabled") is True
    assert by_http["settings"].pop("socket_mode_enabled") is False
    assert list(_texts(by_http)) != list(_texts(by_socket))
    assert _without_addresses(by_http) == by_socket


def test_the_printed_manifest_has_the_given_address_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["slack-manifest", "--http", "https://bot.example.org/"]) == 0

    printed = yaml.safe_load(capsys.readouterr().out)
    addresses = {text for text in _texts(printed) if text.startswith("https://")}
    assert addresses == {"https://bot.example.org/slack/events"}


def test_an_address_that_slack_would_not_take_is_refused() -> None:
    with pytest.raises(StartError, match="https://"):
        main(["slack-manifest", "--http", "http://bot.example.org"])


def test_the_texts_keep_to_slack_s_sizes() -> None:
    shown = manifest()["display_information"]

    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert all(len(what) <= 2000 and len(usage) <= 1000 for what, usage in scopes.COMMANDS.values())


def test_every_scope_has_its_reason_and_no_other_is_asked_for() -> None:
    assert scopes.bot_scopes() == sorted(scopes.REASONS)


def test_every_method_that_is_called_has_its_scope_and_none_is_listed_in_vain() -> None:
    assert set(_methods_called()) == {*scopes.METHODS, *scopes.APP_METHODS}


def test_every_event_that_is_heard_is_subscribed_to_and_no_other() -> None:
    kinds = {event.partition(".")[0] for event in scopes.EVENTS}

    assert kinds == set(_heard())
    assert {event for event in scopes.EVENTS if event.startswith("message.")} == {"message.channels", "message.groups"}


def test_every_command_that_people_are_told_of_is_in_the_manifest_and_no_other() -> None:
    told = " ".join(part for line in HELP for part in line)

    assert set(re.findall(r"/[a-z-]+", told)) == set(scopes.COMMANDS)


def test_what_may_follow_a_command_is_what_people_are_told_of() -> None:
    for name in ("/quiz", "/quiz-admin"):
        known = re.findall(r"[a-z-]+", " ".join(command for command, _ in HELP if command.split()[0] == name))
        assert {*known, "help"} >= set(scopes.COMMANDS[name][1].split(" | "))
    assert scopes.COMMANDS["/leaderboard"][1].split(" | ") == [kind.value for kind in PeriodKind]


def test_slack_is_told_the_path_at_which_the_bot_takes_its_requests() -> None:
    assert REQUESTS == http.PATH


def _methods_called() -> Iterator[str]:
    """Yield every method of the Web API that the code names, as a string or as a method of slack_sdk's client."""
    for node in _nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and METHOD.fullmatch(node.value):
            if hasattr(AsyncWebClient, node.value.replace(".", "_")):
                yield node.value
        elif isinstance(node, ast.Attribute) and node.attr in API_CALLS:
            yield node.attr.replace("_", ".")


def _heard() -> Iterator[str]:
    """Yield each type of event with which the reception does something: bolt hands it all there are."""
    tree = ast.parse(inspect.getsource(reception))
    (heard,) = [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef) and node.name == "_heard"]
    for node in ast.walk(heard):
        if isinstance(node, ast.MatchValue) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)
    yield from reception._LOST


def _nodes() -> Iterator[ast.AST]:
    for path in ADAPTER.rglob("*.py"):
        if path != TABLE:
            yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


def _without_addresses(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_addresses(one) for key, one in value.items() if key not in {"url", "request_url"}}
    return [_without_addresses(one) for one in value] if isinstance(value, list) else value
