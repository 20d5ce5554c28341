"""The chat port over Slack's Web API."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from adapters.slack.admins import Admins
from adapters.slack.client import SlackClient
from adapters.slack.people import People
from adapters.slack.posts import Identity, channel_and_ts, metadata, microseconds, ref_of, stands_for
from adapters.slack.refusals import GONE, NO_THREAD, WITHOUT_METADATA, SlackRefusal, other_workspace
from adapters.slack.threads import PLATFORM, reply_of
from adapters.slack.views import Message, question_message, reveal_message
from bot.domain.ids import PlaceId, RoundId, last_part, team_of
from bot.domain.programme import Programme
from bot.domain.reply import Reply
from bot.domain.round import MessageRef, Round
from bot.ports import Once, OutcomeUnknown, Post
from bot.views import NoticeView, QuestionView, RevealView

Found = Mapping[str, Any]


class SlackChat:
    """One workspace, through the bot token. Every method raises Limited, OutcomeUnknown, or a Refused that is a SlackRefusal."""

    def __init__(self, client: SlackClient, identity: Identity, once: Once) -> None:
        self.client = client
        self.identity = identity
        self._admins = Admins(client, once)
        self._people = People(client)

    @property
    def platform(self) -> str:
        return PLATFORM

    async def find_posts(self, place: PlaceId, round_: RoundId, post: Post, since: datetime) -> Sequence[MessageRef]:
        """Look through everything since then, however much it is: the channel, and for a reveal the question's thread."""
        channel = self.channel_of(place)
        shown = [one async for one in self._history(channel, since)]
        found = [one for one in shown if stands_for(one, post, round_, self.identity)]
        if post is Post.REVEAL:
            for root in [one for one in shown if self._may_hold_reveal(one, round_)]:
                thread = self._thread(channel, str(root["ts"]))
                found += [one async for one in thread if stands_for(one, post, round_, self.identity)]
        return [ref_of(channel, ts) for ts in sorted({str(one["ts"]) for one in found}, key=microseconds)]

    async def post_question(self, view: QuestionView) -> MessageRef:
        return await self._post(view.place, question_message(view), metadata(Post.QUESTION, view.round))

    async def edit_question(self, post: MessageRef, view: QuestionView) -> None:
        await self._edit(post, question_message(view), metadata(Post.QUESTION, view.round))

    async def post_reveal(self, view: RevealView) -> MessageRef:
        """Post it in the question's thread, or in the channel if there is none: Slack does the same for a post that is gone."""
        message, carried = await self._revealed(view), metadata(Post.REVEAL, view.round)
        if view.post is not None:
            try:
                return await self._post(view.place, message, carried, thread_ts=channel_and_ts(view.post)[1])
            except SlackRefusal as refusal:
                if refusal.error not in NO_THREAD:
                    raise
        return await self._post(view.place, message, carried)

    async def edit_reveal(self, post: MessageRef, view: RevealView) -> None:
        await self._edit(post, await self._revealed(view), metadata(Post.REVEAL, view.round))

    async def delete_post(self, place: PlaceId, post: MessageRef) -> None:
        self.channel_of(place)
        channel, ts = channel_and_ts(post)
        await self._unless_gone("chat.delete", channel, ts=ts)

    async def read_back(self, round_: Round) -> Sequence[Reply] | None:
        """Return all that stands in the thread. Slack shows nothing of what was deleted from it."""
        if round_.post is None:
            return None
        self.channel_of(round_.place)
        channel, ts = channel_and_ts(round_.post)
        shown = [message async for message in self._thread(channel, ts)]
        if not shown:  # not even the post, so nothing is known of what stands under it
            return None
        read = [reply_of(one, channel=channel, team=self.identity.team, round_=round_.id) for one in shown]
        return [reply for reply in read if reply]

    async def tell_admins(self, programme: Programme, notice: NoticeView, key: str) -> None:
        await self._admins.tell(self.channel_of(programme.place), programme, notice, key)

    def channel_of(self, place: PlaceId) -> str:
        """Return the place's channel; a place of another workspace than the token's is refused."""
        if team_of(place) != f"{PLATFORM}:{self.identity.team}":
            raise other_workspace()
        return last_part(place)

    async def _revealed(self, view: RevealView) -> Message:
        return reveal_message(view, await self._people.names(view))

    async def _post(self, place: PlaceId, message: Message, carried: Found, **where: str) -> MessageRef:
        channel = self.channel_of(place)
        posted = await self.client.call(
            "chat.postMessage",
            channel,
            text=message.text,
            blocks=message.blocks,
            metadata=carried,
            unfurl_links=False,
            unfurl_media=False,
            **where,
        )
        if not posted.get("ts"):
            raise OutcomeUnknown("chat.postMessage was answered without a ts")
        return ref_of(channel, str(posted["ts"]))

    async def _edit(self, post: MessageRef, message: Message, carried: Found) -> None:
        channel, ts = channel_and_ts(post)
        await self._unless_gone(
            "chat.update", channel, ts=ts, text=message.text, blocks=message.blocks, metadata=carried, parse="none"
        )

    async def _unless_gone(self, method: str, channel: str, **arguments: Any) -> None:
        try:
            await self.client.call(method, channel, **arguments)
        except SlackRefusal as refusal:
            if refusal.error not in GONE:
                raise

    def _may_hold_reveal(self, message: Found, round_: RoundId) -> bool:
        """Tell whether the reveal may stand in its thread: it is the question's post, or what Slack keeps in the place of a post that is gone."""
        return message.get("subtype") == "tombstone" or stands_for(message, Post.QUESTION, round_, self.identity)

    async def _history(self, channel: str, since: datetime) -> AsyncIterator[Found]:
        oldest = f"{since.timestamp():.6f}"
        async for message in self._shown("conversations.history", channel, oldest=oldest, inclusive=True):
            yield message

    async def _thread(self, channel: str, ts: str) -> AsyncIterator[Found]:
        """Yield the post and what stands in its thread; nothing if the post is gone."""
        try:
            async for message in self._shown("conversations.replies", channel, ts=ts):
                yield message
        except SlackRefusal as refusal:
            if refusal.error not in NO_THREAD:
                raise

    async def _shown(self, method: str, channel: str, **arguments: Any) -> AsyncIterator[Found]:
        """Yield messages with their metadata; where that may not be read without: the posts' block ids are left."""
        try:
            asked = {"include_all_metadata": True, "expected": WITHOUT_METADATA, **arguments}
            async for message in self.client.pages(method, channel, "messages", **asked):
                yield message
        except SlackRefusal as refusal:
            if refusal.error not in WITHOUT_METADATA:
                raise
            async for message in self.client.pages(method, channel, "messages", **arguments):
                yield message
