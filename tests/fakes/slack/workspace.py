"""The state of one workspace with one app in it. It changes at once; who listens is told as an event."""

import itertools
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.things import Channel, File, Json, Message, Person, Token, View

BOT_SCOPES = frozenset(
    {
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "metadata.message:read",
        "reactions:write",
        "users:read",
    }
)


@dataclass(slots=True, kw_only=True)
class Trigger:
    """The right to open one form, for a few seconds after a person did something."""

    user: str
    issued: float
    view: str | None = None
    """The view in which it happened, on top of which another may be pushed."""
    used: bool = False


@dataclass(slots=True, kw_only=True)
class ResponseUrl:
    """The right to answer an interaction for half an hour, five times."""

    channel: str
    user: str
    issued: float
    message: Message | None = None
    used: int = 0


@dataclass(slots=True, kw_only=True)
class Workspace:
    """Everybody and everything of team T024."""

    team: str = "T024"
    domain: str = "example"
    app: str = "A042"
    installed: str = ""
    """The app that the bot token is of, if it is another than that of the app token."""
    bot_id: str = "B042"
    address: str = ""
    """Where the server is reached."""
    trigger_seconds: float = 3.0
    history_has_metadata: bool = True
    """Whether reading a channel shows the metadata of its messages."""
    history_from_oldest: bool = False
    """Whether a channel read with `oldest` alone begins there, as people report, and not with the newest, as documented."""
    unsaid: frozenset[str] = frozenset()
    """What auth.test keeps to itself of the bot token."""
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    private: list[Message] = field(default_factory=list)
    """What was shown to one person alone, in order."""
    modals: dict[str, list[View]] = field(default_factory=dict)
    """By person: the open forms, the visible one last."""
    homes: dict[str, View] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    tickets: set[str] = field(default_factory=set)
    """Each lets one socket be opened."""
    listeners: list[Callable[[Json], None]] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    """What was refused for its size or shape, and where."""
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _last_ts: int = 0

    def __post_init__(self) -> None:
        self.people["U0BOT"] = Person(id="U0BOT", name="studybot", real_name="Study Bot", tz="UTC", is_bot=True)

    @property
    def bot(self) -> Person:
        return self.people["U0BOT"]

    def new_id(self, letter: str) -> str:
        return f"{letter}{next(self._numbers):05}"

    def new_ts(self) -> str:
        """A time stamp that nothing else in the workspace has: seconds, a point, six digits."""
        self._last_ts = max(self._last_ts + 1, time.time_ns() // 1000)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06}"

    def emit(self, event: Json) -> None:
        for listener in self.listeners:
            listener(event)

    # Who and where

    def channel(self, channel_id: str) -> Channel:
        """The channel, if the bot may know of it."""
        found = self.channels.get(channel_id)
        if found is None or (found.private and self.bot.id not in found.members):
            raise Refusal("channel_not_found")
        return found

    def person(self, user_id: str) -> Person:
        if user_id not in self.people:
            raise Refusal("user_not_found")
        return self.people[user_id]

    def team_of(self, user_id: str) -> str:
        """The workspace that this person belongs to."""
        person = self.people.get(user_id)
        return (person and person.guest_of) or self.team

    def direct(self, user_id: str) -> Channel:
        """The conversation of this person with the bot."""
        for channel in self.channels.values():
            if channel.direct and user_id in channel.members:
                return channel
        members = [self.bot.id, user_id]
        opened = Channel(
            id=self.new_id("D"), name="", creator=self.bot.id, members=members, created=int(time.time()), direct=True
        )
        self.channels[opened.id] = opened
        return opened

    # What is said

    def say(self, message: Message) -> Message:
        self.channels[message.channel].messages.append(message)
        return message

    def named_blocks(self, blocks: Iterable[Json]) -> list[Json]:
        """The blocks as Slack keeps them: each has an id, and so has everything that can be pressed."""
        return [self._named(block) for block in blocks]

    def _named(self, block: Json) -> Json:
        named = {"block_id": self.new_id("b"), **block}
        for place in ("element", "accessory"):
            if isinstance(named.get(place), dict) and named[place]["type"] != "image":
                named[place] = {"action_id": self.new_id("a"), **named[place]}
        if named["type"] == "actions":
            named["elements"] = [{"action_id": self.new_id("a"), **element} for element in named["elements"]]
        return named

    # Forms

    def new_trigger(self, user: str, view: View | None = None) -> str:
        trigger = f"{self.new_id('')}.{self.team}.{self.new_id('')}"
        self.triggers[trigger] = Trigger(user=user, issued=time.monotonic(), view=view.id if view else None)
        return trigger

    def use_trigger(self, trigger_id: str) -> Trigger:
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if time.monotonic() - trigger.issued > self.trigger_seconds:
            raise Refusal("expired_trigger_id")
        trigger.used = True
        return trigger

    def new_view(self, user: str, content: Json, *, below: View | None = None) -> View:
        view_id = self.new_id("V")
        return View(
            id=view_id,
            user=user,
            content=self._kept(content),
            hash=f"{self.new_ts()}",
            root_id=below.root_id if below else view_id,
            previous_id=below.id if below else None,
        )

    def change_view(self, view: View, content: Json) -> View:
        view.content, view.hash, view.errors = self._kept(content), self.new_ts(), {}
        return view

    def _kept(self, content: Json) -> Json:
        return {**content, "blocks": self.named_blocks(content["blocks"])}

    def open_views(self) -> list[View]:
        return [view for stack in self.modals.values() for view in stack]
