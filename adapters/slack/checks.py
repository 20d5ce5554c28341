"""What the doctor looks at in Slack: each token and secret, the scopes, the socket, and the channels of the programmes."""

import re
import time
from collections.abc import Awaitable, Callable, Sequence

from adapters.slack.access import Access, Mode
from adapters.slack.client import SlackClient, open_client
from adapters.slack.posts import identity_of
from adapters.slack.refusals import SlackRefusal
from adapters.slack.scopes import APP_SCOPE, bot_scopes
from bot.domain.ids import PlaceId, last_part, team_of
from bot.ports import Finding, Limited, OutcomeUnknown, Severity, StartError
from bot.ports.operation import fault, fine, warning

Places = Callable[[], Awaitable[Sequence[PlaceId]]]

_ABOUT = "slack"
_BOT_TOKEN, _APP_TOKEN = "STUDYBOT_SLACK_BOT_TOKEN", "STUDYBOT_SLACK_APP_TOKEN"
_SIGNING_SECRET = "STUDYBOT_SLACK_SIGNING_SECRET"  # noqa: S105 - its name
_APP_TOKEN_REMEDY = f"Make an app-level token with the scope {APP_SCOPE} on the app's page Basic Information."
_SECRET_REMEDY = "Copy the Signing Secret from the app's page Basic Information."  # noqa: S105 - what to do
_USUAL_SECRET = re.compile(r"[0-9a-f]{32}")
_SCOPES = "x-oauth-scopes"
_MANIFEST = "python -m bot slack-manifest prints them all"
_REACH = "Look at the network of this machine, and at STUDYBOT_SLACK_API_URL: it ends in /api/."
_SOCKET_REMEDY = (
    "Switch Socket Mode on, on the app's page Socket Mode; or set STUDYBOT_SLACK_MODE=http for a public address."
)
_ROOM_REMEDY = "An app has ten: end a process that has one, or wait until those that have ended are forgotten. The bot tries again."


async def slack(access: Access, places: Places) -> Sequence[Finding]:
    """Look at one thing after the other, as far as the ones before let it. ``places`` are those that have a programme."""
    async with open_client(access, time.monotonic) as client:
        try:
            team, found = await _bot_token(client)
            found += (await _way_in(access))[0]
        except (OutcomeUnknown, Limited) as trouble:
            return [fault(_ABOUT, f"Slack cannot be reached at {access.api_url}: {trouble}", _REACH)]
        if team:
            found += await _channels(client, await places(), f"slack:{team}")
    return found


async def expect_to_listen(access: Access) -> str:
    """Return the address of a socket, nothing if there is none now.

    Raises StartError where what is configured will never let Slack reach the bot; a Slack that is away is no such thing.
    """
    try:
        found, address = await _way_in(access)
    except (OutcomeUnknown, Limited):
        return ""
    for one in found:
        if one.severity is Severity.FAULT:
            raise StartError(f"{one.said[:1].upper()}{one.said[1:]}. {one.remedy}")
    return address


async def _way_in(access: Access) -> tuple[Sequence[Finding], str]:
    """Return what there is to say of it, and the address of a socket, which has a ticket in it that nobody else is to see."""
    return await _socket(access) if access.mode is Mode.SOCKET else (_secret(access), "")


async def _bot_token(client: SlackClient) -> tuple[str, list[Finding]]:
    """Return the workspace that the token is of, or nothing, and what there is to say of it."""
    try:
        told, headers = await client.answer("auth.test")
        whose = identity_of(told)
    except SlackRefusal as refusal:
        return "", [fault(_ABOUT, f"{_BOT_TOKEN} is refused ({refusal.error})", _remedy(refusal))]
    said = f"the bot token is of the workspace {whose.team_name} ({whose.team})"
    return whose.team, [fine(_ABOUT, said), _scopes(headers.get(_SCOPES))]


def _scopes(header: str | None) -> Finding:
    if header is None:
        return warning(
            _ABOUT, "Slack did not say which scopes the bot token has", f"Compare them by hand: {_MANIFEST}."
        )
    granted = {scope.strip() for scope in header.split(",")}
    missing = [scope for scope in bot_scopes() if scope not in granted]
    if missing:
        remedy = f"Add them on the app's page OAuth & Permissions ({_MANIFEST}), then install the app again."
        return fault(_ABOUT, f"the bot token lacks {', '.join(missing)}", remedy)
    return fine(_ABOUT, "the bot token has every scope it needs")


async def _socket(access: Access) -> tuple[Sequence[Finding], str]:
    if not access.app_token:  # the settings ask for it where it is needed
        return [], ""
    async with open_client(access, time.monotonic, token=access.app_token) as client:
        try:
            given = await client.call("apps.connections.open", app_token=access.app_token)
        except SlackRefusal as refusal:
            return [_socket_refused(refusal)], ""
    return [fine(_ABOUT, "Slack gives the app token a socket")], str(given.get("url") or "")


def _socket_refused(refusal: SlackRefusal) -> Finding:
    if refusal.error == "too_many_websockets":
        return warning(_ABOUT, f"Slack has no room for another socket ({refusal.error})", _ROOM_REMEDY)
    if refusal.error == "missing_scope":
        return fault(_ABOUT, f"{_APP_TOKEN} lacks the scope {APP_SCOPE}", _APP_TOKEN_REMEDY)
    if refusal.error in {"invalid_auth", "not_allowed_token_type", "not_authed", "token_revoked", "account_inactive"}:
        return fault(_ABOUT, f"{_APP_TOKEN} is refused ({refusal.error})", _APP_TOKEN_REMEDY)
    return fault(_ABOUT, f"Slack refuses the socket ({refusal.error})", _SOCKET_REMEDY)


def _secret(access: Access) -> Sequence[Finding]:
    if not access.signing_secret:  # the same
        return []
    if not _USUAL_SECRET.fullmatch(access.signing_secret):
        said = f"{_SIGNING_SECRET} is not 32 characters from 0 to 9 and a to f, as Slack's are"
        return [warning(_ABOUT, said, _SECRET_REMEDY)]
    return [fine(_ABOUT, f"{_SIGNING_SECRET} looks right: only a request of Slack's can prove it")]


async def _channels(client: SlackClient, places: Sequence[PlaceId], team: str) -> Sequence[Finding]:
    found = [await _channel(client, place, team) for place in places]
    wrong = [one for one in found if one]
    return wrong or [fine(_ABOUT, f"every channel that has a programme can be used ({len(places)})")]


async def _channel(client: SlackClient, place: PlaceId, team: str) -> Finding | None:
    name = last_part(place)
    if team_of(place) != team:
        return fault(_ABOUT, f"{name} belongs to another workspace than the bot token", "Use that workspace's token.")
    try:
        about = (await client.call("conversations.info", name)).get("channel") or {}
    except SlackRefusal as refusal:
        return fault(_ABOUT, f"{name} cannot be used ({refusal.error})", _remedy(refusal))
    except (OutcomeUnknown, Limited) as trouble:
        return warning(_ABOUT, f"{name} could not be looked at: {trouble}", "Try again in a minute.")
    shown = f"#{about.get('name', name)} ({name})"
    if about.get("is_archived"):
        return fault(_ABOUT, f"{shown} is archived", "Unarchive it, or /quiz-admin remove its programme.")
    if not about.get("is_member"):
        return fault(_ABOUT, f"the bot is not in {shown}", "Invite it there: /invite, then its name.")
    return None


def _remedy(refusal: SlackRefusal) -> str:
    """Return what to do, which follows the colon in a refusal's clause."""
    said, _, remedy = str(refusal).partition(": ")
    sentence = remedy or said
    return f"{sentence[:1].upper()}{sentence[1:]}."
