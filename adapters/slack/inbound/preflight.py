"""Whether the bot can do in a channel what was just set up there, and what to do if not."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from adapters.slack.client import SlackClient
from adapters.slack.inbound.asked import Asked
from adapters.slack.posts import Identity
from adapters.slack.refusals import GONE, UNKNOWN, SlackRefusal, refusal
from adapters.slack.views import Message
from bot.domain.programme import Collect
from bot.ports import Limited, OutcomeUnknown, Refused
from bot.receiving.persistence import persistently

_SECONDS = 4.0
_NO_MESSAGE = "1.000000"
"""The ts of a message that nobody has: what is asked of it changes nothing."""
ALL_WELL = "All set: I am in this channel and can post, edit my posts and read their threads."
ALL_WELL_WITHOUT_THREADS = "All set: I am in this channel and can post and edit my posts."
NOT_LOOKED = "The quiz is set up. I could not look whether I can post here: Slack does not answer to that."
NOT_TOLD = "Slack did not say just now whether I can post here: open the setup again in a moment to look once more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    client: SlackClient
    identity: Identity

    async def of(self, asked: Asked, collect: str = "") -> Message:
        """Look at the channel: is the bot in it, may it post and edit, and read threads if replies are collected there."""
        threads = collect != Collect.FORM
        try:
            for look in (self._in_channel, self._can_edit, *([self._can_read] if threads else [])):
                await self._looked(asked, look)
        except (Limited, OutcomeUnknown):
            return _message(NOT_TOLD)
        except Refused as refused:
            return _message(self._remedy(asked, refused))
        return _message(ALL_WELL if threads else ALL_WELL_WITHOUT_THREADS)

    async def _looked(self, asked: Asked, look: Callable[[str], Awaitable[None]]) -> None:
        await persistently(lambda: look(asked.channel), _SECONDS)

    async def _in_channel(self, channel: str) -> None:
        about = (await self.client.call("conversations.info", channel, expected=UNKNOWN)).get("channel") or {}
        if about.get("is_archived"):
            raise SlackRefusal("is_archived", "the channel is archived: unarchive it, or set the quiz up elsewhere")
        if about.get("is_member") is False:
            raise SlackRefusal("not_in_channel", "")
        limits = (about.get("properties") or {}).get("posting_restricted_to")
        if limits and self.identity.user not in (limits.get("user") or ()):
            raise refusal("chat.postMessage", "restricted_action")

    async def _can_edit(self, channel: str) -> None:
        """Edit a message that is not there: whoever may not write is told so before that is noticed."""
        try:
            await self.client.call("chat.update", channel, ts=_NO_MESSAGE, text="-")
        except SlackRefusal as refused:
            if refused.error not in GONE:
                raise

    async def _can_read(self, channel: str) -> None:
        await self.client.call("conversations.history", channel, limit=1)

    def _remedy(self, asked: Asked, refused: Refused) -> str:
        if isinstance(refused, SlackRefusal) and refused.error in UNKNOWN:
            return NOT_LOOKED
        if isinstance(refused, SlackRefusal) and refused.error in {"not_in_channel", "channel_not_found"}:
            return (
                f"One thing is missing: I am not in <#{asked.channel}> yet. Type /invite {self._name()} there, "
                "before the next question is due."
            )
        return f"The quiz is set up, but it will not work here yet: {refused}."

    def _name(self) -> str:
        return f"<@{self.identity.user}>" if self.identity.user else "and my name"


def _message(text: str) -> Message:
    return Message(text=text, blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": text}}])
