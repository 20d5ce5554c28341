"""The commands hold Discord's limits, and everything that can be chosen is something that the desk knows."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from adapters.discord.commands import COMMANDS, autocomplete, line_of, offered
from adapters.discord.views import private_message
from adapters.redis.store import Store
from bot.domain.question import Level
from bot.domain.wish import Wish, read_wish
from bot.service.setup import words
from bot.views import HelpView, NoticeView
from bot.wording import desk as wording
from bot.wording.commands import CHOICES, DESCRIPTIONS
from tests.adapters.discord.limits import command_faults
from tests.world import build, question

TOPICS = ("ci-cd", "data", "llmops", "monitoring", "serving")
ZONES = ("America/New_York", "Asia/Tokyo", "Europe/Berlin", "Europe/London", "UTC")
_SUBCOMMAND, _STRING, _INTEGER, _BOOLEAN = 1, 3, 4, 5
_SAID = {"item": "0a1b2c3d17", "topic": "data", "topics": "data", "date": "2026-11-23", "zone": "UTC", "days": "daily"}
_WITH: Mapping[tuple[str, str], dict[str, Any]] = {
    ("review", "decision"): {"item": "0a1b2c3d17"},
    ("review", "point"): {"item": "0a1b2c3d17", "decision": "learn"},
    ("review", "text"): {"item": "0a1b2c3d17", "decision": "overrule"},
}
"""What has to be chosen beside an option for it to mean anything."""
_VALUES: Mapping[int, Any] = {_STRING: "1", _INTEGER: 2, _BOOLEAN: True}


def chosen(name: str, word: str = "", /, **values: Any) -> dict[str, Any]:
    """The data of a command's interaction."""
    options = [{"name": one, "type": _STRING, "value": value} for one, value in values.items()]
    if not word:
        return {"id": "1", "name": name, "type": 1, "options": options}
    return {"id": "1", "name": name, "type": 1, "options": [{"name": word, "type": _SUBCOMMAND, "options": options}]}


def leaves() -> Iterator[tuple[str, str, Sequence[dict[str, Any]]]]:
    """Every command that can be chosen: its name, its subcommand if it has any, and its options."""
    for command in COMMANDS:
        words = [one for one in command["options"] if one["type"] == _SUBCOMMAND]
        yield from ((command["name"], one["name"], one["options"]) for one in words)
        if not words:
            yield command["name"], "", command["options"]


def typing(name: str, word: str, option: str, said: str) -> list[str]:
    data = chosen(name, word, **{option: said})
    data["options"][0]["options"][0]["focused"] = True
    found = autocomplete(data, topics=TOPICS, zones=ZONES)
    assert all(one["name"] == one["value"] for one in found)
    return [one["value"] for one in found]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command["name"])
def test_no_command_is_refused_for_its_size(command: dict[str, Any]) -> None:
    assert command_faults(command) == []


def test_commands_are_offered_in_servers_alone_and_the_admins_one_is_hidden_from_others() -> None:
    assert [(one["name"], one["contexts"], one.get("default_member_permissions")) for one in COMMANDS] == [
        ("quiz", [0], None),
        ("quiz-admin", [0], "32"),
        ("leaderboard", [0], None),
    ]


def test_every_command_of_the_help_can_be_chosen_and_there_is_no_other() -> None:
    told = {
        f"{name} {word}"
        for name, *rest in (command.removeprefix("/").split(" ", 1) for command, _ in wording.HELP)
        for word in re.split(r" (?=[\[A-Z])|at=", " ".join(rest))[0].split(", ")
    }

    offered = {f"{name} {word}" for name, word, _ in leaves() if word}
    assert {one.strip() for one in told} | {"quiz-admin help"} == offered


@pytest.mark.parametrize(
    ("typed", "chosen_as"),
    [
        ("/quiz appeal [DATE] [1 3] -- REASON", "/quiz appeal reason: [date:] [points:]"),
        ("/quiz-admin next [swap]", "/quiz-admin next [swap:]"),
        ("/quiz me", "/quiz me"),
        ("/quiz hide, unhide", "/quiz hide, unhide"),
        ("/leaderboard team", "/leaderboard team"),
    ],
)
def test_the_help_says_commands_as_they_are_offered(typed: str, chosen_as: str) -> None:
    assert offered(typed) == chosen_as


def test_the_help_shows_nothing_that_could_only_be_typed() -> None:
    shown = str(private_message(HelpView(title="", commands=wording.HELP, closing=""))[0].components)

    assert "/quiz grade [date:] [points:] [reason:]" in shown
    assert not re.search(r"at=|REASON|\[1 3", shown)


def test_what_is_described_is_offered_and_nothing_else() -> None:
    paths = {f"{name} {word}".strip() for name, word, _ in leaves()}
    options = {f"{name} {word} {one['name']}".replace("  ", " ") for name, word, more in leaves() for one in more}

    assert set(DESCRIPTIONS) == paths | options | {"quiz", "quiz-admin"}
    assert {choice["value"] for *_, more in leaves() for one in more for choice in one.get("choices", ())} == set(
        CHOICES
    )


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (chosen("quiz", "ask"), ("quiz", "ask")),
        (chosen("quiz", "ask", level="expert", topic="monitoring"), ("quiz", "ask monitoring expert")),
        (chosen("quiz", "answer"), ("quiz", "answer")),
        (chosen("quiz", "answer", text=" Look {first}: why? "), ("quiz", "answer Look {first}: why?")),
        (chosen("quiz", "grade", date="2026-11-23", points="1 3"), ("quiz", "grade 2026-11-23 1 3")),
        (chosen("quiz", "grade", reason="It does.", points="none"), ("quiz", "grade none -- It does.")),
        (chosen("quiz", "leaderboard", period="month", team=True), ("quiz", "leaderboard month team")),
        (chosen("quiz", "leaderboard", team=False), ("quiz", "leaderboard")),
        (chosen("quiz", "forget-me"), ("quiz", "forget-me")),
        (chosen("quiz", "forget-me", sure=True), ("quiz", "forget-me yes")),
        (chosen("quiz", "appeal", reason="It does.", points="1 3"), ("quiz", "appeal 1 3 -- It does.")),
        (chosen("quiz", "feedback", word="unclear", date="2026-11-23"), ("quiz", "feedback 2026-11-23 unclear")),
        (chosen("leaderboard"), ("leaderboard", "")),
        (chosen("leaderboard", period="all", team=True), ("leaderboard", "all team")),
        (chosen("quiz-admin", "next", swap=True), ("quiz-admin", "next swap")),
        (chosen("quiz-admin", "status", changes=True), ("quiz-admin", "status changes")),
        (chosen("quiz-admin", "pause", reason="A week off"), ("quiz-admin", "pause A week off")),
        (chosen("quiz-admin", "review"), ("quiz-admin", "review")),
        (
            chosen("quiz-admin", "review", text="So it is.", item="0a1b2c3d", decision="overrule"),
            ("quiz-admin", "review 0a1b2c3d overrule -- So it is."),
        ),
        (
            chosen("quiz-admin", "review", item="0a1b2c3d", decision="learn", text="late labels", point=2),
            ("quiz-admin", "review 0a1b2c3d learn 2 -- late labels"),
        ),
        (
            chosen("quiz-admin", "review", item="0a1b2c3d", decision="overrule", text="2 is not there"),
            ("quiz-admin", "review 0a1b2c3d overrule -- 2 is not there"),
        ),
        (
            chosen("quiz-admin", "phrasings", question="drift-1", change="edit", id="0a1b2c3d", text="late labels"),
            ("quiz-admin", "phrasings drift-1 edit 0a1b2c3d late labels"),
        ),
        (chosen("quiz-admin", "regrade", date="2026-11-23"), ("quiz-admin", "regrade 2026-11-23")),
        (chosen("quiz-admin", "setup"), ("quiz-admin", "setup")),
        (chosen("quiz-admin", "setup", every=2, at="9:30"), ("quiz-admin", "setup at=9:30 every=2")),
    ],
)
def test_what_is_chosen_is_the_line_that_one_would_have_typed(data: dict[str, Any], line: tuple[str, str]) -> None:
    assert line_of(data) == line


def test_a_command_that_discord_still_has_from_before_is_a_line_too() -> None:
    assert line_of(chosen("quiz", "dance", well=True)) == ("quiz", "dance")
    assert line_of({"id": "1", "name": "riddle", "type": 1}) == ("riddle", "")


def test_every_value_of_the_setup_is_understood_however_it_is_spaced() -> None:
    data = chosen(
        "quiz-admin",
        "setup",
        at="09:30",
        reveal="17:00",
        zone=" America/New York",
        days="mon, wed ,fri",
        topics="data, ci-cd,",
        levels="foundation:3, expert:1",
        collect="both",
        holidays="DE-BE",
        every=2,
        admins="<@300000000000000011> <@!300000000000000022>",
    )

    request, wrong = words(line_of(data)[1].removeprefix("setup "))

    assert wrong == []
    assert (request.at, request.reveal_at, request.zone, request.days) == (
        "09:30",
        "17:00",
        "America/New_York",
        "mon,wed,fri",
    )
    assert (request.topics, request.levels, request.collect) == ("data,ci-cd", "foundation:3,expert:1", "both")
    assert (request.holidays, request.every) == ("DE-BE", "2")
    assert request.admins == "300000000000000011,300000000000000022"


def test_what_has_to_be_said_is_asked_for_first() -> None:
    for name, word, options in leaves():
        needed = [one.get("required", False) for one in options]
        assert needed == sorted(needed, reverse=True), (name, word)


def test_no_value_of_the_setup_becomes_another_one() -> None:
    request, wrong = words(line_of(chosen("quiz-admin", "setup", zone="UTC at=01:00"))[1].removeprefix("setup "))

    assert (request.at, request.zone, wrong) == ("", "UTC_at=01:00", [])


def test_levels_and_topics_that_are_chosen_are_read_as_a_wish() -> None:
    for level in Level:
        _, line = line_of(chosen("quiz", "ask", topic="ci-cd", level=level))
        assert read_wish(line.removeprefix("ask "), TOPICS) == Wish(topic="ci-cd", level=level)


def test_zones_are_completed_from_their_beginning_or_from_their_city() -> None:
    assert typing("quiz-admin", "setup", "zone", "eu") == ["Europe/Berlin", "Europe/London"]
    assert typing("quiz-admin", "setup", "zone", "new y") == ["America/New_York"]
    assert typing("quiz-admin", "setup", "zone", "kyo") == ["Asia/Tokyo"]


def test_topics_are_completed_one_by_one() -> None:
    assert typing("quiz", "ask", "topic", "") == list(TOPICS)
    assert typing("quiz", "ask", "topic", "mon") == ["monitoring"]
    assert typing("quiz-admin", "setup", "topics", "data,se") == ["data,serving"]
    assert "data,data" not in typing("quiz-admin", "setup", "topics", "data,")


def test_no_more_is_proposed_than_discord_shows() -> None:
    data = chosen("quiz", "ask", topic="t")
    data["options"][0]["options"][0]["focused"] = True

    found = autocomplete(data, topics=[f"t{number}" * 20 for number in range(50)], zones=())

    assert len(found) == 25
    assert all(len(one["value"]) <= 100 for one in found)
    assert autocomplete(chosen("quiz", "me"), topics=TOPICS, zones=ZONES) == []


async def test_everything_that_can_be_chosen_is_something_that_the_desk_knows(store: Store) -> None:
    world = build(store, [question(number) for number in range(3)])
    unknown = wording.unknown_command("", None).partition(" '")[0]

    for name, word, options in leaves():
        chosen_alone = ({**_WITH.get((word, one["name"]), {}), one["name"]: _value(one)} for one in options)
        for values in ({}, *chosen_alone):
            line = line_of(chosen(name, word, **values))
            view = await world.desk.command(world.caller(admin=True), *line)
            assert not isinstance(view, NoticeView) or unknown not in view.text, line
    world.room.close()


@pytest.mark.parametrize("name", ["quiz", "quiz-admin"])
def test_every_word_that_the_desk_knows_can_be_chosen(store: Store, name: str) -> None:
    world = build(store, [question(0)])

    assert {word for command, word, _ in leaves() if command == name} == set(world.desk._handlers(name))
    world.room.close()


def _value(option: dict[str, Any]) -> Any:
    """A value that may be chosen for an option."""
    if option.get("choices"):
        return option["choices"][0]["value"]
    return _SAID.get(option["name"], _VALUES[option["type"]])


def test_commands_are_plain_json() -> None:
    assert json.loads(json.dumps(COMMANDS)) == COMMANDS
