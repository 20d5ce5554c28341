"""What the world consists of: servers, people, channels, messages, and what stands before a person."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

TEXT, DM, PUBLIC_THREAD = 0, 1, 11
"""Types of channels."""
DEFAULT, REPLY, COMMAND_RESPONSE, THREAD_STARTER = 0, 19, 20, 21
"""Types of messages."""
HAS_THREAD, EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 5, 1 << 6, 1 << 7, 1 << 15
"""Flags of messages."""

DISCORD_EPOCH = 1420070400000
"""Milliseconds, in which the time within snowflakes counts from."""


def when(snowflake: str) -> datetime:
    """The instant that is in an id."""
    return datetime.fromtimestamp(((int(snowflake) >> 22) + DISCORD_EPOCH) / 1000, UTC)


@dataclass(slots=True, kw_only=True, eq=False)
class Person:
    """A user: somebody, or the bot."""

    id: str
    name: str
    global_name: str | None = None
    bot: bool = False
    locale: str = "en-GB"
    takes_dms: bool = True

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"


@dataclass(slots=True, kw_only=True, eq=False)
class Member:
    """A user within one server."""

    user: str
    roles: list[str] = field(default_factory=list)
    nick: str | None = None
    joined_at: datetime


@dataclass(slots=True, kw_only=True, eq=False)
class Role:
    id: str
    name: str
    permissions: int
    bot: str | None = None
    """The bot whose own role this is."""


@dataclass(slots=True, kw_only=True)
class Overwrite:
    """What a channel allows or denies a role or a member beyond what the server does."""

    member: bool
    allow: int = 0
    deny: int = 0


@dataclass(slots=True, kw_only=True, eq=False)
class Guild:
    id: str
    name: str
    owner: str
    members: dict[str, Member] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    unavailable: bool = False
    locale: str = "en-US"


@dataclass(slots=True, kw_only=True, eq=False)
class File:
    id: str
    name: str
    content: bytes
    content_type: str
    description: str | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """Something said; those of `only_for` somebody stand in no history."""

    id: str
    channel: str
    author: str
    content: str = ""
    components: list[Json] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    flags: int = 0
    type: int = DEFAULT
    edited: datetime | None = None
    reply_to: str | None = None
    reply_channel: str | None = None
    pings: list[str] = field(default_factory=list)
    """Whom it notified, by user id; `everyone` and role ids too."""
    nonce: str | int | None = None
    only_for: str | None = None
    interaction: "Interaction | None" = None
    """What it answers."""
    reactions: dict[str, list[str]] = field(default_factory=dict)

    @property
    def loading(self) -> bool:
        """The bot is thinking…"""
        return bool(self.flags & LOADING)


@dataclass(slots=True, kw_only=True, eq=False)
class Channel:
    """A text channel, a thread, or the direct conversation of one person with the bot."""

    id: str
    type: int
    name: str = ""
    guild: str | None = None
    parent: str | None = None
    owner: str | None = None
    """Of a thread: who opened it."""
    recipient: str | None = None
    overwrites: dict[str, Overwrite] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    archived: bool = False
    locked: bool = False
    members: list[str] = field(default_factory=list)
    """Of a thread: who is in it."""
    archive_after: int = 1440

    @property
    def is_thread(self) -> bool:
        return self.type == PUBLIC_THREAD

    def find(self, message: str) -> Message | None:
        return next((found for found in self.messages if found.id == message), None)


@dataclass(slots=True, kw_only=True, eq=False)
class Modal:
    """A form that one person has before them."""

    person: str
    source: "Interaction"
    """What it was opened in answer to."""
    content: Json
    typed: dict[str, Any] = field(default_factory=dict)
    """What the person typed or chose, by custom id."""

    @property
    def title(self) -> str:
        return str(self.content["title"])

    @property
    def custom_id(self) -> str:
        return str(self.content["custom_id"])

    @property
    def components(self) -> list[Json]:
        return list(self.content["components"])


@dataclass(slots=True, kw_only=True, eq=False)
class Interaction:
    """Something that a person did and that the bot answers, with what became of it."""

    id: str
    token: str
    kind: int
    person: str
    channel: str
    guild: str | None
    data: Json
    began: float
    message: Message | None = None
    """That the component stands in, or the one that the form was opened from."""
    response: int | None = None
    """The type of the first response."""
    original: Message | None = None
    """What the first response said or changed."""
    modal: Modal | None = None
    choices: list[Json] = field(default_factory=list)
    parent: "Interaction | None" = None
    """Of a form: what opened it."""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    dead: bool = False
