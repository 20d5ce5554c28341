"""The state of it all: who and what there is, and who is told when it changes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.fakes.discord import permissions
from tests.fakes.discord.refusals import Refusal
from tests.fakes.discord.things import (
    DISCORD_EPOCH,
    DM,
    Channel,
    Guild,
    Interaction,
    Json,
    Message,
    Modal,
    Person,
    Role,
)

GUILDS, GUILD_MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, GUILD_REACTIONS = 1 << 9, 1 << 10
DIRECT_MESSAGES, DIRECT_REACTIONS, MESSAGE_CONTENT = 1 << 12, 1 << 13, 1 << 15
"""Intents."""
PRIVILEGED = {"presences": PRESENCES, "members": GUILD_MEMBERS, "message_content": MESSAGE_CONTENT}


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something happened, of which those sessions hear that asked for it."""

    name: str
    guild: str | None
    intent: int
    """0 for what everybody hears."""
    body: Callable[[bool], Json]
    """As it is sent to those who may read what people wrote, or may not."""


@dataclass(kw_only=True)
class World:
    """One Discord with one application in it."""

    token: str
    address: str = ""
    app: str = ""
    bot: Person = field(init=False)
    privileged: set[str] = field(default_factory=set)
    """The privileged intents that are switched on for the application: presences, members, message_content."""
    people: dict[str, Person] = field(default_factory=dict)
    guilds: dict[str, Guild] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    private: list[Message] = field(default_factory=list)
    """What was said to one person alone."""
    interactions: dict[str, Interaction] = field(default_factory=dict)
    """By token."""
    modals: dict[str, Modal] = field(default_factory=dict)
    """By person."""
    commands: dict[str | None, dict[str, Json]] = field(default_factory=dict)
    """By server (None: everywhere) and id."""
    command_creates: int = 0
    untold: set[str] = field(default_factory=set)
    """What interactions leave out, of their own or of their channel: other servers than Discord's may."""
    addressed: str = ""
    """Another name of the application, under which it is asked."""
    invalid: list[str] = field(default_factory=list)
    listeners: list[Callable[[Event], None]] = field(default_factory=list)
    response_seconds: float = 3.0
    token_seconds: float = 900.0
    nonce_seconds: float = 300.0
    clock: Callable[[], float] = time.time
    """Ids and timestamps are of this clock."""
    _last: int = 0

    def __post_init__(self) -> None:
        self.app = self.new_id()
        self.bot = Person(id=self.app, name="studybot", bot=True)
        self.people[self.bot.id] = self.bot

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock(), UTC)

    def new_id(self) -> str:
        """A snowflake of this instant, greater than each before."""
        fresh = (int(self.clock() * 1000) - DISCORD_EPOCH) << 22
        self._last = max(fresh, self._last + 1)
        return str(self._last)

    def tell(self, event: Event) -> None:
        for listener in self.listeners:
            listener(event)

    # Lookups, as the bot makes them: what it may not know of is refused

    def guild_of_bot(self, guild: str) -> Guild:
        found = self.guilds.get(guild)
        if found is None:
            raise Refusal(404, 10004)
        if self.bot.id not in found.members:
            raise Refusal(403, 50001)
        return found

    def channel_of_bot(self, channel: str) -> Channel:
        """A channel that the bot sees."""
        found = self.channels.get(channel)
        if found is None:
            raise Refusal(404, 10003)
        if found.guild is not None and not self.may(self.bot.id, found, "view_channel"):
            raise Refusal(403, 50001)
        return found

    def message_in(self, channel: Channel, message: str) -> Message:
        found = channel.find(message)
        if found is None:
            raise Refusal(404, 10008)
        return found

    def command(self, guild: str | None, name: str) -> Json | None:
        """The command of this name that a person finds in this server."""
        for place in (guild, None):
            for command in self.commands.get(place, {}).values():
                if command["name"] == name and command["type"] == 1:
                    return command
        return None

    # What somebody may

    def allowed(self, user: str, channel: Channel) -> int:
        """Every permission of this user in this channel; in a direct conversation all that matters."""
        if channel.guild is None:
            return permissions.EVERYBODY
        guild = self.guilds.get(channel.guild)
        if guild is None or user not in guild.members:
            return 0
        place = self.channels.get(channel.parent or "") if channel.is_thread else channel
        return permissions.of_member(guild, user, place or channel)

    def may(self, user: str, channel: Channel, *names: str) -> bool:
        wanted = permissions.bits(names)
        return self.allowed(user, channel) & wanted == wanted

    def need(self, channel: Channel, *names: str) -> None:
        """Refuses what the bot may not do here."""
        if not self.may(self.bot.id, channel, *names):
            raise Refusal(403, 50013)

    # Changes that several make

    def direct(self, user: str) -> Channel:
        """The direct conversation of this person with the bot; it is opened if need be."""
        for channel in self.channels.values():
            if channel.recipient == user:
                return channel
        channel = Channel(id=self.new_id(), type=DM, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def thread_of(self, message: Message) -> Channel | None:
        """The thread that was opened on this message: it has the message's id."""
        found = self.channels.get(message.id)
        return found if found and found.is_thread else None

    def new_guild(self, name: str, owner: str, guild_id: str = "") -> Guild:
        guild = Guild(id=guild_id or self.new_id(), name=name, owner=owner)
        everyone = Role(id=guild.id, name="@everyone", permissions=permissions.EVERYBODY)
        guild.roles[everyone.id] = everyone
        self.guilds[guild.id] = guild
        return guild
