"""Everything that the bot asks of Slack, each with what it takes: the manifests follow from this, a test holds the code against it."""

from collections.abc import Iterable, Mapping

_HISTORY = ("channels:history", "groups:history")
_READ = ("channels:read", "groups:read")
_WRITE = ("chat:write",)

APP_SCOPE = "connections:write"
"""The one scope of the app token, for Socket Mode."""

METHODS: Mapping[str, tuple[str, ...]] = {
    "auth.test": (),
    "bots.info": ("users:read",),
    "chat.delete": _WRITE,
    "chat.postEphemeral": _WRITE,
    "chat.postMessage": _WRITE,
    "chat.update": _WRITE,
    "conversations.history": _HISTORY,
    "conversations.info": _READ,
    "conversations.members": _READ,
    "conversations.replies": _HISTORY,
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "users.conversations": _READ,
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
"""The methods of the Web API that are called with the bot token."""

APP_METHODS: Mapping[str, tuple[str, ...]] = {"apps.connections.open": (APP_SCOPE,)}
"""Those that are called with the app token."""

EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_uninstalled": (),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "tokens_revoked": (),
}
"""The events that are listened to."""

COMMANDS: Mapping[str, tuple[str, str]] = {
    "/quiz": ("Answer today's question, look at your standing, practise", "answer | ask | me | leaderboard | help"),
    "/quiz-admin": ("Set the quiz of this channel up and look after it", "setup | status | pause | resume | help"),
    "/leaderboard": ("Show who leads here", "day | week | month | season | all"),
}
"""The commands, each with what it is for and what may follow it. They take the scope ``commands``."""

REASONS: Mapping[str, str] = {
    "channels:history": "to read thread replies in public channels, and to find its own posts again after a crash",
    "channels:read": "to see whether it is in a public channel, whether that is archived, and who created it",
    "chat:write": "to post the question and the reveal, to edit them, and to tell admins what went wrong",
    "commands": "to offer /quiz, /quiz-admin and /leaderboard",
    "files:write": "to hand members what is kept of them, as a file in a direct message",
    "groups:history": "the same as channels:history, in private channels that it was invited to",
    "groups:read": "the same as channels:read, in private channels that it was invited to",
    "reactions:write": "to mark a thread reply that counts",
    "users:read": "to know who is a workspace admin, a lead's time zone, and whether both tokens are of one app",
}
"""What each scope of the bot token is for, in a sentence that goes on from the scope's name."""


def bot_scopes() -> list[str]:
    """Return the scopes that the bot token needs: no other, none less."""
    taken: Iterable[tuple[str, ...]] = (*METHODS.values(), *EVENTS.values(), ("commands",))
    return sorted({scope for scopes in taken for scope in scopes})
