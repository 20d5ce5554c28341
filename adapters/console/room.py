"""The platform of a terminal chat: posts, their threads and notices, in a file that outlives every process."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from adapters.console.log import Log
from adapters.console.records import (
    Amended,
    Body,
    Change,
    Contents,
    Deleted,
    Edited,
    Message,
    Posted,
    Record,
    RoomPost,
    Said,
    Told,
    from_line,
    to_line,
)
from bot.domain.ids import MemberId, PlaceId, RoundId
from bot.domain.round import MessageRef
from bot.ports import Clock, Post

log = logging.getLogger(__name__)

Write = Callable[[Record], None]


class Room:
    """Any number of places in one append-only file of JSON lines; any number of processes and threads may share it.

    Ids are ascending decimals, given under a lock on the file. What a method returned for stands after a ``kill -9``; what a
    killed process left half written is never seen. Only what is new in the file is read, so a long history costs nothing.
    Every method may raise OSError, and then has changed nothing. ``path`` None: a room of this object alone.
    """

    def __init__(self, path: Path | None, clock: Clock) -> None:
        self._log = Log(path)
        self._clock = clock
        self._one_thread = Lock()
        self._contents = Contents()

    def close(self) -> None:
        with self._one_thread:
            self._log.close()

    def post(self, place: PlaceId, round_: RoundId, kind: Post, body: Body) -> MessageRef:
        with self._changing() as (_, write):
            ref = MessageRef(self._next_id())
            write(Posted(id=ref, place=place, round=round_, post=kind, body=body, at=self._instant()))
            return ref

    def edit(self, ref: MessageRef, body: Body) -> None:
        """Give a post another body; one that is gone, or has it already, stays as it is."""
        with self._changing() as (now, write):
            post = now.posts.get(ref)
            if post and not post.deleted and post.body != body:
                write(Edited(of=ref, body=body, at=self._instant()))

    def delete(self, place: PlaceId, ref: MessageRef) -> None:
        """Take a post of the place away; one that is gone stays gone."""
        with self._changing() as (now, write):
            post = now.posts.get(ref)
            if post and not post.deleted and post.place == place:
                write(Deleted(of=ref, at=self._instant()))

    def tell(self, place: PlaceId, key: str, text: str) -> None:
        """Tell those who look after the place, unless they were told under this key before."""
        with self._changing() as (now, write):
            if (place, key) not in now.told:
                write(Told(id=self._next_id(), place=place, key=key, text=text, at=self._instant()))

    def say(self, ref: MessageRef, member: MemberId, text: str) -> Message | None:
        """Write a message into the thread of a post; None if the post is gone."""
        with self._changing() as (now, write):
            post = now.posts.get(ref)
            if post is None or post.deleted:
                return None
            id_ = self._next_id()
            write(Said(id=id_, post=ref, member=member, text=text, at=self._instant()))
            return now.messages[id_]

    def amend(self, place: PlaceId, member: MemberId, text: str) -> Message | None:
        """Change the member's last message in the place; None if there is none."""
        with self._changing() as (now, write):
            return self._change_last(now, write, place, member, text)

    def withdraw(self, place: PlaceId, member: MemberId) -> Message | None:
        """Delete the member's last message in the place, and return it as deleted; None if there is none."""
        with self._changing() as (now, write):
            return self._change_last(now, write, place, member, None)

    def posts(self, place: PlaceId, round_: RoundId, kind: Post) -> Sequence[RoomPost]:
        """Return the posts of this kind that stand for the round, oldest first."""
        with self._reading() as now:
            found = [now.posts[ref] for ref in now.by_round.get(round_, ())]
        return [post for post in found if post.place == place and post.post is kind and not post.deleted]

    def latest(self, place: PlaceId, kind: Post) -> RoomPost | None:
        """Return the newest post of this kind that stands in the place."""
        with self._reading() as now:
            refs = reversed(now.by_place.get(place, ()))
            found = (now.posts[ref] for ref in refs)
            return next((post for post in found if post.post is kind and not post.deleted), None)

    def thread(self, place: PlaceId, round_: RoundId) -> Sequence[Message]:
        """Return the messages under the round's question as they are now, the deleted ones too, oldest first.

        Where two posts asked the same round for a moment and one was taken away, what people wrote under it counts too.
        """
        with self._reading() as now:
            refs = [ref for ref in now.by_round.get(round_, ()) if now.posts[ref].post is Post.QUESTION]
            found = [now.messages[id_] for ref in refs for id_ in now.threads.get(ref, ())]
        return sorted((m for m in found if m.place == place), key=lambda message: int(message.id))

    def changes(self, since: int) -> tuple[Sequence[Change], int]:
        """Return what changed after a place in the feed, as it is now, and the feed's present end.

        The feed starts at 0, from where everything comes in the order in which it was first written.
        """
        with self._reading() as now:
            changed = dict.fromkeys(now.feed[since:])
            return [now.posts.get(id_) or now.messages.get(id_) or now.notices[id_] for id_ in changed], len(now.feed)

    def _change_last(
        self, now: Contents, write: Write, place: PlaceId, member: MemberId, text: str | None
    ) -> Message | None:
        ids = reversed(now.by_member.get((place, member), ()))
        last = next((id_ for id_ in ids if not now.messages[id_].deleted), None)
        if last is None:
            return None
        at = self._instant()
        write(Deleted(of=last, at=at) if text is None else Amended(of=last, text=text, at=at))
        return now.messages[last]

    @contextmanager
    def _reading(self) -> Iterator[Contents]:
        with self._one_thread, self._log.locked(alone=False):
            self._catch_up()
            yield self._contents

    @contextmanager
    def _changing(self) -> Iterator[tuple[Contents, Write]]:
        """Hold the room against everyone; what is written is read back like anybody's line."""
        with self._one_thread, self._log.locked(alone=True):
            self._catch_up()
            yield self._contents, self._write

    def _write(self, record: Record) -> None:
        self._log.append(to_line(record))
        self._catch_up()

    def _catch_up(self) -> None:
        for line in self._log.news():
            try:
                self._contents.add(from_line(line))
            except ValueError:
                log.warning("a line of the room's file cannot be read and is left out", extra={"length": len(line)})

    def _next_id(self) -> str:
        return str(self._contents.last_id + 1)

    def _instant(self) -> int:
        """Return now in microseconds; always later than every line before, whatever the clocks of other processes say."""
        return max(round(self._clock.now().timestamp() * 1e6), self._contents.last_at + 1)
