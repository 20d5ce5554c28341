"""Telling those who look after a programme, once, by a direct message."""

from collections.abc import Sequence

from adapters.slack.client import SlackClient
from adapters.slack.refusals import BY_PLACE, SlackRefusal
from adapters.slack.threads import PLATFORM
from adapters.slack.views import Message, private_message
from bot.domain.ids import last_part, platform_of
from bot.domain.programme import Programme
from bot.ports import Once, once_only
from bot.views import NoticeView

_DAYS = 30


class Admins:
    """Whoever dies between noting that somebody is told and telling them leaves them untold: ``status`` says the same."""

    def __init__(self, client: SlackClient, once: Once) -> None:
        self._client = client
        self._once = once

    async def tell(self, channel: str, programme: Programme, notice: NoticeView, key: str) -> None:
        """Tell each of them once per key; if none can be told, whoever created the channel; else a note in the channel.

        Raises Limited, OutcomeUnknown or Refused if anybody is to be told later, or nobody could be.
        """
        messages = [_about(channel, message) for message in private_message(notice)]
        users = _looking_after(programme)
        told = [await self._told(user, user, messages, key) for user in users]
        if any(told):
            return
        creator = await self._creator(channel)
        if creator and creator not in users:
            users = [*users, creator]
            if await self._told(creator, creator, messages, key):
                return
        noted = [await self._told(user, channel, messages, key) for user in users]
        if not any(noted):
            raise SlackRefusal("nobody", "there is nobody who looks after the quiz and can be told")

    async def _told(self, user: str, where: str, messages: Sequence[Message], key: str) -> bool:
        """Return whether the member has been told, now or before; False if that is impossible."""

        async def send() -> None:
            for message in messages:
                await self._send(user, where, message)

        try:
            await once_only(self._once, f"{PLATFORM}:told:{key}:{user}", _DAYS, send)
        except SlackRefusal as refusal:
            if refusal.error in BY_PLACE:
                return False
            raise
        return True

    async def _send(self, user: str, where: str, message: Message) -> None:
        if where == user:
            await self._client.call(
                "chat.postMessage", user, text=message.text, blocks=message.blocks, unfurl_links=False
            )
        else:
            await self._client.call("chat.postEphemeral", where, user=user, text=message.text, blocks=message.blocks)

    async def _creator(self, channel: str) -> str:
        try:
            about = await self._client.call("conversations.info", channel)
        except SlackRefusal as refusal:
            if refusal.error in BY_PLACE:
                return ""
            raise
        return str((about.get("channel") or {}).get("creator") or "")


def _looking_after(programme: Programme) -> list[str]:
    return [last_part(member) for member in programme.looked_after_by() if platform_of(member) == PLATFORM]


def _about(channel: str, message: Message) -> Message:
    """Return the message with the channel before it that it is about: it is read elsewhere."""
    named = {"type": "context", "elements": [{"type": "mrkdwn", "text": f"<#{channel}>"}]}
    return Message(text=f"<#{channel}>: {message.text}", blocks=[named, *message.blocks])
