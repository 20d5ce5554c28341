"""The doctor on Slack: each planted mistake is found, named and has its remedy; no secret is shown."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from adapters.slack import Access, Mode
from adapters.slack.checks import slack
from adapters.slack.scopes import bot_scopes
from bot.domain.ids import PlaceId, place_id
from bot.ports import Finding, Severity
from tests.adapters.slack.world import CHANNEL, OTHER_PLACE, PLACE, access, workspace
from tests.fakes.slack import FakeSlack

ROOT = Path(__file__).parents[3]
SECRET = "0123456789abcdef0123456789abcdef"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """``planted`` changes the workspace, and returns the settings as they were made."""

    planted: Callable[[FakeSlack, Access], Access]
    said: str
    remedy: str


def app_token_in_its_place(_fake: FakeSlack, sound: Access) -> Access:
    return replace(sound, bot_token=sound.app_token)


def user_token_in_its_place(fake: FakeSlack, sound: Access) -> Access:
    return replace(sound, bot_token=fake.user_token)


def unknown(_fake: FakeSlack, sound: Access) -> Access:
    return replace(sound, bot_token="xoxb-of-somebody-else")


def revoked(fake: FakeSlack, sound: Access) -> Access:
    fake.workspace.tokens[fake.bot_token].revoked = True
    return sound


def without_scopes(fake: FakeSlack, sound: Access) -> Access:
    fake.bot_scopes.difference_update({"groups:history", "reactions:write"})
    return sound


def bot_token_as_app_token(_fake: FakeSlack, sound: Access) -> Access:
    return replace(sound, app_token=sound.bot_token)


def app_token_without_scope(fake: FakeSlack, sound: Access) -> Access:
    fake.workspace.tokens[fake.app_token].scopes.clear()
    return sound


def app_token_revoked(fake: FakeSlack, sound: Access) -> Access:
    fake.workspace.tokens[fake.app_token].revoked = True
    return sound


def socket_mode_off(fake: FakeSlack, sound: Access) -> Access:
    fake.faults.next("apps.connections.open", "forbidden_team")
    return sound


def of_no_team(fake: FakeSlack, sound: Access) -> Access:
    fake.workspace.unsaid = frozenset({"team_id"})
    return sound


def socket_that_does_not_open(fake: FakeSlack, sound: Access) -> Access:
    fake.sockets.refusing = True
    return sound


def socket_that_does_not_greet(fake: FakeSlack, sound: Access) -> Access:
    fake.sockets.mute = True
    return sound


def tokens_of_two_apps(fake: FakeSlack, sound: Access) -> Access:
    fake.workspace.installed = "A777"
    return sound


def not_let_look(fake: FakeSlack, sound: Access) -> Access:
    fake.faults.next("conversations.info", "missing_scope")
    return sound


def too_many_sockets(fake: FakeSlack, sound: Access) -> Access:
    fake.faults.next("apps.connections.open", "too_many_websockets")
    return sound


def out_of_reach(_fake: FakeSlack, sound: Access) -> Access:
    return replace(sound, api_url="http://127.0.0.1:9/api/")


def another_address(_fake: FakeSlack, sound: Access) -> Access:
    return replace(sound, api_url=sound.api_url.removesuffix("api/"))


def half_a_secret(_fake: FakeSlack, sound: Access) -> Access:
    return replace(sound, mode=Mode.HTTP, signing_secret=SECRET[:16])


def not_joined(fake: FakeSlack, sound: Access) -> Access:
    fake.workspace.channels[CHANNEL].members.remove(fake.workspace.bot.id)
    return sound


def archived(fake: FakeSlack, sound: Access) -> Access:
    fake.workspace.channels[CHANNEL].archived = True
    return sound


def gone(fake: FakeSlack, sound: Access) -> Access:
    del fake.workspace.channels[CHANNEL]
    return sound


def moved(fake: FakeSlack, sound: Access) -> Access:
    fake.workspace.team = "T999"
    return sound


MISTAKES = [
    Mistake(planted=app_token_in_its_place, said="BOT_TOKEN is refused (not_allowed_token_type)", remedy="xoxb-"),
    Mistake(planted=user_token_in_its_place, said="BOT_TOKEN is refused (not_allowed_token_type)", remedy="xoxb-"),
    Mistake(planted=unknown, said="BOT_TOKEN is refused (invalid_auth)", remedy="Copy it anew"),
    Mistake(planted=revoked, said="BOT_TOKEN is refused (token_revoked)", remedy="Install the app again"),
    Mistake(planted=too_many_sockets, said="no room for another socket (too_many_websockets)", remedy="end a process"),
    Mistake(planted=without_scopes, said="lacks groups:history, reactions:write", remedy="slack-manifest"),
    Mistake(planted=bot_token_as_app_token, said="APP_TOKEN is refused (not_allowed_token_type)", remedy="Make an"),
    Mistake(planted=app_token_without_scope, said="APP_TOKEN lacks the scope connections:write", remedy="Make an"),
    Mistake(planted=app_token_revoked, said="APP_TOKEN is refused (token_revoked)", remedy="Make an app-level token"),
    Mistake(planted=socket_mode_off, said="refuses the socket (forbidden_team)", remedy="Switch Socket Mode on"),
    Mistake(planted=of_no_team, said="did not say enough of the bot token", remedy="SLACK_API_URL"),
    Mistake(
        planted=socket_that_does_not_open, said="a socket that does not open: WSServerHandshakeError", remedy="wss-"
    ),
    Mistake(planted=socket_that_does_not_greet, said="a socket that does not open: TimeoutError", remedy="wss-"),
    Mistake(planted=tokens_of_two_apps, said="of two apps, so what people do does not come", remedy="of one app"),
    Mistake(planted=not_let_look, said="C17 cannot be used (missing_scope): the app lacks the scope", remedy="Add it"),
    Mistake(planted=out_of_reach, said="cannot be reached at http://127.0.0.1:9/api/", remedy="SLACK_API_URL"),
    Mistake(planted=another_address, said="status 404", remedy="SLACK_API_URL: it ends in /api/"),
    Mistake(planted=half_a_secret, said="SIGNING_SECRET is not 32 characters", remedy="Basic Information"),
    Mistake(planted=not_joined, said="the bot is not in #c17 (C17)", remedy="/invite"),
    Mistake(planted=archived, said="#c17 (C17) is archived", remedy="Unarchive it"),
    Mistake(planted=gone, said="C17 cannot be used (channel_not_found)", remedy="/invite"),
    Mistake(planted=moved, said="C17 belongs to another workspace", remedy="token"),
]


def told_of() -> Sequence[str]:
    """Return what docs/slack.md says that the doctor says, as patterns."""
    table = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8").partition("| the doctor says |")[2]
    cells = (row.split("|")[1] for row in table.partition("\n\n")[0].splitlines()[2:])
    said = (found for cell in cells for found in re.findall(r"`([^`]+)`", cell) if len(found) > 1)
    return [re.escape(one.strip("… ")).replace("…", ".*") for one in said]


async def examined(planted: Access, *places: PlaceId) -> Sequence[Finding]:
    async def of_programmes() -> Sequence[PlaceId]:
        return places

    return await slack(planted, of_programmes)


@pytest.fixture(autouse=True)
def short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.connecting._GREETING_SECONDS", 0.5)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.planted.__name__)
async def test_a_planted_mistake_is_found_and_has_its_remedy(mistake: Mistake) -> None:
    async with workspace() as fake:
        wrong = mistake.planted(fake, access(fake))

        findings = await examined(wrong, PLACE)

    found = [one for one in findings if one.severity is not Severity.OK]
    assert len(found) == 1, found
    assert mistake.said in found[0].said
    assert mistake.remedy in found[0].remedy
    assert any(re.search(told, found[0].said) for told in told_of())
    shown = " ".join(f"{one.said} {one.remedy}" for one in findings)
    assert not any(secret in shown for secret in (fake.bot_token, fake.app_token, fake.user_token, SECRET[:16]))


@pytest.mark.parametrize("mode", list(Mode))
async def test_where_all_is_well_everything_is_said_to_be(mode: Mode) -> None:
    async with workspace() as fake:
        findings = await examined(replace(access(fake), mode=mode, signing_secret=SECRET), PLACE, OTHER_PLACE)

    assert {one.severity for one in findings} == {Severity.OK}
    assert "workspace Example (T024)" in findings[0].said
    assert findings[-1].said == "every channel that has a programme can be used (2)"


async def test_a_slack_that_does_not_say_whose_bot_it_is_is_no_mistake() -> None:
    async with workspace() as fake:
        fake.faults.next("bots.info", "unknown_method")

        findings = await examined(access(fake), PLACE)

    assert {one.severity for one in findings} == {Severity.OK}


async def test_the_socket_that_the_doctor_opened_is_closed_again() -> None:
    async with workspace() as fake:
        await examined(access(fake), PLACE)

        assert fake.sockets.opened == 1
        await fake.until(lambda: not fake.sockets.connections)


async def test_a_process_that_does_not_listen_needs_neither_app_token_nor_secret() -> None:
    async with workspace() as fake:
        for mode in Mode:
            findings = await examined(replace(access(fake), mode=mode, app_token=""), PLACE)

            assert {one.severity for one in findings} == {Severity.OK}


async def test_two_mistakes_are_both_found() -> None:
    async with workspace() as fake:
        wrong = app_token_without_scope(fake, without_scopes(fake, access(fake)))

        findings = await examined(wrong, PLACE, place_id("slack", "T024", "C404"))

    assert [one.severity for one in findings].count(Severity.FAULT) == 3


async def test_a_proxy_that_tells_no_scopes_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    async with workspace() as fake:
        monkeypatch.setattr("adapters.slack.checks._SCOPES", "x-not-passed-on")

        findings = await examined(access(fake), PLACE)

    assert [one.severity for one in findings].count(Severity.WARNING) == 1


async def test_the_scopes_of_the_manifest_are_enough_for_the_doctor_to_be_content() -> None:
    async with workspace() as fake:
        fake.workspace.tokens[fake.bot_token].scopes = set(bot_scopes())

        findings = await examined(access(fake), PLACE)

    assert {one.severity for one in findings} == {Severity.OK}
