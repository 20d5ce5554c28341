"""The whole of it: one workspace that a bot can be pointed at."""

import asyncio
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self, TypeVar

from tests.fakes.slack import responses
from tests.fakes.slack.deliveries import Again, Answer, Deliveries
from tests.fakes.slack.faults import Faults, Log
from tests.fakes.slack.hands import Hands
from tests.fakes.slack.people import People
from tests.fakes.slack.requests import Requests
from tests.fakes.slack.server import Server
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.things import Channel, Json, Message, Person, Token, View
from tests.fakes.slack.workspace import BOT_SCOPES, Workspace

T = TypeVar("T")


class FakeSlack(People, Hands):
    """A workspace on loopback: `async with FakeSlack() as slack`.

    Point a bot at `api_url` with `bot_token`, `app_token` and `signing_secret`. `faults` makes things go wrong, `log` has
    every call, and `invalid` every refusal (or loss) for size or shape: a test of a good bot asserts that it is empty.
    What people do reaches the bot over `sockets`, or once `requests` has an address of the bot, by signed requests to it;
    `deliveries` says which events, how often, and what was acknowledged.
    """

    bot_token = "xoxb-fake-bot"
    app_token = "xapp-fake-app"
    user_token = "xoxp-fake-user"
    signing_secret = "fake-signing-secret"

    def __init__(self, *, trigger_seconds: float = 3.0, port: int = 0) -> None:
        self.workspace = Workspace(trigger_seconds=trigger_seconds)
        self.faults = Faults()
        self.log = Log()
        self.sockets = Sockets(workspace=self.workspace)
        self.requests = Requests(signing_secret=self.signing_secret)
        self.deliveries = Deliveries(workspace=self.workspace, way=self)
        self._server = Server(workspace=self.workspace, faults=self.faults, log=self.log, port=port)
        self._server.also = {
            ("GET", "/link/"): self.sockets.link,
            ("POST", "/actions/{key}"): responses.address(self.workspace),
            ("POST", "/commands/{key}"): responses.address(self.workspace),
        }
        for value, kind, scopes in (
            (self.bot_token, "bot", set(BOT_SCOPES)),
            (self.app_token, "app", {"connections:write"}),
            (self.user_token, "user", {"chat:write", "users:read"}),
        ):
            self.workspace.tokens[value] = Token(value=value, kind=kind, scopes=scopes)

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.deliveries.stop()
        await self.sockets.stop()
        await self.requests.stop()
        await self._server.stop()

    async def send(self, kind: str, payload: Json, again: Again, patience: float) -> Answer:
        """By requests if the bot has an address, else over its sockets."""
        way = self.requests if self.requests.addresses else self.sockets
        return await way.send(kind, payload, again, patience)

    @property
    def api_url(self) -> str:
        return f"{self.workspace.address}/api/"

    @property
    def bot_scopes(self) -> set[str]:
        """What the bot's token may: taking one away makes methods answer missing_scope."""
        return self.workspace.tokens[self.bot_token].scopes

    @property
    def invalid(self) -> list[str]:
        return self.workspace.invalid

    # The workspace as it is set up, of which no event tells

    def add_user(
        self,
        name: str,
        *,
        user_id: str = "",
        guest_of: str | None = None,
        tz: str = "Europe/Berlin",
        is_admin: bool = False,
        is_owner: bool = False,
    ) -> Person:
        """Somebody of the workspace, or a guest from another, who may be in shared channels."""
        person = Person(
            id=user_id or self.workspace.new_id("U"),
            name=name.lower(),
            real_name=name,
            guest_of=guest_of,
            tz=tz,
            is_admin=is_admin,
            is_owner=is_owner,
        )
        self.workspace.people[person.id] = person
        return person

    def add_channel(
        self,
        name: str,
        *,
        creator: Person,
        members: Iterable[Person] = (),
        channel_id: str = "",
        private: bool = False,
        with_bot: bool = True,
    ) -> Channel:
        """A channel with its creator, these members and (unless told otherwise) the bot in it."""
        present = dict.fromkeys([creator.id, *(member.id for member in members)])
        channel = Channel(
            id=channel_id or self.workspace.new_id("C"),
            name=name,
            creator=creator.id,
            members=[*present, *([self.workspace.bot.id] if with_bot else [])],
            created=int(time.time()),
            private=private,
        )
        self.workspace.channels[channel.id] = channel
        return channel

    async def until(self, condition: Callable[[], T | None], seconds: float = 5) -> T:
        """Waits until this is there (or true), and gives it; the bot works on after its acknowledgement."""
        ending = time.monotonic() + seconds
        while not (found := condition()):
            if time.monotonic() > ending:
                raise TimeoutError(f"it did not come within {seconds} s")
            await asyncio.sleep(0.005)
        return found

    # What people see

    def visible(self, channel: Channel) -> list[Message]:
        """What stands in the channel for everybody, without replies in threads and Slack's own notes."""
        return [message for message in channel.messages if not message.is_reply and not message.is_note]

    def thread(self, message: Message) -> list[Message]:
        """The replies to this message, in order."""
        return self.workspace.channels[message.channel].replies(message.ts)

    def ephemerals(self, person: Person) -> list[Message]:
        """What was shown to this person alone, in order."""
        return [message for message in self.workspace.private if message.only_for == person.id]

    def dms(self, person: Person) -> list[Message]:
        """What stands in the direct conversation of this person with the bot."""
        return self.visible(self.workspace.direct(person.id))

    def modal(self, person: Person, title: str | None = None) -> View | None:
        """The form that this person has before them, the one on top (if it has this title)."""
        stack = self.workspace.modals.get(person.id)
        top = stack[-1] if stack else None
        return top if top and title in {None, top.title} else None

    def home(self, person: Person) -> View | None:
        """The bot's home page as published for this person."""
        return self.workspace.homes.get(person.id)
