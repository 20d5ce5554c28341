"""The doctor on Discord: each planted mistake is found, named and has its remedy; no secret is shown."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.access import Access
from adapters.discord.checks import discord
from adapters.discord.permissions import invite_link
from bot.domain.ids import PlaceId, place_id
from bot.ports import Finding, Severity
from tests.adapters.discord.world import CHANNEL, GUILD, OTHER_PLACE, PLACE, access, channel, server
from tests.fakes.discord import FakeDiscord

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """``planted`` changes the server, and returns the settings as they were made."""

    planted: Callable[[FakeDiscord, Access], Access]
    said: str
    remedy: str
    severity: Severity = Severity.FAULT


def wrong_token(_fake: FakeDiscord, sound: Access) -> Access:
    return replace(sound, token="of.somebody.else")


def out_of_reach(_fake: FakeDiscord, sound: Access) -> Access:
    return replace(sound, api_url="http://127.0.0.1:9/api/v10/")


def another_address(_fake: FakeDiscord, sound: Access) -> Access:
    return replace(sound, api_url=sound.api_url.replace("/api/v10/", "/discord/"))


def content_here_alone(_fake: FakeDiscord, sound: Access) -> Access:
    return replace(sound, message_content=True)


def content_there_alone(fake: FakeDiscord, sound: Access) -> Access:
    fake.privileged.add("message_content")
    return sound


def on_no_server(fake: FakeDiscord, sound: Access) -> Access:
    for guild in list(fake.world.guilds.values()):
        fake.kick_bot(guild)
    return sound


def taken_out(fake: FakeDiscord, sound: Access) -> Access:
    fake.kick_bot(fake.world.guilds[GUILD])
    return sound


def channel_gone(fake: FakeDiscord, sound: Access) -> Access:
    fake.delete_channel(channel(fake))
    return sound


def without(*names: str) -> Callable[[FakeDiscord, Access], Access]:
    def planted(fake: FakeDiscord, sound: Access) -> Access:
        fake.deny(channel(fake), fake.bot, *names)
        return sound

    return planted


def answering(
    route: str, changed: Callable[[dict[str, Any]], Mapping[str, Any]]
) -> Callable[[FakeDiscord, Access], Access]:
    """Let Discord answer something else there."""

    def planted(fake: FakeDiscord, sound: Access) -> Access:
        told = fake._server.methods[route]

        def answer(call: object) -> tuple[int, object]:
            status, body = told(call)  # type: ignore[arg-type]
            return status, {**body, **changed(body)}

        fake._server.methods[route] = answer
        return sound

    return planted


def busy(fake: FakeDiscord, sound: Access) -> Access:
    fake.faults.next("GET /channels/{channel}", "503", times=9)
    return sound


def no_application(fake: FakeDiscord, sound: Access) -> Access:
    fake.lack("GET /oauth2/applications/@me")
    fake.lack("GET /applications/@me")
    fake.privileged.add("message_content")
    return replace(sound, message_content=True)


def no_gateway(fake: FakeDiscord, sound: Access) -> Access:
    fake.lack("GET /gateway")
    fake.lack("GET /gateway/bot")
    return sound


def no_list_of_servers(fake: FakeDiscord, sound: Access) -> Access:
    fake.lack("GET /users/@me/guilds")
    return sound


few_starts = answering(
    "GET /gateway/bot", lambda told: {"session_start_limit": {**told["session_start_limit"], "remaining": 3}}
)
by_http = answering("GET /oauth2/applications/@me", lambda _: {"interactions_endpoint_url": "https://quiz.example.com"})
by_code = answering("GET /oauth2/applications/@me", lambda _: {"bot_require_code_grant": True})


MISTAKES = [
    Mistake(planted=wrong_token, said="STUDYBOT_DISCORD_TOKEN cannot be used (401)", remedy="Reset it"),
    Mistake(planted=out_of_reach, said="cannot be reached at http://127.0.0.1:9/api/v10/", remedy="DISCORD_API_URL"),
    Mistake(
        planted=another_address,
        said="Discord refuses the bot (404)",
        remedy="STUDYBOT_DISCORD_API_URL ends in /api/v10/",
    ),
    Mistake(planted=content_here_alone, said="has not the Message Content Intent", remedy="Switch the Message Content"),
    Mistake(
        planted=content_there_alone,
        said="STUDYBOT_DISCORD_MESSAGE_CONTENT is not true",
        remedy="MESSAGE_CONTENT=true",
        severity=Severity.WARNING,
    ),
    Mistake(planted=on_no_server, said="on no server", remedy="oauth2/authorize", severity=Severity.WARNING),
    Mistake(planted=taken_out, said=f"channel {CHANNEL} cannot be used", remedy="invite it again"),
    Mistake(planted=channel_gone, said=f"channel {CHANNEL} cannot be used (10003)", remedy="Set the quiz up elsewhere"),
    Mistake(planted=without("view_channel"), said="cannot be used (50001)", remedy="View Channels"),
    Mistake(planted=without("send_messages"), said="lacks Send Messages", remedy="Allow them"),
    Mistake(planted=without("read_message_history"), said="lacks Read Message History", remedy="Allow them"),
    Mistake(
        planted=without("create_public_threads", "add_reactions"),
        said="lacks Add Reactions, Create Public Threads",
        remedy="Allow them",
        severity=Severity.WARNING,
    ),
    Mistake(planted=by_http, said="has an Interactions Endpoint URL", remedy="General Information"),
    Mistake(planted=by_code, said="asks for a code grant", remedy="Switch Requires OAuth2 Code Grant off"),
    Mistake(
        planted=no_application,
        said="Discord does not say whether the application has the Message Content Intent",
        remedy="whether it is on",
        severity=Severity.WARNING,
    ),
    Mistake(planted=no_gateway, said="GET /gateway/bot does not say where the gateway is", remedy="Try again"),
    Mistake(
        planted=no_list_of_servers,
        said="GET /users/@me/guilds does not say on which servers the bot is",
        remedy="oauth2/authorize",
        severity=Severity.WARNING,
    ),
    Mistake(planted=busy, said="could not be looked at", remedy="Try again", severity=Severity.WARNING),
    Mistake(planted=few_starts, said="connect 3 times more", remedy="look at the logs", severity=Severity.WARNING),
]


def told_of() -> Sequence[str]:
    """Return what docs/discord.md says that the doctor says, as patterns."""
    table = (ROOT / "docs" / "discord.md").read_text(encoding="utf-8").partition("| the doctor says |")[2]
    cells = (row.split("|")[1] for row in table.partition("\n\n")[0].splitlines()[2:])
    said = (found for cell in cells for found in re.findall(r"`([^`]+)`", cell))
    return [re.escape(one.strip("… ")).replace("…", ".*") for one in said]


async def examined(wanted: Access, *where: PlaceId) -> Sequence[Finding]:
    async def listed() -> Sequence[PlaceId]:
        return where

    return await discord(wanted, listed)


async def test_a_sound_setup_is_told_so_with_the_invite_link() -> None:
    async with server() as fake:
        found = await examined(access(fake), PLACE, OTHER_PLACE)

    assert {one.severity for one in found} == {Severity.OK}
    said = "\n".join(one.said for one in found)
    assert invite_link(fake.world.app) in said
    assert "every channel that has a programme can be used (2)" in said


async def test_with_every_reply_read_on_both_sides_all_is_well() -> None:
    async with server() as fake:
        fake.privileged.add("message_content")

        found = await examined(replace(access(fake), message_content=True))

    assert {one.severity for one in found} == {Severity.OK}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.said)
async def test_a_mistake_is_named_with_what_to_do(mistake: Mistake) -> None:
    async with server() as fake:
        wanted = mistake.planted(fake, access(fake))

        found = await examined(wanted, PLACE)

    wrong = [one for one in found if one.severity is not Severity.OK]
    assert any(
        one.severity is mistake.severity and mistake.said in one.said and mistake.remedy in one.remedy for one in wrong
    ), wrong
    assert all(any(re.search(told, one.said) for told in told_of()) for one in wrong)
    assert wanted.token not in str(found)


async def test_a_discord_that_tells_no_limit_of_starts_is_not_said_to_have_none_left() -> None:
    async with server() as fake:
        fake.lack("GET /gateway/bot")

        found = await examined(access(fake), PLACE)

    assert {one.severity for one in found} == {Severity.OK}
    assert "Discord tells of no limit to how often the bot may connect" in [one.said for one in found]


@pytest.mark.parametrize("planted", [no_gateway, no_list_of_servers])
async def test_what_cannot_be_looked_at_hides_nothing_else(planted: Callable[[FakeDiscord, Access], Access]) -> None:
    async with server() as fake:
        wanted = planted(fake, access(fake))

        found = await examined(wanted, PLACE, OTHER_PLACE)

    said = "\n".join(one.said for one in found)
    assert "the token is of the bot of Study bot" in said
    assert "every channel that has a programme can be used (2)" in said


async def test_one_channel_that_cannot_be_used_does_not_hide_another() -> None:
    async with server() as fake:
        fake.deny(channel(fake, "118"), fake.bot, "send_messages")
        gone = place_id("discord", GUILD, "999")

        found = await examined(access(fake), gone, OTHER_PLACE)

    faults = [one.said for one in found if one.severity is Severity.FAULT]
    assert len(faults) == 2
