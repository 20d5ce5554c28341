"""The bot as it is wired, on a store that is there, with a chat that only takes its time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any

from adapters.grading.pool import grading_pool
from adapters.redis.programmes import RedisProgrammes
from adapters.redis.rounds import RedisRounds
from adapters.redis.store import Store
from bot.app import open_store
from bot.app.core import Core, compose
from bot.domain.ids import PlaceId, RoundId, member_id, place_id, programme_of
from bot.domain.programme import Programme, Schedule
from bot.domain.question import Question
from bot.domain.reply import Reply, Via
from bot.domain.round import MessageRef, Round
from bot.ports import Caller, Grader, Post
from bot.service.openings import UPCOMING
from bot.settings import Settings, load
from bot.views import NoticeView, QuestionView, RevealView
from content.bank import Bank, default_packs
from scheduler import calendar
from tests.crash.case import zone_where_it_is_six

PLATFORM = "console"


@dataclass(slots=True)
class SlowChat:
    """A platform that takes ``seconds`` for every call and keeps what was posted: the load, not what is measured."""

    seconds: float = 0.0
    calls: int = 0
    posts: list[RoundId] = field(default_factory=list)
    platform: str = PLATFORM

    async def find_posts(self, _place: PlaceId, _round: RoundId, _post: Post, _since: datetime) -> Sequence[MessageRef]:
        await self._wait()
        return ()

    async def post_question(self, view: QuestionView) -> MessageRef:
        await self._wait()
        self.posts.append(view.round)
        return MessageRef(str(len(self.posts)))

    async def post_reveal(self, _view: RevealView) -> MessageRef:
        await self._wait()
        return MessageRef("reveal")

    async def edit_question(self, _post: MessageRef, _view: QuestionView) -> None:
        await self._wait()

    async def edit_reveal(self, _post: MessageRef, _view: RevealView) -> None:
        await self._wait()

    async def delete_post(self, _place: PlaceId, _post: MessageRef) -> None:
        await self._wait()

    async def read_back(self, _round: Round) -> Sequence[Reply]:
        await self._wait()
        return ()

    async def tell_admins(self, _programme: Programme, _notice: NoticeView, _key: str) -> None:
        await self._wait()

    async def _wait(self) -> None:
        self.calls += 1
        await asyncio.sleep(self.seconds)


@dataclass(slots=True, kw_only=True)
class Stage:
    """A core in this process, and what people and time would do to it."""

    store: Store
    core: Core
    grader: Grader
    bank: Bank

    async def command(self, place: PlaceId, name: str, text: str) -> Any:
        caller = Caller(place=place, member=member_id(PLATFORM, "home", "ana"), delivery=text, admin=True)
        return await self.core.desk.command(caller, name, text)

    async def set_up(self, place: PlaceId) -> None:
        zone, _ = zone_where_it_is_six()
        await self.command(place, "quiz-admin", f"setup zone={zone} days=daily at=12:00 reveal=20:00")

    async def opened(self, channel: str) -> RoundId:
        """Set a place up, and return its round that is open."""
        place = place_id(PLATFORM, "home", channel)
        await self.set_up(place)
        await self.command(place, "quiz-admin", "ask-now")
        await self.carry_out_due()
        open_ = await self.core.round_in(place)
        assert open_
        return open_.id

    async def get(self, round_: RoundId) -> Round:
        found = await RedisRounds(self.store).get(round_)
        assert found
        return found

    async def question(self, round_: RoundId) -> Question:
        """Return the round's question as the bank has it, with its sample replies."""
        found = self.bank.get((await self.get(round_)).asked().id)
        assert found
        return found

    async def carry_out_due(self) -> None:
        for lease in await self.core.agenda.claim(PLATFORM, 1):
            await self.core.rounds.carry_out(lease)


@asynccontextmanager
async def open_stage(url: str) -> AsyncIterator[Stage]:
    settings, bank = settings_for(url), Bank.load(default_packs())
    async with open_store(settings) as store, grading_pool() as grader:
        core = compose(store, bank, grader, {PLATFORM: SlowChat()})
        yield Stage(store=store, core=core, grader=grader, bank=bank)


def settings_for(url: str) -> Settings:
    return load({"STUDYBOT_REDIS_URL": url, "STUDYBOT_HTTP_PORT": "0"}, env_file=None)


def reply_of(round_: RoundId, number: int, text: str = "") -> Reply:
    """Make the only reply of a member, as long as people's are."""
    return Reply(
        round=round_,
        member=member_id(PLATFORM, "home", f"member{number}"),
        text=text
        or f"Number {number} would look at the data first, then compare it with what the model was trained on.",
        via=Via.FORM,
        delivery=f"delivery{number}",
        version=number,
    )


async def set_up_programmes(store: Store, count: int, at: datetime) -> None:
    """Set up as many programmes, each in a team of its own, whose question is due at an instant to the second."""
    zone, east = zone_where_it_is_six()
    local = (at.astimezone(UTC) + timedelta(hours=east)).time().replace(microsecond=0)
    schedule = Schedule(at=local, reveal_at=time(20), zone=zone, weekdays=frozenset(range(7)))
    occurrences = calendar.following(schedule, at - timedelta(seconds=1))
    upcoming = [next(occurrences) for _ in range(UPCOMING)]
    programmes = RedisProgrammes(store)

    async def save(number: int) -> None:
        place = place_id(PLATFORM, f"team{number}", "general")
        await programmes.save(Programme(id=programme_of(place), place=place, schedule=schedule), upcoming)

    await at_once(50, [partial(save, number) for number in range(count)])


async def at_once(concurrency: int, calls: Sequence[Callable[[], Awaitable[Any]]]) -> None:
    """Carry out the calls, so many at a time."""
    waiting = iter(calls)

    async def one_after_the_other() -> None:
        for call in waiting:
            await call()

    await asyncio.gather(*(one_after_the_other() for _ in range(concurrency)))
