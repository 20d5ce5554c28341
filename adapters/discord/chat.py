"""The chat port over Discord's REST API: it needs no connection to the gateway."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from adapters.discord.admins import Admins
from adapters.discord.history import History, guild_of
from adapters.discord.posts import before, channel_and_message, is_by, nonce, ref_of, stands_for
from adapters.discord.refusals import ARCHIVED, GONE, THREAD_IS_THERE, DiscordRefusal, may_succeed_elsewhere
from adapters.discord.rest import Found, Rest
from adapters.discord.threads import PLATFORM, Reading
from adapters.discord.views import Message, payload, question_message, reveal_message
from bot.domain.ids import PlaceId, RoundId, last_part
from bot.domain.programme import Programme
from bot.domain.reply import Reply
from bot.domain.round import MessageRef, Round
from bot.ports import Once, Post
from bot.views import NoticeView, QuestionView, RevealView
from bot.wording import labels
from bot.wording.texts import shortened

_MESSAGES, _MESSAGE = "/channels/{channel_id}/messages", "/channels/{channel_id}/messages/{message_id}"
_A_WEEK = 10_080
"""Minutes after which a thread in which nobody writes goes out of the list of channels."""
_TITLE = 100


class DiscordChat:
    """Every server that the bot is on. Every method raises Limited, OutcomeUnknown, or a Refused that is a DiscordRefusal."""

    def __init__(self, rest: Rest, once: Once, *, message_content: bool) -> None:
        self.rest = rest
        self.reading = Reading(user=rest.user, content=message_content)
        self._admins = Admins(rest, once)
        self._history = History(rest)

    @property
    def platform(self) -> str:
        return PLATFORM

    def shut_for(self) -> float:
        """Return for how many seconds nothing is asked of Discord, because too much was limited or refused."""
        return self.rest.gate.shut_for()

    async def find_posts(self, place: PlaceId, round_: RoundId, post: Post, since: datetime) -> Sequence[MessageRef]:
        """Look through everything since then, however much it is: the channel, and for a reveal the question's thread."""
        ours = [one async for one in self._history.channel(place, before(since)) if is_by(one, self.rest.user)]
        found = [one for one in ours if stands_for(one, post, round_, self.rest.user)]
        if post is Post.REVEAL:
            questions = [str(one["id"]) for one in ours if stands_for(one, Post.QUESTION, round_, self.rest.user)]
            # A question that was deleted leaves its thread behind.
            for thread in questions or await self._history.threads(place, before(since)):
                found += [
                    one async for one in self._history.thread(thread) if stands_for(one, post, round_, self.rest.user)
                ]
        found.sort(key=lambda one: int(one["id"]))
        return [ref_of(str(one["channel_id"]), str(one["id"])) for one in found]

    async def post_question(self, view: QuestionView) -> MessageRef:
        body = {**payload(question_message(view)), **nonce(Post.QUESTION, view.round, view.place)}
        return await self._post(last_part(view.place), body)

    async def edit_question(self, post: MessageRef, view: QuestionView) -> None:
        await self._edit(post, question_message(view))

    async def post_reveal(self, view: RevealView) -> MessageRef:
        """Post it in a thread on the question's post, or where there can be none as a reply to it; plainly if it is gone."""
        body = {**payload(reveal_message(view)), **nonce(Post.REVEAL, view.round, view.place)}
        channel = last_part(view.place)
        if view.post is None:
            return await self._post(channel, body)
        there, question = channel_and_message(view.post)
        try:
            await self._open_thread(there, question, view)
            return await self._post(question, body)
        except DiscordRefusal as refusal:
            if not may_succeed_elsewhere(refusal):
                raise
        referring = {"message_id": question, "channel_id": there, "fail_if_not_exists": False}
        return await self._post(channel, {**body, "message_reference": referring})

    async def edit_reveal(self, post: MessageRef, view: RevealView) -> None:
        await self._edit(post, reveal_message(view))

    async def delete_post(self, place: PlaceId, post: MessageRef) -> None:  # noqa: ARG002 - a post says where it stands
        channel, message = channel_and_message(post)
        await self._unless_gone("DELETE", channel, message)

    async def read_back(self, round_: Round) -> Sequence[Reply] | None:
        """Return what refers to the post in its channel and what stands in its thread, as far as it can be read.

        None where Discord shows that something is there and not what. It shows nothing of what was deleted.
        """
        if round_.post is None:
            return None
        under = await self.under(round_)
        if not all(self.reading.can_read(one) for one in under):
            return None
        team = guild_of(round_.place)
        read = [self.reading.reply_of(one, team=team, round_=round_.id) for one in under]
        return [reply for reply in read if reply]

    async def under(self, round_: Round) -> Sequence[Found]:
        """Return what people wrote under the round's post, also where Discord does not show what."""
        if round_.post is None:
            return ()
        _, post = channel_and_message(round_.post)
        shown = self._history.channel(round_.place, int(post) - 1)
        under = [one async for one in shown if self.reading.is_under(one, post)]
        if self.reading.content:
            under += [one async for one in self._history.thread(post) if self.reading.is_under(one, post)]
        return under

    async def tell_admins(self, programme: Programme, notice: NoticeView, key: str) -> None:
        await self._admins.tell(last_part(programme.place), programme, notice, key)

    async def _open_thread(self, channel: str, post: str, view: RevealView) -> None:
        """Start a thread on the post; the one that somebody has opened there will do."""
        title = shortened(f"{labels.REVEAL}: {labels.about(view.topic, view.level)}", _TITLE)
        asked = {"name": title, "auto_archive_duration": _A_WEEK}
        try:
            await self.rest.call("POST", f"{_MESSAGE}/threads", json=asked, channel_id=channel, message_id=post)
        except DiscordRefusal as refusal:
            if refusal.code != THREAD_IS_THERE:
                raise

    async def _post(self, channel: str, body: dict[str, Any]) -> MessageRef:
        posted = await self.rest.one("POST", _MESSAGES, json=body, channel_id=channel)
        return ref_of(channel, str(posted["id"]))

    async def _edit(self, post: MessageRef, message: Message) -> None:
        channel, id_ = channel_and_message(post)
        try:
            await self._unless_gone("PATCH", channel, id_, json=payload(message))
        except DiscordRefusal as refusal:
            if refusal.code != ARCHIVED:
                raise
            await self.rest.call("PATCH", "/channels/{channel_id}", json={"archived": False}, channel_id=channel)
            await self._unless_gone("PATCH", channel, id_, json=payload(message))

    async def _unless_gone(self, method: str, channel: str, message: str, **more: Any) -> None:
        try:
            await self.rest.call(method, _MESSAGE, channel_id=channel, message_id=message, **more)
        except DiscordRefusal as refusal:
            if refusal.code not in GONE:
                raise
