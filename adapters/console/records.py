"""What a room's file says, line by line, and what it comes to when all lines are read."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from bot.domain.ids import MemberId, PlaceId, RoundId
from bot.domain.round import MessageRef
from bot.ports import Post

Body = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    id: str
    place: PlaceId
    round: RoundId
    post: Post
    body: Body
    at: int
    kind: Literal["post"] = "post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    of: str
    body: Body
    at: int
    kind: Literal["edit"] = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    id: str
    post: str
    member: MemberId
    text: str
    at: int
    kind: Literal["message"] = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    of: str
    text: str
    at: int
    kind: Literal["amend"] = "amend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A post or a message was taken away."""

    of: str
    at: int
    kind: Literal["delete"] = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    id: str
    place: PlaceId
    key: str
    text: str
    at: int
    kind: Literal["tell"] = "tell"


Record = Posted | Edited | Said | Amended | Deleted | Told
_READER: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="kind")])


def to_line(record: Record) -> bytes:
    """Return the record as one line of UTF-8; what is not Unicode (a lone surrogate) becomes a question mark."""
    return json.dumps(asdict(record), ensure_ascii=False).encode("utf-8", "replace")


def from_line(line: bytes) -> Record:
    """Read a line; ValueError if it is none of ours."""
    return _READER.validate_json(line)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPost:
    """A post as it is now; ``body`` is its view as ``to_body`` made it, ``at`` when it was posted, in microseconds."""

    ref: MessageRef
    place: PlaceId
    round: RoundId
    post: Post
    body: Mapping[str, Any]
    at: int
    deleted: bool = False
    edits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A member's message in the thread of a post, as it is now.

    ``version`` is when it was written or last changed, in microseconds, and above that of everything before it.
    ``edits`` counts its changes; a deletion is one.
    """

    id: str
    post: MessageRef
    round: RoundId
    place: PlaceId
    member: MemberId
    text: str
    version: int
    edits: int = 0
    deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What those who look after a place were told, once per key."""

    id: str
    place: PlaceId
    key: str
    text: str


Change = RoomPost | Message | Notice


class Contents:
    """What all lines so far come to. ``feed`` names, line by line, the post, message or notice that each one changed."""

    def __init__(self) -> None:
        self.posts: dict[str, RoomPost] = {}
        self.messages: dict[str, Message] = {}
        self.notices: dict[str, Notice] = {}
        self.by_round: dict[RoundId, list[str]] = defaultdict(list)
        self.by_place: dict[PlaceId, list[str]] = defaultdict(list)
        self.threads: dict[str, list[str]] = defaultdict(list)
        self.by_member: dict[tuple[PlaceId, MemberId], list[str]] = defaultdict(list)
        self.told: set[tuple[PlaceId, str]] = set()
        self.feed: list[str] = []
        self.last_id = 0
        self.last_at = 0

    def add(self, record: Record) -> None:
        """Take in one line; one that speaks of something unknown changes nothing."""
        self.last_at = max(self.last_at, record.at)
        match record:
            case Posted():
                self._posted(record)
            case Said():
                self._said(record)
            case Told():
                self._told(record)
            case Edited() | Amended() | Deleted():
                self._changed(record)

    def _posted(self, record: Posted) -> None:
        self._numbered(record.id)
        self.posts[record.id] = RoomPost(
            ref=MessageRef(record.id),
            place=record.place,
            round=record.round,
            post=record.post,
            body=record.body,
            at=record.at,
        )
        self.by_round[record.round].append(record.id)
        self.by_place[record.place].append(record.id)
        self.feed.append(record.id)

    def _said(self, record: Said) -> None:
        self._numbered(record.id)
        post = self.posts.get(record.post)
        if post is None:
            return
        self.messages[record.id] = Message(
            id=record.id,
            post=post.ref,
            round=post.round,
            place=post.place,
            member=record.member,
            text=record.text,
            version=record.at,
        )
        self.threads[record.post].append(record.id)
        self.by_member[post.place, record.member].append(record.id)
        self.feed.append(record.id)

    def _told(self, record: Told) -> None:
        self._numbered(record.id)
        self.notices[record.id] = Notice(id=record.id, place=record.place, key=record.key, text=record.text)
        self.told.add((record.place, record.key))
        self.feed.append(record.id)

    def _changed(self, record: Edited | Amended | Deleted) -> None:
        post, message = self.posts.get(record.of), self.messages.get(record.of)
        if post:
            self.posts[record.of] = _changed_post(post, record)
        elif message:
            self.messages[record.of] = _changed_message(message, record)
        if post or message:
            self.feed.append(record.of)

    def _numbered(self, id_: str) -> None:
        self.last_id = max(self.last_id, int(id_))


def _changed_post(post: RoomPost, record: Edited | Amended | Deleted) -> RoomPost:
    match record:
        case Edited():
            return replace(post, body=record.body, edits=post.edits + 1)
        case Deleted():
            return replace(post, deleted=True)
    return post


def _changed_message(message: Message, record: Edited | Amended | Deleted) -> Message:
    changed = replace(message, version=record.at, edits=message.edits + 1)
    match record:
        case Amended():
            return replace(changed, text=record.text)
        case Deleted():
            return replace(changed, text="", deleted=True)
    return message
