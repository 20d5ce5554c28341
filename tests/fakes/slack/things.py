"""What a workspace consists of."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]


@dataclass(slots=True, kw_only=True, eq=False)
class Person:
    """Somebody with an account, or the bot."""

    id: str
    name: str
    real_name: str
    guest_of: str | None = None
    """The other workspace, of somebody who is here in shared channels alone."""
    tz: str = "Europe/Berlin"
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    deleted: bool = False

    @property
    def tz_offset(self) -> int:
        """Seconds east of Greenwich, now."""
        offset = datetime.now(ZoneInfo(self.tz)).utcoffset()
        return int(offset.total_seconds()) if offset else 0


@dataclass(slots=True, kw_only=True, eq=False)
class File:
    """Something uploaded; `content` is there after the upload itself, `shared` after the last step."""

    id: str
    name: str
    length: int
    content: bytes | None = None
    title: str = ""
    shared: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """Something said in a channel, or shown to one person there (`only_for`)."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    edited_ts: str | None = None
    by_bot: bool = False
    only_for: str | None = None
    subtype: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)

    @property
    def is_note(self) -> bool:
        """Slack's own line about the channel: somebody joined, it was renamed."""
        return self.subtype is not None and self.subtype.startswith("channel_")

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(slots=True, kw_only=True, eq=False)
class Channel:
    """A public or private channel, or the direct conversation of one person with the bot."""

    id: str
    name: str
    creator: str
    members: list[str]
    created: int
    private: bool = False
    direct: bool = False
    archived: bool = False
    posted_by: list[str] | None = None
    """Who alone may post, if that is limited."""
    messages: list[Message] = field(default_factory=list)
    """In the order in which they were said; those for one person alone are not among them."""

    @property
    def kind(self) -> str:
        """As events call it: channel, group or im."""
        if self.direct:
            return "im"
        return "group" if self.private else "channel"

    def scope(self, what: str) -> str:
        """The scope for reading this kind of channel ("read") or what is said in it ("history")."""
        return f"{ {'channel': 'channels', 'group': 'groups', 'im': 'im'}[self.kind] }:{what}"

    def find(self, ts: str) -> Message | None:
        return next((message for message in self.messages if message.ts == ts), None)

    def replies(self, parent_ts: str) -> list[Message]:
        return [message for message in self.messages if message.is_reply and message.thread_ts == parent_ts]


@dataclass(slots=True, kw_only=True, eq=False)
class View:
    """A form or home page as one person has it; `hash` changes with every update."""

    id: str
    user: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    typed: dict[tuple[str, str], Json] = field(default_factory=dict)
    """What the person typed or chose, by block and action id: it survives an update that keeps the field."""
    errors: dict[str, str] = field(default_factory=dict)
    """What the bot found wrong on the last submission, by block id."""

    @property
    def type(self) -> str:
        return str(self.content["type"])

    @property
    def blocks(self) -> list[Json]:
        return list(self.content["blocks"])

    @property
    def title(self) -> str:
        return str(self.content.get("title", {}).get("text", ""))


@dataclass(slots=True, kw_only=True, eq=False)
class Token:
    """A key to the Web API: of the bot, of a person, or (for Socket Mode) of the app."""

    value: str
    kind: str
    scopes: set[str]
    revoked: bool = False
