"""The chat port over a room's file."""

import asyncio
import errno
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ParamSpec, TypeVar

from adapters.console.bodies import to_body
from adapters.console.records import Change, Message, RoomPost
from adapters.console.room import Room
from bot.domain.ids import MemberId, PlaceId, RoundId
from bot.domain.programme import Programme
from bot.domain.reply import Reply, Via
from bot.domain.round import MessageRef, Round
from bot.ports import OutcomeUnknown, Post, Refused
from bot.views import NoticeView, QuestionView, RevealView

P = ParamSpec("P")
T = TypeVar("T")

PLATFORM = "console"

# Only a person can put these right: the file or its folder is gone, or is no longer ours to write. Everything else passes
# by itself or may have half happened (a full disk is cleared, a device answers again): the core asks again, looking first.
_FINAL = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.ELOOP}


class ConsoleChat:
    """A chat whose platform is a room's file. Beside the port it offers what people do in a terminal: write, edit, delete.

    Every method raises Refused if the file is gone or may not be written, and OutcomeUnknown for any other trouble with it.
    A call that is cancelled may still be carried out.
    """

    platform = PLATFORM

    def __init__(self, room: Room) -> None:
        self._room = room

    async def find_posts(self, place: PlaceId, round_: RoundId, post: Post, since: datetime) -> Sequence[MessageRef]:
        found = await _on_file(self._room.posts, place, round_, post)
        return [one.ref for one in found if one.at >= since.timestamp() * 1e6]

    async def post_question(self, view: QuestionView) -> MessageRef:
        return await _on_file(self._room.post, view.place, view.round, Post.QUESTION, to_body(view))

    async def edit_question(self, post: MessageRef, view: QuestionView) -> None:
        await _on_file(self._room.edit, post, to_body(view))

    async def post_reveal(self, view: RevealView) -> MessageRef:
        return await _on_file(self._room.post, view.place, view.round, Post.REVEAL, to_body(view))

    async def edit_reveal(self, post: MessageRef, view: RevealView) -> None:
        await _on_file(self._room.edit, post, to_body(view))

    async def delete_post(self, place: PlaceId, post: MessageRef) -> None:
        await _on_file(self._room.delete, place, post)

    async def read_back(self, round_: Round) -> Sequence[Reply]:
        return [_reply(message) for message in await _on_file(self._room.thread, round_.place, round_.id)]

    async def tell_admins(self, programme: Programme, notice: NoticeView, key: str) -> None:
        await _on_file(self._room.tell, programme.place, key, notice.text)

    async def open_question(self, place: PlaceId) -> RoomPost | None:
        """Return the place's newest question if it is not shown as closed."""
        post = await _on_file(self._room.latest, place, Post.QUESTION)
        return None if post is None or post.body.get("closed") else post

    async def say(self, post: MessageRef, member: MemberId, text: str) -> Reply | None:
        """Write into the thread of a post, and return what stands there as a reply; None if the post is gone."""
        return _reply_or_none(await _on_file(self._room.say, post, member, text))

    async def amend(self, place: PlaceId, member: MemberId, text: str) -> Reply | None:
        """Change the member's last message in the place; None if there is none."""
        return _reply_or_none(await _on_file(self._room.amend, place, member, text))

    async def withdraw(self, place: PlaceId, member: MemberId) -> Reply | None:
        """Delete the member's last message in the place; None if there is none."""
        return _reply_or_none(await _on_file(self._room.withdraw, place, member))

    async def changes(self, since: int) -> tuple[Sequence[Change], int]:
        """Return what changed in the room after a place in its feed, and the feed's end; see Room.changes."""
        return await _on_file(self._room.changes, since)


def _reply(message: Message) -> Reply:
    """The same message always gives the same delivery, whether it is handed on at once or read back later."""
    return Reply(
        round=message.round,
        member=message.member,
        text=message.text,
        via=Via.THREAD,
        delivery=f"{message.id}:{message.edits}",
        version=message.version,
        part=message.id,
        withdrawn=message.deleted,
    )


def _reply_or_none(message: Message | None) -> Reply | None:
    return _reply(message) if message else None


async def _on_file(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Carry out a call that waits for a disk or a lock on a thread of its own, and say in the port's words what went wrong."""
    try:
        return await asyncio.to_thread(function, *args, **kwargs)
    except OSError as error:
        reason = f"the room's file cannot be used: {error.strerror or error}"
        raise (Refused if error.errno in _FINAL else OutcomeUnknown)(reason) from error
