"""What the doctor looks at in Slack: each token and secret, the scopes, the way in, and the channels of the programmes."""

import time
from collections.abc import Awaitable, Callable, Sequence

from adapters.slack.access import Access
from adapters.slack.client import SlackClient, open_client
from adapters.slack.connecting import greeting, way_in
from adapters.slack.posts import NO_TEAM, Identity, identity_of
from adapters.slack.refusals import OURS, UNKNOWN, SlackRefusal
from adapters.slack.scopes import bot_scopes
from bot.domain.ids import PlaceId, last_part, team_of
from bot.ports import Finding, Limited, OutcomeUnknown
from bot.ports.operation import fault, fine, warning

Places = Callable[[], Awaitable[Sequence[PlaceId]]]

_ABOUT = "slack"
_BOT_TOKEN = "STUDYBOT_SLACK_BOT_TOKEN"  # noqa: S105 - its name
_SCOPES = "x-oauth-scopes"
_MANIFEST = "python -m bot slack-manifest prints them all"
_REACH = "Look at the network of this machine, and at STUDYBOT_SLACK_API_URL: it ends in /api/."
_MIXED = "the two tokens are of two apps, so what people do does not come to this one:"
_MIXED_REMEDY = "Copy STUDYBOT_SLACK_BOT_TOKEN and STUDYBOT_SLACK_APP_TOKEN from the pages of one app."


async def slack(access: Access, places: Places) -> Sequence[Finding]:
    """Look at one thing after the other, as far as the ones before let it. ``places`` are those that have a programme."""
    async with open_client(access, time.monotonic) as client:
        try:
            whose, found = await _bot_token(client)
            way = await way_in(access)
        except (OutcomeUnknown, Limited) as trouble:
            return [fault(_ABOUT, f"Slack cannot be reached at {access.api_url}: {trouble}", _REACH)]
        found += way.found
        if way.address:
            found += await _reached(client, way.address, whose.bot if whose else "")
        if whose:
            found += await _channels(client, await places(), f"slack:{whose.team}")
    return found


async def _bot_token(client: SlackClient) -> tuple[Identity | None, list[Finding]]:
    """Return whose the token is, or nothing, and what there is to say of it."""
    try:
        told, headers = await client.answer("auth.test")
        whose = identity_of(told, str(client.web.token))
    except SlackRefusal as refusal:
        if refusal.error == NO_TEAM:
            return None, [fault(_ABOUT, f"Slack did not say enough of the bot token: {refusal}", _REACH)]
        return None, [fault(_ABOUT, f"{_BOT_TOKEN} is refused ({refusal.error})", _remedy(refusal))]
    said = f"the bot token is of the workspace {whose.team_name} ({whose.team})"
    return whose, [fine(_ABOUT, said), _scopes(headers.get(_SCOPES))]


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


async def _reached(client: SlackClient, address: str, bot: str) -> Sequence[Finding]:
    """Let Slack greet on a socket: only that shows that it opens, and whose it is."""
    app, said = await greeting(client, address)
    other = await _app_of(client, bot) if app and bot else ""
    return [said, fault(_ABOUT, f"{_MIXED} {other} and {app}", _MIXED_REMEDY)] if other and other != app else [said]


async def _app_of(client: SlackClient, bot: str) -> str:
    """Return the app that a bot is of; nothing if Slack does not say, which is no fault."""
    try:
        told = await client.call("bots.info", bot=bot, expected=OURS)
    except (OutcomeUnknown, Limited, SlackRefusal):
        return ""
    return str((told.get("bot") or {}).get("app_id") or "")


async def _channels(client: SlackClient, places: Sequence[PlaceId], team: str) -> Sequence[Finding]:
    found = [await _channel(client, place, team) for place in places]
    wrong = [one for one in found if one]
    return wrong or [fine(_ABOUT, f"every channel that has a programme can be used ({len(places)})")]


async def _channel(client: SlackClient, place: PlaceId, team: str) -> Finding | None:
    name = last_part(place)
    if team_of(place) != team:
        return fault(_ABOUT, f"{name} belongs to another workspace than the bot token", "Use that workspace's token.")
    try:
        about = (await client.call("conversations.info", name, expected=UNKNOWN)).get("channel") or {}
    except SlackRefusal as refusal:
        return _unseen(name, refusal)
    except (OutcomeUnknown, Limited) as trouble:
        return warning(_ABOUT, f"{name} could not be looked at: {trouble}", "Try again in a minute.")
    shown = f"#{about.get('name', name)} ({name})"
    if about.get("is_archived"):
        return fault(_ABOUT, f"{shown} is archived", "Unarchive it, or /quiz-admin remove its programme.")
    if about.get("is_member") is False:
        return fault(_ABOUT, f"the bot is not in {shown}", "Invite it there: /invite, then its name.")
    return None


def _unseen(name: str, refusal: SlackRefusal) -> Finding:
    if refusal.error in UNKNOWN:
        return warning(_ABOUT, f"{name} could not be looked at ({refusal.error})", _REACH)
    why, _, _ = str(refusal).partition(": ")  # it names the scope, where one is missing
    return fault(_ABOUT, f"{name} cannot be used ({refusal.error}): {why}", _remedy(refusal))


def _remedy(refusal: SlackRefusal) -> str:
    """Return what to do, which follows the colon in a refusal's clause."""
    said, _, remedy = str(refusal).partition(": ")
    sentence = remedy or said
    return f"{sentence[:1].upper()}{sentence[1:]}."
