"""A whole bot on our Slack: the real core on a real store, with a clock that goes on when the test says so."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar, cast

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from adapters.http import delivered, open_server
from adapters.redis.once import RedisOnce
from adapters.redis.store import Store
from adapters.slack.access import Access, Mode
from adapters.slack.client import open_client
from adapters.slack.gateway import SlackGateway
from adapters.slack.posts import Identity
from bot.app.core import Core, compose
from bot.domain.score import PeriodKind, period
from bot.ports import Chat, Listening
from tests.fakes.slack import Channel, FakeSlack, Message, Person, View
from tests.fakes.slack.deliveries import Answer
from tests.fakes.slack.hands import Submission
from tests.fakes.slack.things import Json
from tests.mischief import Mischief, StillClock, StillStore
from tests.world import LEASE, Shelf, WordGrader, question

T = TypeVar("T")
D = TypeVar("D", Answer, Submission)

EARLY = datetime(2025, 3, 3, 7, 0, tzinfo=UTC)
"""A Monday morning, an hour before nine in Berlin."""


class PassingClock(StillClock):
    """A clock on which a moment passes whenever somebody looks at it."""

    def now(self) -> datetime:
        self.at += timedelta(microseconds=1)
        return self.at


@dataclass(kw_only=True)
class Quiz:
    slack: FakeSlack
    core: Core
    clock: StillClock
    chat: SlackGateway
    channel: Channel
    lead: Person
    ana: Person
    ben: Person
    chris: Person
    listening: Listening
    store: Store
    mischief: Mischief
    """What the store is to suffer."""

    @property
    def place(self) -> str:
        return f"slack:{self.chat.identity.team}:{self.channel.id}"

    async def until_done(self, act: Callable[[], Awaitable[D]]) -> D:
        """Do something, and again if Slack says that it failed, as people do."""
        for _ in range(100):
            done = await act()
            if done.ok if isinstance(done, Answer) else done.outcome != "failed":
                return done
            await asyncio.sleep(0.05)
        raise TimeoutError

    async def type(self, person: Person, line: str) -> None:
        await self.until_done(lambda: self.slack.type_command(person, self.channel, line))

    async def send(self, person: Person, form: View, values: Json | None = None) -> Submission:
        return await self.until_done(lambda: self.slack.submit(person, form, values))

    async def press(self, person: Person, where: Message | View, button: str) -> None:
        await self.until_done(lambda: self.slack.click(person, where, button))

    async def set_up(self, words: str = "") -> None:
        await self.type(self.lead, f"/quiz-admin setup zone=Europe/Berlin {words}")
        await self.told(self.lead, "09:00")

    async def reveal(self) -> Message:
        """Reveal at once, and return the post."""
        await self.type(self.lead, "/quiz-admin reveal-now")
        post = self.posts()[-1]
        return await self.later_until(lambda: next(iter(self.reveals(post)), None))

    async def opened(self, person: Person, where: Message | View, button: str) -> View:
        """Press a button and return the form that it opens, once it can be filled in."""
        before = self.slack.modal(person)
        await self.press(person, where, button)
        return await self.slack.until(lambda: self.form(person) if self.slack.modal(person) is not before else None)

    def form(self, person: Person) -> View | None:
        """Return the form before somebody, once it is no longer being loaded."""
        view = self.slack.modal(person)
        return view if view and any(block["type"] == "input" for block in view.blocks) else None

    async def at(self, hour: int, minute: int = 0, *, day: date | None = None) -> None:
        """Let the clock show a time (UTC), and carry out what is due."""
        on = day or self.clock.at.date()
        self.clock.at = datetime(on.year, on.month, on.day, hour, minute, tzinfo=UTC)
        await self.due()

    async def due(self) -> None:
        while leases := await self.core.agenda.claim("slack", 1):
            await self.core.rounds.carry_out(leases[0])

    async def later_until(self, condition: Callable[[], T | None]) -> T:
        """Let time pass in steps of some seconds, until something is there: what was limited or broken comes again.

        Slack's limits are waited for by the real clock, so that this one is what bounds the waiting.
        """
        async with asyncio.timeout(30):
            while True:
                await self.due()
                if found := condition():
                    return found
                self.clock.go(seconds=10)
                await asyncio.sleep(0.05)

    async def stall(self, seconds: float) -> None:
        """Let the store answer nobody for so long."""
        await self.store.steady.client_pause(round(seconds * 1000))

    async def rest(self) -> None:
        """Wait until everything that was delivered has been taken and answered."""
        calls = -1
        while calls != len(self.slack.log.calls):
            calls = len(self.slack.log.calls)
            await self.slack.deliveries.settled()
            await asyncio.sleep(0.1)

    async def told(self, person: Person, words: str, *, nth: int = 0) -> Message:
        """Wait until somebody was told something in private, and return it."""
        return await self.slack.until(lambda: next(iter(self.all_told(person, words)[nth:]), None))

    def all_told(self, person: Person, words: str) -> list[Message]:
        return [one for one in self.slack.ephemerals(person) if words in spoken(one)]

    def post(self) -> Message | None:
        """Return the question's post, once it is there."""
        return next(iter(self.posts()), None)

    def every_dm(self, person: Person) -> list[Message]:
        """Return all that stands in somebody's own conversation with the bot, threads among it."""
        return self.slack.dm(person).messages

    def posts(self) -> list[Message]:
        """Return what the bot has posted for all in the channel."""
        return [one for one in self.slack.visible(self.channel) if one.by_bot]

    def reveals(self, post: Message) -> list[Message]:
        return [one for one in self.slack.thread(post) if one.by_bot]

    async def points(self) -> dict[str, int]:
        page = await self.core.boards.page(self.place, period(PeriodKind.ALL, EARLY.date()), None)  # type: ignore[arg-type]
        names = {person.id: person.name for person in self.slack.workspace.people.values()}
        return {names[one.member.rpartition(":")[2]]: one.points for one in page.top}


@asynccontextmanager
async def open_quiz(store: Store, mode: Mode = Mode.SOCKET) -> AsyncIterator[Quiz]:
    """Open a workspace with a channel that the lead created, and a bot that listens in it."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(FakeSlack())
        clock = PassingClock(EARLY)
        path = store.steady.connection_pool.connection_kwargs["path"]
        quick = Redis(unix_socket_path=path, decode_responses=True, retry=Retry(NoBackoff(), 0), socket_timeout=1)
        stack.push_async_callback(quick.aclose)
        still = StillStore(
            steady=store.steady,
            quick=quick,
            limits=replace(store.limits, lease=LEASE),
            observe=None,
            clock=clock,
            mischief=Mischief(),
        )
        access = Access(
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            signing_secret=slack.signing_secret,
            mode=mode,
            api_url=slack.api_url,
        )
        client = await stack.enter_async_context(open_client(access, time.monotonic))
        identity = Identity(team="T024", team_name="Example", user=slack.workspace.bot.id, bot=slack.workspace.bot_id)
        chat = SlackGateway(client, identity, RedisOnce(still), access)
        core = compose(
            still, Shelf([question(n) for n in range(6)]), WordGrader(), {"slack": cast("Chat", chat)}, None, clock
        )
        listening = await stack.enter_async_context(chat.listening(core.doors))
        lead, ana, ben, chris = (slack.add_user(name) for name in ("Lea", "Ana", "Ben", "Chris"))
        quiz = Quiz(
            slack=slack,
            core=replace(core, rounds=replace(core.rounds, chance=lambda: 0.5)),
            clock=clock,
            chat=chat,
            channel=slack.add_channel("quiz", creator=lead, members=[ana, ben, chris]),
            lead=lead,
            ana=ana,
            ben=ben,
            chris=chris,
            listening=listening,
            store=store,
            mischief=still.mischief,
        )
        if mode is Mode.HTTP:
            await stack.enter_async_context(_served(slack, listening))
        else:
            await slack.until(lambda: listening.ready()[0])
        yield quiz


@asynccontextmanager
async def another_bot(quiz: Quiz) -> AsyncIterator[None]:
    """Let a second process's worth of listening stand beside the first, on the same store."""
    async with quiz.chat.listening(quiz.core.doors) as listening, _served(quiz.slack, listening):
        yield


@asynccontextmanager
async def _served(slack: FakeSlack, listening: Listening) -> AsyncIterator[None]:
    routes = [delivered(route) for route in listening.routes]
    async with open_server("127.0.0.1", 0, ready=_ready, routes=routes) as (host, port):
        slack.requests.addresses.append(f"http://{host}:{port}{listening.routes[0].path}")
        yield


def spoken(message: Message) -> str:
    """Return all that a message says: its text, and whatever stands in its blocks."""
    return " ".join([message.text, *(_words(block) for block in message.blocks)])


def _words(node: object) -> str:
    match node:
        case {"text": str(text)}:
            return text
        case dict():
            return " ".join(_words(value) for value in node.values())
        case list():
            return " ".join(_words(value) for value in node)
        case _:
            return ""


async def _ready() -> tuple[bool, dict[str, object]]:
    return True, {}
