"""How Slack is to reach the bot: whether what is configured for that is right, and whether Slack greets on a socket."""

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp

from adapters.slack.access import Access, Mode
from adapters.slack.client import SlackClient, open_client
from adapters.slack.refusals import SlackRefusal
from adapters.slack.scopes import APP_SCOPE
from bot.ports import Finding, Limited, OutcomeUnknown, Severity, StartError
from bot.ports.operation import fault, fine, warning

_ABOUT = "slack"
_APP_TOKEN = "STUDYBOT_SLACK_APP_TOKEN"  # noqa: S105 - its name
_SIGNING_SECRET = "STUDYBOT_SLACK_SIGNING_SECRET"  # noqa: S105 - the same
_APP_TOKEN_REMEDY = f"Make an app-level token with the scope {APP_SCOPE} on the app's page Basic Information."
_SECRET_REMEDY = "Copy the Signing Secret from the app's page Basic Information."  # noqa: S105 - what to do
_USUAL_SECRET = re.compile(r"[0-9a-f]{32}")
_SOCKET_REMEDY = (
    "Switch Socket Mode on, on the app's page Socket Mode; or set STUDYBOT_SLACK_MODE=http for a public address."
)
_ROOM_REMEDY = "An app has ten: end a process that has one, or wait until those that have ended are forgotten. The bot tries again."
_GREETING_SECONDS = 5.0
_GREETING_REMEDY = "Let this machine, and any proxy on the way, reach Slack's wss-….slack.com by HTTPS with WebSockets."


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """``address`` is that of a socket which Slack gave; empty if there is none. It has a ticket in it that nobody else is to see."""

    found: Sequence[Finding] = ()
    address: str = ""


async def expect_to_listen(access: Access) -> str:
    """Return the address of a socket, nothing if there is none now.

    Raises StartError where what is configured will never let Slack reach the bot; a Slack that is away is no such thing.
    """
    try:
        way = await way_in(access)
    except (OutcomeUnknown, Limited):
        return ""
    for one in way.found:
        if one.severity is Severity.FAULT:
            raise StartError(f"{one.said[:1].upper()}{one.said[1:]}. {one.remedy}")
    return way.address


async def way_in(access: Access) -> WayIn:
    """Look at what the mode needs, and ask Slack for a socket where that is one. Raises OutcomeUnknown or Limited."""
    return await _socket(access) if access.mode is Mode.SOCKET else WayIn(found=_secret(access))


async def greeting(client: SlackClient, address: str) -> tuple[str, Finding]:
    """Open a socket until Slack greets on it; return the app that it is for, or nothing, and what is to be said of it.

    It is closed at once: what Slack delivers, it delivers to any socket of the app.
    """
    try:
        app = await _greeted(client, address)
    except OutcomeUnknown as trouble:
        return "", fault(_ABOUT, f"Slack gives a socket that does not open: {trouble}", _GREETING_REMEDY)
    return app, fine(_ABOUT, "Slack greets on a socket of the app token")


async def _greeted(client: SlackClient, address: str) -> str:
    session = client.web.session
    assert session is not None  # noqa: S101 - the client was opened with one
    try:
        async with asyncio.timeout(_GREETING_SECONDS), session.ws_connect(address) as socket:
            said = await socket.receive_json()
    except (aiohttp.ClientError, OSError, TimeoutError, TypeError, ValueError) as error:
        raise OutcomeUnknown(type(error).__name__) from None
    if not isinstance(said, dict) or said.get("type") != "hello":
        raise OutcomeUnknown("Slack does not say hello")
    return str((said.get("connection_info") or {}).get("app_id") or "")


async def _socket(access: Access) -> WayIn:
    if not access.app_token:  # the settings ask for it where it is needed
        return WayIn()
    async with open_client(access, time.monotonic, token=access.app_token) as client:
        try:
            given = await client.call("apps.connections.open", app_token=access.app_token)
        except SlackRefusal as refusal:
            return WayIn(found=[_socket_refused(refusal)])
    said = fine(_ABOUT, "Slack gives the app token a socket")
    return WayIn(found=[said], address=str(given.get("url") or ""))


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
