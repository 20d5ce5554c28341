"""What the doctor looks at in Discord: the token, the application, the invite link, and the channels of the programmes."""

import time
from collections.abc import Awaitable, Callable, Sequence

from adapters.discord.access import Access
from adapters.discord.history import permissions_in
from adapters.discord.inbound.identifies import ask_gateway
from adapters.discord.permissions import invite_link, missing
from adapters.discord.refusals import UNKNOWN_TOKEN, DiscordRefusal
from adapters.discord.rest import Rest, open_rest
from bot.domain.ids import PlaceId, last_part
from bot.ports import Finding, Limited, OutcomeUnknown
from bot.ports.operation import fault, fine, warning

Places = Callable[[], Awaitable[Sequence[PlaceId]]]

_ABOUT = "discord"
_TOKEN, _SETTING = "STUDYBOT_DISCORD_TOKEN", "STUDYBOT_DISCORD_MESSAGE_CONTENT"
_REACH = "Look at the network of this machine, and at STUDYBOT_DISCORD_API_URL: it ends in /api/v10/."
_INTENT = "the Message Content Intent"
_PAGE_OF_INTENTS = "on the application's page Bot"
_FEW_STARTS = 100
_TROUBLES = (DiscordRefusal, OutcomeUnknown, Limited)


async def discord(access: Access, places: Places) -> Sequence[Finding]:
    """Look at one thing after the other: once the bot is let in, what cannot be looked at hides nothing else.

    ``places`` are those that have a programme.
    """
    try:
        async with open_rest(access, time.monotonic) as rest:
            found = [_whose(rest), *_application(access, rest), await _starts(rest)]
            return [*found, await _servers(rest), *await _channels(rest, await places())]
    except DiscordRefusal as refusal:
        said = f"{_TOKEN} cannot be used" if refusal.code in UNKNOWN_TOKEN else "Discord refuses the bot"
        return [fault(_ABOUT, f"{said} ({refusal.code})", _remedy(refusal))]
    except (OutcomeUnknown, Limited) as trouble:
        return [fault(_ABOUT, f"Discord cannot be reached at {access.api_url}: {trouble}", _REACH)]


def _whose(rest: Rest) -> Finding:
    return fine(
        _ABOUT, f"the token is of the bot of {rest.application.name or 'an application'} ({rest.application.id})"
    )


def _application(access: Access, rest: Rest) -> Sequence[Finding]:
    found, application = [_content(access, rest)], rest.application
    if application.interactions_endpoint:
        said = "the application has an Interactions Endpoint URL, so that commands and buttons do not reach the bot"
        found.append(fault(_ABOUT, said, "Empty that field on the application's page General Information."))
    if application.needs_code:
        said = "the application asks for a code grant, so that nobody can invite it by a link"
        found.append(fault(_ABOUT, said, f"Switch Requires OAuth2 Code Grant off, {_PAGE_OF_INTENTS}."))
    return found


def _content(access: Access, rest: Rest) -> Finding:
    granted = rest.application.reads_content
    if granted is None and access.message_content:
        remedy = f"Look {_PAGE_OF_INTENTS} whether it is on."
        return warning(_ABOUT, f"Discord does not say whether the application has {_INTENT}", remedy)
    if access.message_content and not granted:
        remedy = f"Switch {_INTENT} on, {_PAGE_OF_INTENTS}; or leave {_SETTING} out."
        return fault(_ABOUT, f"{_SETTING} is true and the application has not {_INTENT}", remedy)
    if granted and not access.message_content:
        remedy = f"Switch it off there, {_PAGE_OF_INTENTS}; or set {_SETTING}=true to collect replies that do not ping the bot."
        return warning(_ABOUT, f"the application has {_INTENT}, and {_SETTING} is not true", remedy)
    read = "every reply under a post is read" if granted else "replies that ping the bot are read, and no other"
    return fine(_ABOUT, f"{read} ({_SETTING} is {str(access.message_content).lower()})")


async def _starts(rest: Rest) -> Finding:
    """Return how often the bot may still connect today: Discord resets the token of one that does so too often."""
    try:
        gateway = await ask_gateway(rest)
    except _TROUBLES as trouble:
        remedy = "Try again in a minute; without it the bot takes nothing in."
        return fault(_ABOUT, f"GET /gateway/bot does not say where the gateway is: {_why(trouble)}", remedy)
    if not gateway.limited:
        return fine(_ABOUT, "Discord tells of no limit to how often the bot may connect")
    said = f"Discord lets the bot connect {gateway.remaining} times more today"
    if gateway.remaining >= _FEW_STARTS:
        return fine(_ABOUT, said)
    return warning(_ABOUT, said, "Something connects again and again with this token: look at the logs, and stop it.")


async def _servers(rest: Rest) -> Finding:
    link = f"Invite it: {invite_link(rest.application.id)}"
    try:
        servers = await rest.many("/users/@me/guilds")
    except _TROUBLES as trouble:
        said = f"GET /users/@me/guilds does not say on which servers the bot is: {_why(trouble)}"
        return warning(_ABOUT, said, f"The bot does without it. {link}")
    if not servers:
        return warning(_ABOUT, "the bot is on no server", link)
    return fine(_ABOUT, f"the bot is on a server ({len(servers)}). {link}")


async def _channels(rest: Rest, places: Sequence[PlaceId]) -> Sequence[Finding]:
    found = [one for place in places for one in await _channel(rest, place)]
    return found or [fine(_ABOUT, f"every channel that has a programme can be used ({len(places)})")]


async def _channel(rest: Rest, place: PlaceId) -> Sequence[Finding]:
    name = last_part(place)
    try:
        allowed = await permissions_in(rest, place)
    except DiscordRefusal as refusal:
        return [fault(_ABOUT, f"the channel {name} cannot be used ({refusal.code})", _remedy(refusal))]
    except (OutcomeUnknown, Limited) as trouble:
        return [warning(_ABOUT, f"the channel {name} could not be looked at: {trouble}", "Try again in a minute.")]
    lacking = missing(allowed)
    found = []
    for needed, say in ((True, fault), (False, warning)):
        names = ", ".join(one.name for one in lacking if one.needed is needed)
        if names:
            remedy = "Allow them to the bot's role in the channel's permissions, or invite the bot again."
            found.append(say(_ABOUT, f"in the channel {name} the bot lacks {names}", remedy))
    return found


def _why(trouble: Exception) -> str:
    return f"refused ({trouble.code})" if isinstance(trouble, DiscordRefusal) else str(trouble)


def _remedy(refusal: DiscordRefusal) -> str:
    """Return what to do, which follows the colon in a refusal's clause."""
    said, _, remedy = str(refusal).partition(": ")
    sentence = remedy or said
    return f"{sentence[:1].upper()}{sentence[1:]}."
