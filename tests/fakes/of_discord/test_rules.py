"""What Discord limits: each is refused with 50035 and noted, at its edge it is taken."""

from collections.abc import AsyncIterator
from typing import Any

import discord as library
import pytest
from discord.http import HTTPClient, Route

from tests.fakes.discord import Channel, FakeDiscord
from tests.fakes.discord.refusals import Problems, Refusal
from tests.fakes.discord.rules import check_commands, check_modal
from tests.fakes.of_discord.small_bot import COMMANDS, V2, SmallBot, form, logged_in

Json = dict[str, Any]


@pytest.fixture
async def http(discord: FakeDiscord) -> AsyncIterator[HTTPClient]:
    async with logged_in(discord, SmallBot()) as client:
        yield client.http


def v2(*components: Json, **more: Any) -> Json:
    return {"flags": V2, "components": list(components), **more}


def text(length: int) -> Json:
    return {"type": 10, "content": "x" * length}


def button(label: str = "Go", custom_id: str = "go", **more: Any) -> Json:
    return {"type": 2, "style": 1, "label": label, "custom_id": custom_id, **more}


def row(*elements: Json) -> Json:
    return {"type": 1, "components": list(elements)}


def buttons(count: int) -> Json:
    return row(*(button(custom_id=str(number)) for number in range(count)))


def select(count: int, **more: Any) -> Json:
    options = [{"label": f"Line {number}", "value": str(number)} for number in range(count)]
    return {"type": 3, "custom_id": "choose", "options": options, **more}


TAKEN: dict[str, Json] = {
    "2000 characters": {"content": "x" * 2000},
    "4000 characters": v2(text(2000), {"type": 17, "components": [text(2000)]}),
    "40 components": v2(*(text(1) for _ in range(40))),
    "a button of 80 and 100": v2(row(button("x" * 80, "y" * 100))),
    "a link": v2(row({"type": 2, "style": 5, "label": "Read", "url": "https://example.org"})),
    "a section": v2({"type": 9, "components": [text(1)], "accessory": button()}),
    "a menu of 25": v2(row(select(25, placeholder="x" * 150))),
    "embeds of 6000": {"embeds": [{"description": "x" * 4096}, {"description": "x" * 1904}]},
    "a nonce of 25": {"content": "x", "nonce": "x" * 25, "enforce_nonce": True},
}
REFUSED: dict[str, Json] = {
    "2001 characters": {"content": "x" * 2001},
    "4001 characters": v2(text(2000), {"type": 17, "components": [text(2001)]}),
    "41 components": v2(*(text(1) for _ in range(41))),
    "content with components v2": v2(text(1), content="x"),
    "embeds with components v2": v2(text(1), embeds=[{"description": "x"}]),
    "an empty text": v2(text(0)),
    "a text without the flag": {"components": [text(1)]},
    "a bare button": v2(button()),
    "six buttons in a row": v2(buttons(6)),
    "a label of 81": v2(row(button("x" * 81))),
    "a custom id of 101": v2(row(button(custom_id="x" * 101))),
    "no custom id": v2(row({"type": 2, "style": 1, "label": "Go"})),
    "the same custom id": v2(row(button(), button())),
    "a link with a custom id": v2(row({"type": 2, "style": 5, "label": "x", "url": "https://a.org", "custom_id": "x"})),
    "a button with nothing on it": v2(row({"type": 2, "style": 1, "custom_id": "x"})),
    "a container in a container": v2({"type": 17, "components": [{"type": 17, "components": [text(1)]}]}),
    "an empty container": v2({"type": 17, "components": []}),
    "a section of four": v2({"type": 9, "components": [text(1)] * 4, "accessory": button()}),
    "a section without its accessory": v2({"type": 9, "components": [text(1)]}),
    "a menu beside a button": v2(row(select(2), button())),
    "a menu of 26": v2(row(select(26))),
    "a menu with the same value": v2(row({**select(1), "options": [{"label": "a", "value": "a"}] * 2})),
    "six rows of before": {"content": "x", "components": [row(button(custom_id=str(number))) for number in range(6)]},
    "a field of forms": v2(row({"type": 4, "custom_id": "x", "style": 1})),
    "an unknown field": v2(row(button(lable="x"))),
    "a file that is not there": v2({"type": 13, "file": {"url": "attachment://x.txt"}}),
    "embeds of 6001": {"embeds": [{"description": "x" * 4096}, {"description": "x" * 1905}]},
    "a flag for one alone": {"content": "x", "flags": 64},
    "a nonce of 26": {"content": "x", "nonce": "x" * 26},
    "mentions both ways": {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
    "a reply to nothing": {"content": "x", "message_reference": {"message_id": "1"}},
}


@pytest.mark.parametrize("body", TAKEN.values(), ids=TAKEN)
async def test_what_is_within_the_limits_is_taken(
    http: HTTPClient, discord: FakeDiscord, quiz: Channel, body: Json
) -> None:
    await http.request(Route("POST", "/channels/{channel_id}/messages", channel_id=quiz.id), json=body)
    assert discord.visible(quiz)
    assert not discord.invalid


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
async def test_what_is_beyond_the_limits_is_refused_and_noted(
    http: HTTPClient, discord: FakeDiscord, quiz: Channel, body: Json
) -> None:
    with pytest.raises(library.HTTPException) as refusal:
        await http.request(Route("POST", "/channels/{channel_id}/messages", channel_id=quiz.id), json=body)
    assert (refusal.value.status, refusal.value.code) == (400, 50035)
    assert not discord.visible(quiz)
    assert len(discord.invalid) == 1


def field(kind: int, **more: Any) -> Json:
    """A form with one field."""
    return {
        **form(),
        "components": [{"type": 18, "label": "Field", "component": {"type": kind, "custom_id": "x", **more}}],
    }


def choices(count: int) -> list[Json]:
    return [{"label": f"Line {number}", "value": str(number)} for number in range(count)]


@pytest.mark.parametrize(
    "modal",
    [
        form("x" * 45),
        field(4, style=2, max_length=4000, value="x" * 4000, placeholder="x" * 100),
        field(21, options=choices(10)),
        field(22, options=choices(10), min_values=0, required=False),
        field(3, options=choices(25), min_values=1, max_values=25),
        field(5, required=False, min_values=0, max_values=25, default_values=[{"id": "1", "type": "user"}]),
        field(23),
        {**form(), "components": [{"type": 10, "content": "Read this"}, *form()["components"]]},
    ],
)
def test_a_form_within_the_limits_is_taken(modal: Json) -> None:
    problems = Problems()
    check_modal(problems, modal)
    problems.refuse()


@pytest.mark.parametrize(
    "modal",
    [
        form("x" * 46),
        form(""),
        {**form(), "custom_id": "x" * 101},
        {**form(), "components": []},
        {**form(), "components": form()["components"] * 6},
        {**form(), "components": form()["components"] * 2},
        {**form(), "components": [row(button())]},
        {**form(), "components": [{**form()["components"][0], "label": "x" * 46}]},
        {**form(), "components": [{**form()["components"][0], "description": "x" * 101}]},
        field(2, style=1, label="x"),
        field(4, style=3),
        field(4, style=1, max_length=4001),
        field(4, style=1, max_length=5, value="too long"),
        field(4, style=1, placeholder="x" * 101),
        field(4, style=1, label="In the field"),
        field(21, options=choices(1)),
        field(21, options=choices(11)),
        field(22, options=choices(11)),
        field(22, options=choices(2), min_values=0),
        field(22, options=choices(2), min_values=3, max_values=2),
        field(21, options=[{**each, "default": True} for each in choices(2)]),
        field(3, options=choices(26)),
        field(3, options=choices(2), disabled=False),
        None,
    ],
)
def test_a_form_beyond_the_limits_is_refused(modal: Json | None) -> None:
    problems = Problems()
    check_modal(problems, modal)
    with pytest.raises(Refusal):
        problems.refuse()


def command(**more: Any) -> Json:
    return {"name": "quiz", "description": "The quiz", **more}


def option(**more: Any) -> Json:
    return {"type": 3, "name": "topic", "description": "Of what", **more}


@pytest.mark.parametrize(
    "commands",
    [
        [command(name="Quiz")],
        [command(name="x" * 33)],
        [command(description="")],
        [command(description="x" * 101)],
        [command(), command()],
        [command(name_localizations={"xx": "quiz"})],
        [command(options=[option(name=f"o{number}") for number in range(26)])],
        [command(options=[option(), option()])],
        [command(options=[option(), option(name="level", required=True)])],
        [command(options=[option(choices=[{"name": "a", "value": "a"}], autocomplete=True)])],
        [command(options=[option(choices=[{"name": str(number), "value": "a"} for number in range(26)])])],
        [command(options=[option(choices=[{"name": "a" * 101, "value": "a"}])])],
        [command(options=[{"type": 1, "name": "ask", "description": "x"}, option()])],
        [command(x=1)],
        [command(default_member_permissions="admin")],
    ],
)
def test_commands_beyond_the_limits_are_refused(commands: list[Json]) -> None:
    problems = Problems()
    check_commands(problems, commands)
    with pytest.raises(Refusal):
        problems.refuse()


def test_a_command_has_at_most_8000_characters() -> None:
    long = [{"name": f"{number:02}" + "x" * 98, "value": "y" * 100} for number in range(20)]
    problems = Problems()
    check_commands(problems, [command(options=[option(name=f"o{number}", choices=long) for number in range(2)])])
    with pytest.raises(Refusal, match="8000"):
        problems.refuse()


async def test_commands_are_kept_and_only_new_ones_are_counted(http: HTTPClient, discord: FakeDiscord) -> None:
    own = int(discord.bot.id)
    first = await http.bulk_upsert_global_commands(own, COMMANDS)
    again = await http.bulk_upsert_global_commands(own, COMMANDS)
    assert first == again
    assert discord.world.command_creates == 2
    changed = await http.bulk_upsert_global_commands(own, [{**COMMANDS[0], "description": "Each day"}])
    assert (changed[0]["id"], changed[0]["version"] == first[0]["version"]) == (first[0]["id"], False)
    assert [each["name"] for each in await http.get_global_commands(own)] == ["quiz"]
    discord.world.command_creates = 200
    with pytest.raises(library.HTTPException) as refusal:
        await http.bulk_upsert_global_commands(own, COMMANDS)
    assert refusal.value.code == 30034


async def test_commands_are_read_without_other_languages_unless_they_are_asked_for(
    http: HTTPClient, discord: FakeDiscord
) -> None:
    own = discord.bot.id
    await http.bulk_upsert_global_commands(int(own), [command(name_localizations={"de": "frage"})])
    route = Route("GET", "/applications/{application_id}/commands", application_id=own)
    [short] = await http.request(route)
    [whole] = await http.request(route, params={"with_localizations": "true"})
    assert "name_localizations" not in short
    assert whole["name_localizations"] == {"de": "frage"}


async def test_a_route_that_is_not_known_here_is_noted(http: HTTPClient, discord: FakeDiscord) -> None:
    with pytest.raises(library.NotFound):
        await http.request(Route("GET", "/guilds/{guild_id}/emojis", guild_id=discord.guild.id))
    assert discord.invalid == [f"GET /api/v10/guilds/{discord.guild.id}/emojis: there is no such route here"]
