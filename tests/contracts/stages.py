"""A stage for each platform: its chat, and what people do there. A new adapter joins by adding its own to STAGES."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Protocol

from adapters.console import ConsoleChat, open_console
from adapters.console.records import Notice
from adapters.discord import open_discord
from adapters.redis.once import RedisOnce
from adapters.redis.store import Store
from adapters.slack import open_slack
from bot.domain.ids import MemberId, PlaceId, RoundId, last_part, programme_of, round_id
from bot.domain.programme import Programme, Schedule
from bot.domain.reply import Reply
from bot.domain.round import MessageRef, Round, RoundState
from bot.ports import Chat, Post
from bot.views import QuestionView, RevealView
from tests.adapters.console.samples import (
    ANA,
    BEN,
    IN_3_H,
    NOW,
    OTHER_PLACE,
    PLACE,
    QUESTION,
    REVEAL,
    StillClock,
)
from tests.adapters.discord import world as discord_world
from tests.adapters.slack import world as slack_world
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord import Message as DiscordMessage
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.things import Message

SINCE = datetime(2000, 1, 1, tzinfo=UTC)


class People(Protocol):
    """What members do on the platform itself, and what its admins were told."""

    async def say(self, post: MessageRef, member: MemberId, text: str) -> None: ...

    async def edit_last(self, member: MemberId, text: str) -> None: ...

    async def delete_last(self, member: MemberId) -> None: ...

    async def told(self) -> Sequence[str]: ...

    def minutes_pass(self) -> None:
        """Let the platform forget what was posted just now: till then it may take the same post for the one that it has."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A chat with its platform, two of its places and two of its members.

    ``shows_deletions``: what was deleted from a thread can be told when the thread is read back.
    """

    chat: Chat
    people: People
    place: PlaceId = PLACE
    other_place: PlaceId = OTHER_PLACE
    ana: MemberId = ANA
    ben: MemberId = BEN
    shows_deletions: bool = True

    @property
    def round(self) -> RoundId:
        return round_id(programme_of(self.place), date(2026, 11, 23))

    @property
    def next_round(self) -> RoundId:
        return round_id(programme_of(self.place), date(2026, 11, 24))

    @property
    def question(self) -> QuestionView:
        return replace(QUESTION, place=self.place, round=self.round)

    @property
    def reveal(self) -> RevealView:
        return replace(REVEAL, place=self.place, round=self.round)

    @property
    def programme(self) -> Programme:
        return a_programme(self.place, self.ana)

    async def found(
        self, post: Post = Post.QUESTION, place: PlaceId | None = None, round_: RoundId | None = None
    ) -> Sequence[MessageRef]:
        return await self.chat.find_posts(place or self.place, round_ or self.round, post, SINCE)

    async def texts(self, post: MessageRef) -> list[tuple[MemberId, str]]:
        return [(reply.member, reply.text) for reply in await self.read_back(post) if not reply.withdrawn]

    async def read_back(self, post: MessageRef) -> Sequence[Reply]:
        state, round_ = RoundState.OPEN, self.round
        read = await self.chat.read_back(
            Round(id=round_, place=self.place, question=None, state=state, asks_at=NOW, reveals_at=IN_3_H, post=post)
        )
        return read or []


@dataclass(frozen=True, slots=True)
class ConsolePeople:
    chat: ConsoleChat

    async def say(self, post: MessageRef, member: MemberId, text: str) -> None:
        assert await self.chat.say(post, member, text)

    async def edit_last(self, member: MemberId, text: str) -> None:
        assert await self.chat.amend(PLACE, member, text)

    async def delete_last(self, member: MemberId) -> None:
        assert await self.chat.withdraw(PLACE, member)

    async def told(self) -> Sequence[str]:
        changed, _ = await self.chat.changes(0)
        return [notice.text for notice in changed if isinstance(notice, Notice)]

    def minutes_pass(self) -> None:
        pass


@asynccontextmanager
async def console(folder: Path, _store: Store) -> AsyncIterator[Stage]:
    async with open_console(folder / "rooms" / "room.jsonl", StillClock()) as chat:
        yield Stage(chat=chat, people=ConsolePeople(chat))


@asynccontextmanager
async def console_in_memory(_folder: Path, _store: Store) -> AsyncIterator[Stage]:
    async with open_console(None, StillClock()) as chat:
        yield Stage(chat=chat, people=ConsolePeople(chat))


@dataclass(frozen=True, slots=True)
class SlackPeople:
    fake: FakeSlack
    last: dict[MemberId, Message] = field(default_factory=dict)

    async def say(self, post: MessageRef, member: MemberId, text: str) -> None:
        self.last[member] = slack_world.said(self.fake, post, last_part(member), text)

    async def edit_last(self, member: MemberId, text: str) -> None:
        self.fake.edit(self.last[member], text)

    async def delete_last(self, member: MemberId) -> None:
        self.fake.delete(self.last[member])

    async def told(self) -> Sequence[str]:
        about = f"<#{slack_world.CHANNEL}>: "
        return [message.text.removeprefix(about) for message in slack_world.told(self.fake, slack_world.ANA)]

    def minutes_pass(self) -> None:
        pass


@asynccontextmanager
async def slack(_folder: Path, store: Store) -> AsyncIterator[Stage]:
    async with (
        slack_world.workspace() as fake,
        open_slack(slack_world.access(fake), RedisOnce(store), StillClock()) as chat,
    ):
        yield Stage(
            chat=chat,
            people=SlackPeople(fake),
            place=slack_world.PLACE,
            other_place=slack_world.OTHER_PLACE,
            ana=slack_world.ANA,
            ben=slack_world.BEN,
            shows_deletions=False,
        )
        assert fake.invalid == []


@dataclass(frozen=True, slots=True)
class DiscordPeople:
    fake: FakeDiscord
    last: dict[MemberId, DiscordMessage] = field(default_factory=dict)

    async def say(self, post: MessageRef, member: MemberId, text: str) -> None:
        self.last[member] = discord_world.said(self.fake, post, member, text)

    async def edit_last(self, member: MemberId, text: str) -> None:
        self.fake.edit(self.last[member], text)

    async def delete_last(self, member: MemberId) -> None:
        self.fake.delete(self.last[member])

    async def told(self) -> Sequence[str]:
        about = f"<#{discord_world.CHANNEL}>\n"
        return [text.removeprefix(about) for text in discord_world.told(self.fake, discord_world.ANA)]

    def minutes_pass(self) -> None:
        discord_world.minutes_pass(self.fake)


@asynccontextmanager
async def discord(_folder: Path, store: Store) -> AsyncIterator[Stage]:
    async with (
        discord_world.server() as fake,
        open_discord(discord_world.access(fake), RedisOnce(store), StillClock()) as chat,
    ):
        yield Stage(
            chat=chat,
            people=DiscordPeople(fake),
            place=discord_world.PLACE,
            other_place=discord_world.OTHER_PLACE,
            ana=discord_world.ANA,
            ben=discord_world.BEN,
            shows_deletions=False,
        )
        assert fake.invalid == []


def a_programme(place: PlaceId, set_up_by: MemberId | None = None) -> Programme:
    schedule = Schedule(at=time(9), reveal_at=time(16), zone="Europe/Berlin")
    return Programme(id=programme_of(place), place=place, schedule=schedule, set_up_by=set_up_by)


STAGES: list[Callable[[Path, Store], AbstractAsyncContextManager[Stage]]] = [
    console,
    console_in_memory,
    discord,
    slack,
]
