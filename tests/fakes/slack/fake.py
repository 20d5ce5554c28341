"""The whole of it: one workspace that a bot can be pointed at."""

import time
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from tests.fakes.slack.faults import Faults, Log
from tests.fakes.slack.server import Server
from tests.fakes.slack.things import Channel, Message, Person, Token, View
from tests.fakes.slack.workspace import BOT_SCOPES, Workspace


class FakeSlack:
    """A workspace on loopback: `async with FakeSlack() as slack`.

    Point a bot at `api_url` with `bot_token`, `app_token` and `signing_secret`. `faults` makes things go wrong, `log` has
    every call, and `invalid` every refusal (or loss) for size or shape: a test of a good bot asserts that it is empty.
    """

    bot_token = "xoxb-fake-bot"
    app_token = "xapp-fake-app"
    user_token = "xoxp-fake-user"
    signing_secret = "fake-signing-secret"

    def __init__(self, *, trigger_seconds: float = 3.0, port: int = 0) -> None:
        self.workspace = Workspace(trigger_seconds=trigger_seconds)
        self.faults = Faults()
        self.log = Log()
        self._server = Server(workspace=self.workspace, faults=self.faults, log=self.log, port=port)
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
        await self._server.stop()

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
        self, name: str, *, user_id: str = "", tz: str = "Europe/Berlin", is_admin: bool = False, is_owner: bool = False
    ) -> Person:
        person = Person(
            id=user_id or self.workspace.new_id("U"),
            name=name.lower(),
            real_name=name,
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

    # What people see

    def visible(self, channel: Channel) -> list[Message]:
        """What stands in the channel for everybody, without replies in threads."""
        return [message for message in channel.messages if not message.is_reply]

    def thread(self, message: Message) -> list[Message]:
        """The replies to this message, in order."""
        return self.workspace.channels[message.channel].replies(message.ts)

    def ephemerals(self, person: Person) -> list[Message]:
        """What was shown to this person alone, in order."""
        return [message for message in self.workspace.private if message.only_for == person.id]

    def dms(self, person: Person) -> list[Message]:
        """What stands in the direct conversation of this person with the bot."""
        return self.visible(self.workspace.direct(person.id))

    def modal(self, person: Person) -> View | None:
        """The form that this person has before them: the one on top."""
        stack = self.workspace.modals.get(person.id)
        return stack[-1] if stack else None

    def home(self, person: Person) -> View | None:
        """The bot's home page as published for this person."""
        return self.workspace.homes.get(person.id)
