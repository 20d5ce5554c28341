"""A whole bot on our Discord: the real core on a real store, with a clock that goes on when the test says so."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar, cast

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from adapters.discord.access import Access
from adapters.discord.gateway import DiscordGateway
from adapters.discord.inbound import Pace, listening
from adapters.discord.rest import open_rest
from adapters.redis.once import RedisOnce
from adapters.redis.store import Store
from bot.app.core import Core, compose
from bot.domain.score import PeriodKind, period
from bot.ports import Chat, Listening
from tests.fakes.discord import Answer, Channel, FakeDiscord, Guild, Message, Modal, Person, words
from tests.fakes.discord.things import Json
from tests.mischief import Mischief, StillClock, StillStore
from tests.world import LEASE, Shelf, WordGrader, question

T = TypeVar("T")

EARLY = datetime(2025, 3, 3, 7, 0, tzinfo=UTC)
"""A Monday morning, an hour before nine in Berlin."""
PACE = Pace(grace=1.5, lease=0.8, turn=0.1)


class PassingClock(StillClock):
    """A clock on which a moment passes whenever somebody looks at it."""

    def now(self) -> datetime:
        self.at += timedelta(microseconds=1)
        return self.at


@dataclass(kw_only=True)
class Quiz:
    discord: FakeDiscord
    core: Core
    clock: StillClock
    chat: DiscordGateway
    access: Access
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
    def guild(self) -> Guild:
        return self.discord.guild

    @property
    def place(self) -> str:
        return f"discord:{self.guild.id}:{self.channel.id}"

    async def until_done(self, act: Callable[[], Awaitable[Answer]]) -> Answer:
        """Do something, and again if Discord says that the application did not respond, as people do."""
        for _ in range(20):
            done = await act()
            if done.ok:
                return done
        raise TimeoutError

    async def type(self, person: Person, line: str, **options: object) -> Answer:
        named: Json = {name.replace("_", "-"): value for name, value in options.items()}
        return await self.until_done(lambda: self.discord.type_command(person, self.channel, line, named))

    async def press(self, person: Person, where: Message, button: str) -> Answer:
        return await self.until_done(lambda: self.discord.click(person, where, button))

    async def send(self, person: Person, form: Modal, values: Json | None = None) -> Answer:
        return await self.until_done(lambda: self.discord.submit(person, form, values))

    async def opened(self, person: Person, where: Message, button: str) -> Modal:
        """Press a button and return the form that it opens."""
        form = (await self.press(person, where, button)).modal
        assert form
        return form

    async def answered(self, person: Person, post: Message, text: str) -> Message:
        """Answer by form, and return the receipt."""
        form = await self.opened(person, post, "Answer")
        return await self.shown(await self.send(person, form, {"text": text}))

    async def shown(self, answer: Answer) -> Message:
        """Return what somebody was shown, once it is there."""
        return await self.discord.until(lambda: one if (one := answer.message) and not one.loading else None)

    async def set_up(self, **options: object) -> None:
        await self.type(self.lead, "/quiz-admin setup", zone="Europe/Berlin", **options)
        await self.told(self.lead, "09:00")

    async def ask(self) -> Message:
        """Ask at once, and return the post."""
        known = len(self.posts())
        await self.type(self.lead, "/quiz-admin ask-now")
        return await self.later_until(lambda: next(iter(self.posts()[known:]), None))

    async def reveal(self) -> Message:
        """Reveal at once, and return the reveal."""
        post = self.posts()[-1]
        await self.type(self.lead, "/quiz-admin reveal-now")
        return await self.later_until(lambda: next(iter(self.reveals(post)), None))

    async def at(self, hour: int, minute: int = 0, *, day: date | None = None) -> None:
        """Let the clock show a time (UTC), and carry out what is due."""
        on = day or self.clock.at.date()
        self.clock.at = datetime(on.year, on.month, on.day, hour, minute, tzinfo=UTC)
        await self.due()

    async def due(self) -> None:
        while leases := await self.core.agenda.claim("discord", 1):
            await self.core.rounds.carry_out(leases[0])

    async def later_until(self, condition: Callable[[], T | None]) -> T:
        """Let time pass in steps of some seconds, until something is there: what was limited or broken comes again."""
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

    async def rest(self, seconds: float = 0.3) -> None:
        """Wait until nothing more is asked of Discord for so long."""
        calls = -1
        while calls != len(self.discord.log.calls):
            calls = len(self.discord.log.calls)
            await asyncio.sleep(seconds)

    async def told(self, person: Person, said: str, *, nth: int = 0) -> Message:
        """Wait until somebody was told something in private, and return it."""
        return await self.discord.until(lambda: next(iter(self.all_told(person, said)[nth:]), None))

    def all_told(self, person: Person, said: str) -> list[Message]:
        return [one for one in self.discord.ephemerals(person) if said in words(one)]

    def posts(self) -> list[Message]:
        """Return the bot's questions in the channel."""
        return [one for one in self.ours() if any(name in str(one.components) for name in ("'answer:", "'closed:"))]

    def ours(self) -> list[Message]:
        """Return what the bot has said in the channel for all to read."""
        return [one for one in self.discord.visible(self.channel) if one.author == self.discord.bot.id]

    def asides(self) -> list[Message]:
        """Return the bot's replies to what people wrote in the channel."""
        return [one for one in self.ours() if one not in self.posts()]

    def reveals(self, post: Message) -> list[Message]:
        thread = self.discord.thread(post)
        return [one for one in (self.discord.visible(thread) if thread else ()) if "'grade:" in str(one.components)]

    async def comes_to(self, points: dict[str, int]) -> None:
        """Wait until the ranking is this."""
        async with asyncio.timeout(5):
            while await self.points() != points:
                await asyncio.sleep(0.02)

    async def points(self) -> dict[str, int]:
        page = await self.core.boards.page(self.place, period(PeriodKind.ALL, EARLY.date()), None)  # type: ignore[arg-type]
        names = {person.id: person.name for person in self.discord.world.people.values()}
        return {names[one.member.rpartition(":")[2]]: one.points for one in page.top}


@asynccontextmanager
async def open_quiz(
    store: Store, *, message_content: bool = False, listens: bool = True, content_type: str = "application/json"
) -> AsyncIterator[Quiz]:
    """Open a server with a channel and somebody who may manage it, and a bot that listens, or is to."""
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(FakeDiscord())
        discord.gateway.heartbeat = 0.5
        discord.say_it_is(content_type)
        if message_content:
            discord.privileged.add("message_content")
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
        access = Access(token=discord.token, api_url=discord.api_url, message_content=message_content)
        rest = await stack.enter_async_context(open_rest(access, asyncio.get_running_loop().time))
        chat = DiscordGateway(rest, RedisOnce(still), access)
        core = compose(
            still, Shelf([question(n) for n in range(6)]), WordGrader(), {"discord": cast("Chat", chat)}, None, clock
        )
        manager = discord.add_role("lead", "manage_guild")
        ana, ben, chris = (discord.add_user(name) for name in ("Ana", "Ben", "Chris"))
        quiz = Quiz(
            discord=discord,
            core=replace(core, rounds=replace(core.rounds, chance=lambda: 0.5)),
            clock=clock,
            chat=chat,
            access=access,
            channel=discord.add_channel("quiz"),
            lead=discord.add_user("Lea", roles=[manager]),
            ana=ana,
            ben=ben,
            chris=chris,
            listening=Listening(ready=lambda: (False, {})),
            store=store,
            mischief=still.mischief,
        )
        if listens:
            quiz.listening = await stack.enter_async_context(open_bot(quiz))
            await discord.until(lambda: quiz.listening.ready()[0] and discord.world.commands)
        yield quiz


@asynccontextmanager
async def open_bot(quiz: Quiz, pace: Pace = PACE) -> AsyncIterator[Listening]:
    """Let a process's worth of listening begin, beside others or alone."""
    async with listening(quiz.access, quiz.chat, quiz.core.doors, pace) as one:
        yield one


@asynccontextmanager
async def open_ear(quiz: Quiz) -> AsyncIterator[None]:
    """Let a second bot hear everything too, as if it had not lost its lease: on a store of its own it holds the same shard."""
    doors = replace(quiz.core.doors, leases=NoLeases())
    async with listening(quiz.access, quiz.chat, doors, PACE) as second:
        await quiz.discord.until(lambda: second.ready()[0])
        yield


class NoLeases:
    """Everybody gets what is asked for."""

    async def take(self, _name: str, _holder: str, _seconds: float) -> None:
        return None

    async def give_up(self, _name: str, _holder: str) -> None:
        pass

    async def agree(self, _name: str, proposed: str, _seconds: float) -> str:
        return proposed
