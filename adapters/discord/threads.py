"""A message under a post as a reply: the same whether an event brought it or it was read back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.discord.posts import microseconds
from bot.domain.ids import RoundId, is_part, member_id
from bot.domain.reply import Reply, Via

PLATFORM = "discord"

_PLAIN, _REPLY = 0, 19
"""The types of what people write; any other is Discord's own, or an app's."""
_FORWARD = 1

_MARKED = re.compile(r"<(?:(@!?|@&|#)([0-9]+)|a?(:\w+:)[0-9]+|/([^:<>]+):[0-9]+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Which messages are read as replies. ``user`` is the bot's own; ``content``: those that do not ping it are to be shown too."""

    user: str
    content: bool

    def is_under(self, message: Mapping[str, Any], post: str) -> bool:
        """Tell whether a person wrote this under the post: as a reply to it that can be read, or in its own thread."""
        author = message.get("author") or {}
        if author.get("bot") or message.get("webhook_id") or message.get("type", _PLAIN) not in {_PLAIN, _REPLY}:
            return False
        if str(message.get("channel_id")) == post:  # a post's thread is called as the post is
            return self.content
        target = message.get("message_reference") or {}
        if str(target.get("message_id")) != post or target.get("type") == _FORWARD:
            return False
        return self.content or self.can_read(message)

    def can_read(self, message: Mapping[str, Any]) -> bool:
        """Tell whether Discord shows what was written: nobody can send a message with nothing in it."""
        shown = ("content", "attachments", "sticker_items", "poll", "embeds", "components", "message_snapshots")
        return self._pinged(message) or any(message.get(name) for name in shown)

    def reply_of(self, message: Mapping[str, Any], *, team: str, round_: RoundId) -> Reply | None:
        """Return a message that ``is_under`` the round's post as a reply; None if no reply can be made of it."""
        user = str((message.get("author") or {}).get("id") or "")
        if not is_part(user):
            return None
        channel, id_ = str(message["channel_id"]), str(message["id"])
        written = microseconds(message["timestamp"])
        edited = microseconds(message["edited_timestamp"]) if message.get("edited_timestamp") else 0
        return Reply(
            round=round_,
            member=member_id(PLATFORM, team, user),
            text=self._plain(message),
            via=Via.THREAD,
            delivery=f"{channel}:{id_}:{edited // 1000}",
            version=max(written, edited),
            part=id_,
        )

    def _pinged(self, message: Mapping[str, Any]) -> bool:
        return any(str(one.get("id")) == self.user for one in message.get("mentions") or ())

    def _plain(self, message: Mapping[str, Any]) -> str:
        """Return a message's text as it was typed: Discord keeps mentions, emoji and commands as numbers."""
        called = {str(one.get("id")): _name(one) for one in message.get("mentions") or ()}

        def shown(found: re.Match[str]) -> str:
            sign, number, emoji, command = found.groups()
            if sign is None:
                return emoji or f"/{command}"
            if sign in {"#", "@&"}:
                return f"{sign[0]}{number}"
            return "" if number == self.user else f"@{called.get(number, number)}"

        return _MARKED.sub(shown, str(message.get("content") or "")).strip()


def _name(user: Mapping[str, Any]) -> str:
    names = ((user.get("member") or {}).get("nick"), user.get("global_name"), user.get("username"))
    return next((str(name) for name in names if name), str(user.get("id")))
