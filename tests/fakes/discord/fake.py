"""The whole of it: one Discord that a bot can be pointed at."""

import asyncio
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self, TypeVar

from tests.fakes.discord import events, permissions
from tests.fakes.discord.faults import Faults, Log
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.hands import Hands
from tests.fakes.discord.limits import Limits
from tests.fakes.discord.people import People
from tests.fakes.discord.rest.call import Call, Reply
from tests.fakes.discord.server import Server
from tests.fakes.discord.things import TEXT, Channel, Guild, Member, Message, Modal, Overwrite, Person, Role
from tests.fakes.discord.world import World

T = TypeVar("T")


class FakeDiscord(People, Hands):
    """A Discord on loopback: `async with FakeDiscord() as discord`. It has one server, `guild`, with the bot in it.

    Point a bot at `api_url` with `token`. `faults` makes things go wrong with REST, `gateway` with the connection; `log` has
    every request, `limits` the buckets, and `invalid` every refusal for size or shape: a test of a good bot asserts that it
    is empty.
    """

    def __init__(
        self,
        *,
        response_seconds: float = 3.0,
        token_seconds: float = 900.0,
        clock: Callable[[], float] = time.time,
        port: int = 0,
    ) -> None:
        self.world = World(
            token="fake.discord.token", response_seconds=response_seconds, token_seconds=token_seconds, clock=clock
        )
        self.faults = Faults()
        self.log = Log()
        self.limits = Limits()
        self.gateway = Gateway(world=self.world)
        self._server = Server(world=self.world, faults=self.faults, log=self.log, limits=self.limits, port=port)
        self._server.also = {"/gateway/": self.gateway.connect}
        self._server.methods["GET /gateway"] = self._where
        self._server.methods["GET /gateway/bot"] = self._start
        self.owner = self._new_person("Olga", "")
        self.guild = self.add_guild("Team")

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.gateway.stop()
        await self._server.stop()

    @property
    def api_url(self) -> str:
        return f"{self.world.address}/api/v10/"

    @property
    def token(self) -> str:
        return self.world.token

    def reset_token(self) -> None:
        """The owner asks for a new token: the one that the bot has is worth nothing any more."""
        self.gateway.reset_token()

    @property
    def bot(self) -> Person:
        return self.world.bot

    @property
    def privileged(self) -> set[str]:
        """The privileged intents that are switched on for the application: message_content, members, presences."""
        return self.world.privileged

    @property
    def invalid(self) -> list[str]:
        return self.world.invalid

    def lack(self, route: str, status: int = 404) -> None:
        """From now on there is no such method here, as of a server that does not have all of Discord's."""
        self._server.lacking[route] = status

    def tell_no_more_of(self, route: str, *names: str) -> None:
        """From now on only these fields stand in what this method answers."""
        whole = self._server.methods[route]

        def answer(call: Call) -> Reply:
            status, told = whole(call)
            return status, {name: told[name] for name in names} if isinstance(told, dict) else told

        self._server.methods[route] = answer

    def say_it_is(self, content_type: str) -> None:
        """From now on every answer of REST has this content type."""
        self._server.content_type = content_type

    # The world as it is set up

    def add_guild(self, name: str, *, owner: Person | None = None, guild_id: str = "", with_bot: bool = True) -> Guild:
        """A server, of Olga unless told otherwise; of a running bot it is seen that it was invited."""
        owner = owner or self.owner
        guild = self.world.new_guild(name, owner.id, guild_id)
        guild.members[owner.id] = Member(user=owner.id, joined_at=self.world.now())
        if with_bot:
            self.invite_bot(guild)
        return guild

    def add_user(
        self,
        name: str,
        *,
        user_id: str = "",
        guilds: Iterable[Guild] | None = None,
        roles: Iterable[Role] = (),
        takes_dms: bool = True,
        bot: bool = False,
    ) -> Person:
        """Somebody in the server (or in these), perhaps with roles, or another bot."""
        person = self._new_person(name, user_id)
        person.takes_dms, person.bot = takes_dms, bot
        for guild in [self.guild] if guilds is None else guilds:
            self.join(person, guild, roles=roles)
        return person

    def add_role(self, name: str, *allowed: str, guild: Guild | None = None) -> Role:
        """A role with these permissions, as `manage_guild`."""
        guild = guild or self.guild
        role = Role(id=self.world.new_id(), name=name, permissions=permissions.bits(allowed))
        guild.roles[role.id] = role
        return role

    def add_channel(
        self, name: str, *, guild: Guild | None = None, channel_id: str = "", denied: Iterable[str] = ()
    ) -> Channel:
        """A text channel that everybody sees, with the bot; `denied` is what the bot may not in it."""
        channel = Channel(id=channel_id or self.world.new_id(), type=TEXT, name=name, guild=(guild or self.guild).id)
        names = list(denied)
        if names:
            channel.overwrites[self.bot.id] = Overwrite(member=True, deny=permissions.bits(names))
        self.world.channels[channel.id] = channel
        events.channel_created(self.world, channel)
        return channel

    def _new_person(self, name: str, user_id: str) -> Person:
        person = Person(id=user_id or self.world.new_id(), name=name.lower(), global_name=name)
        self.world.people[person.id] = person
        return person

    # What people see

    def visible(self, channel: Channel) -> list[Message]:
        """What stands in the channel or thread for everybody, in order."""
        return [message for message in channel.messages if message.content or message.components or message.embeds]

    def thread(self, message: Message) -> Channel | None:
        """The thread that was opened on this message."""
        return self.world.thread_of(message)

    def ephemerals(self, person: Person) -> list[Message]:
        """What was shown to this person alone, in order."""
        return [message for message in self.world.private if message.only_for == person.id]

    def dms(self, person: Person) -> list[Message]:
        """What stands in the direct conversation of this person with the bot."""
        return self.visible(self.world.direct(person.id))

    def modal(self, person: Person, title: str | None = None) -> Modal | None:
        """The form that this person has before them (if it has this title)."""
        found = self.world.modals.get(person.id)
        return found if found and title in {None, found.title} else None

    async def until(self, condition: Callable[[], T | None], seconds: float = 5) -> T:
        """Waits until this is there (or true), and gives it; the bot works on after its response."""
        ending = time.monotonic() + seconds
        while not (found := condition()):
            if time.monotonic() > ending:
                raise TimeoutError(f"it did not come within {seconds} s")
            await asyncio.sleep(0.005)
        return found

    async def connected(self, shards: int = 1) -> None:
        """So many sessions are there, each with an open socket."""
        await self.until(lambda: sum(session.wire is not None for session in self.gateway.sessions.values()) >= shards)

    # The addresses of the gateway

    def _where(self, _: Call) -> Reply:
        return 200, {"url": self.gateway.url}

    def _start(self, _: Call) -> Reply:
        return 200, self.gateway.as_object()
