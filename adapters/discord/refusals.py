"""What Discord's errors mean, in sentences for admins; docs/discord.md has the same table for people.

Discord numbers its errors. ``UNAUTHORISED``, ``NOWHERE`` and ``UNSAID`` are those that it gives no number.
"""

from collections.abc import Mapping

from bot.ports import BotRefused, Refused

UNAUTHORISED, NOWHERE, UNSAID = 401, 404, 0

UNKNOWN_TOKEN = frozenset({UNAUTHORISED, 40001, 50014})
"""It is the token that is at fault."""

GONE = frozenset({10003, 10008})
"""What is to be changed or taken away is not there (any more): the message, or the channel or thread with it."""

THREAD_IS_THERE = 160004
"""Somebody has opened the post's thread before."""

ARCHIVED = 50083
"""Nothing in an archived thread can be changed: it is opened again first."""

OVER = frozenset({10015, 10062, 40060, 50027})
"""An interaction that has ended, or was answered before: nobody waits for it any more."""

LIMITED: Mapping[int, float] = {
    20016: 60.0,
    20022: 600.0,
    20028: 30.0,
    20029: 30.0,
    30034: 3600.0,
    30046: 600.0,
    40003: 600.0,
    40062: 30.0,
}
"""Come back later: after so many seconds, unless the answer says when."""

PASSING = frozenset({40004, 40006, 110000, 110001, 130000})
"""Discord has trouble of its own: it may have happened, and passes."""

BY_TOKEN: Mapping[int, str] = {
    **dict.fromkeys(
        UNKNOWN_TOKEN,
        "Discord does not know the token: reset it on the application's page Bot and copy it into STUDYBOT_DISCORD_TOKEN",
    ),
    NOWHERE: "there is no Discord at this address: STUDYBOT_DISCORD_API_URL ends in /api/v10/, or is left out for Discord itself",
    20012: "Discord does not let the bot do this with its application: its owner has to look into it",
    40002: "Discord has locked the bot's account: its owner has to look into the application's page",
    40333: "Discord's guard does not let this machine's network in: its owner has to look into it",
    50010: "the application has no bot: add one on the application's page Bot",
    50041: "the address is of another version than the bot speaks: STUDYBOT_DISCORD_API_URL ends in /api/v10/",
}
"""The token, the address or the application is at fault: every call will be refused."""

BY_PLACE: Mapping[int, str] = {
    10003: "the channel is gone: set the quiz up elsewhere",
    10004: "the server is gone, or the bot was taken out of it: invite it again",
    10007: "the bot, or this person, is not on the server (any more): invite it again",
    10008: "the message is gone",
    10013: "Discord does not know this person (any more)",
    20024: "this person is too young for the channel",
    40007: "the bot is banned from the server: an admin has to lift that",
    40058: "the quiz cannot be held in a forum: use a text channel",
    50001: "the bot may not see the channel: let it View Channels there, or invite it again",
    50003: "the quiz cannot be held in a direct message: use a channel of a server",
    50005: "the post is not the bot's own",
    50007: "this person takes no direct messages from the bot",
    50008: "the quiz cannot be held in this kind of channel: use a text channel",
    50009: "the server asks for more verification than the bot has: an admin has to let it in",
    50013: "the bot lacks a permission in the channel: python -m bot doctor says which",
    50021: "the post is one of Discord's own and cannot be changed",
    50024: "the quiz cannot be held in this kind of channel: use a text channel",
    ARCHIVED: "the thread is archived and locked: somebody has to open it again",
    50095: "the server is not available where the bot runs",
    50278: "the bot shares no server with this person (any more)",
    60003: "the server asks for two-factor authentication of whoever owns the bot: switch it on",
    160002: "the bot lacks Read Message History in the channel: allow it there",
    160005: "the thread is locked: somebody has to unlock it",
    160006: "the server has as many open threads as it may: archive some",
    160007: "the channel has as many open threads as it may: archive some",
    200000: "the server's AutoMod blocked the message: let its rules except the bot's role",
    200001: "the server's AutoMod blocked the thread's title: let its rules except the bot's role",
    240000: "Discord blocked the message because of a link in it",
}
"""The server, the channel, the post or the person is at fault: other calls may succeed."""

OURS = frozenset({UNSAID, 20001, 30032, 40005, 40041, 50006, 50033, 50035, 50045, 50046, 50055, 50068, 50109})
"""Nobody's fault but the bot's: what it sent is not as Discord takes it. Logged as an error."""

NOT_TOLD = frozenset({10007, 10013, 50001, 50007, 50009, 50278})
"""Somebody cannot be told by a direct message."""

_NO_HISTORY = 1
_NOBODY = 2


class DiscordRefusal(Refused):
    """A refusal with Discord's own number for it in ``code``; the message is a clause for admins, without a full stop."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class DiscordBotRefusal(DiscordRefusal, BotRefused):
    """A refusal of the bot itself: by its token, the address, or what it sent."""


def refusal(call: str, code: int) -> DiscordRefusal:
    """Return what admins are told of an error that will not pass."""
    of_the_bot = code in BY_TOKEN or code in OURS
    return (DiscordBotRefusal if of_the_bot else DiscordRefusal)(code, _sentence(call, code))


def _sentence(call: str, code: int) -> str:
    if code in OURS:
        return (
            f"the bot sent what Discord does not take ({code}, {call}): this is a fault of the bot, its log says more"
        )
    known = BY_TOKEN.get(code) or BY_PLACE.get(code)
    return known or f"Discord refused {call} ({code})"


def may_succeed_elsewhere(refused: DiscordRefusal) -> bool:
    """Tell whether another call may succeed: it is not the token or the account that is at fault."""
    return refused.code == NOWHERE or refused.code not in BY_TOKEN


def no_history() -> DiscordRefusal:
    """Return what is told where Discord would show an empty channel whatever stands in it."""
    return DiscordRefusal(_NO_HISTORY, BY_PLACE[160002])


def nobody() -> DiscordRefusal:
    return DiscordRefusal(_NOBODY, "there is nobody who looks after the quiz and can be told")
