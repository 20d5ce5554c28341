"""What every Chat does, whatever its platform. A new adapter joins by adding its stage to STAGES."""

import asyncio
import json
import os
import subprocess
import sys
import time as waiting
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Protocol

import pytest

from adapters.console import ConsoleChat, open_console
from adapters.console.records import Notice
from adapters.discord import open_discord
from adapters.redis.once import RedisOnce
from adapters.redis.store import Store
from adapters.slack import open_slack
from bot.domain.ids import MemberId, PlaceId, RoundId, last_part, programme_of, round_id
from bot.domain.programme import Programme, Schedule
from bot.domain.reply import Reply, Via
from bot.domain.round import MessageRef, Round, RoundState
from bot.ports import Chat, Post
from bot.views import NoticeView, QuestionView, RevealView
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

ROOT = Path(__file__).parents[2]
WORKER = ROOT / "tests" / "adapters" / "console" / "worker.py"
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


STAGES: list[Callable[[Path, Store], AbstractAsyncContextManager[Stage]]] = [
    console,
    console_in_memory,
    discord,
    slack,
]


@pytest.fixture(params=STAGES, ids=lambda factory: factory.__name__)
async def stage(request: pytest.FixtureRequest, tmp_path: Path, store: Store) -> AsyncIterator[Stage]:
    async with request.param(tmp_path, store) as opened:
        yield opened


def a_programme(place: PlaceId, set_up_by: MemberId | None = None) -> Programme:
    schedule = Schedule(at=time(9), reveal_at=time(16), zone="Europe/Berlin")
    return Programme(id=programme_of(place), place=place, schedule=schedule, set_up_by=set_up_by)


async def test_a_post_is_found_once_it_stands_and_not_before(stage: Stage) -> None:
    assert await stage.found() == []

    post = await stage.chat.post_question(stage.question)

    assert await stage.found() == [post]


async def test_two_posts_of_one_round_are_found_oldest_first(stage: Stage) -> None:
    first = await stage.chat.post_question(stage.question)
    stage.people.minutes_pass()
    second = await stage.chat.post_question(stage.question)

    assert await stage.found() == [first, second]


async def test_question_and_reveal_are_told_apart(stage: Stage) -> None:
    question = await stage.chat.post_question(stage.question)
    reveal = await stage.chat.post_reveal(replace(stage.reveal, post=question))

    assert (await stage.found(Post.QUESTION), await stage.found(Post.REVEAL)) == ([question], [reveal])


async def test_places_and_rounds_do_not_mix(stage: Stage) -> None:
    here = await stage.chat.post_question(stage.question)
    elsewhere = await stage.chat.post_question(replace(stage.question, place=stage.other_place))
    later = await stage.chat.post_question(replace(stage.question, round=stage.next_round))

    assert await stage.found() == [here]
    assert await stage.found(place=stage.other_place) == [elsewhere]
    assert await stage.found(round_=stage.next_round) == [later]


async def test_an_edited_post_is_the_same_post(stage: Stage) -> None:
    question = await stage.chat.post_question(stage.question)
    reveal = await stage.chat.post_reveal(stage.reveal)

    await stage.chat.edit_question(question, replace(stage.question, closed=True))
    await stage.chat.edit_reveal(reveal, replace(stage.reveal, final=True))

    assert (await stage.found(Post.QUESTION), await stage.found(Post.REVEAL)) == ([question], [reveal])


@pytest.mark.parametrize("post", list(Post))
async def test_a_deleted_post_is_absent_and_further_changes_of_it_are_no_error(stage: Stage, post: Post) -> None:
    kept = await posted(stage, post)
    stage.people.minutes_pass()
    gone = await posted(stage, post)

    for _twice in range(2):
        await stage.chat.delete_post(stage.place, gone)
    await stage.chat.edit_question(gone, stage.question)
    await stage.chat.edit_reveal(gone, stage.reveal)

    assert await stage.found(post) == [kept]


async def posted(stage: Stage, post: Post) -> MessageRef:
    if post is Post.QUESTION:
        return await stage.chat.post_question(stage.question)
    return await stage.chat.post_reveal(stage.reveal)


async def test_replies_are_read_back_as_their_thread_has_them_now(stage: Stage) -> None:
    post = await stage.chat.post_question(stage.question)
    await stage.people.say(post, stage.ana, "first")
    await stage.people.say(post, stage.ana, "secnod")
    await stage.people.say(post, stage.ben, "never mind")

    await stage.people.edit_last(stage.ana, "second")
    await stage.people.delete_last(stage.ben)

    assert await stage.texts(post) == [(stage.ana, "first"), (stage.ana, "second")]
    withdrawn = [reply.member for reply in await stage.read_back(post) if reply.withdrawn]
    assert withdrawn == ([stage.ben] if stage.shows_deletions else [])


async def test_a_reply_read_twice_is_the_same_delivery_and_an_edited_one_is_a_later_one(stage: Stage) -> None:
    post = await stage.chat.post_question(stage.question)
    await stage.people.say(post, stage.ana, "first")
    (before,) = await stage.read_back(post)

    assert await stage.read_back(post) == [before]
    await stage.people.edit_last(stage.ana, "better")
    (after,) = await stage.read_back(post)

    assert (after.part, after.via, after.round) == (before.part, Via.THREAD, stage.round)
    assert after.delivery != before.delivery
    assert after.version > before.version


async def test_nothing_is_read_back_from_the_thread_of_another_round(stage: Stage) -> None:
    post = await stage.chat.post_question(stage.question)
    other = await stage.chat.post_question(replace(stage.question, round=stage.next_round))
    await stage.people.say(other, stage.ana, "about the other one")

    assert await stage.texts(post) == []


async def test_admins_are_told_once_per_key(stage: Stage) -> None:
    for key, text in (("a", "first"), ("a", "again"), ("b", "second")):
        await stage.chat.tell_admins(stage.programme, NoticeView(text=text), key)

    assert await stage.people.told() == ["first", "second"]


async def test_calls_at_the_same_time_do_not_get_into_each_other_s_way(stage: Stage) -> None:
    rounds = [round_id(programme_of(stage.place), date(2026, 11, 23), number) for number in range(1, 21)]

    async def post(round_: RoundId) -> MessageRef:
        return await stage.chat.post_question(replace(stage.question, round=round_))

    posts = await asyncio.gather(*(post(round_) for round_ in rounds))

    assert [await stage.found(round_=round_) for round_ in rounds] == [[post] for post in posts]
    assert len(set(posts)) == 20


# --- with real processes --------------------------------------------------------------------------------------------
# The console's own: its platform is a file that these processes write. A platform behind a server numbers what it is sent.

Started = subprocess.Popen[str]


def worker(path: Path, name: str, *, posts: int = 0, size: int = 100) -> Started:
    command = [sys.executable, str(WORKER), str(path), name, str(posts), str(size)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def begin(process: Started) -> None:
    assert process.stdin
    process.stdin.write("begin\n")
    process.stdin.flush()


def test_two_processes_share_a_room_and_no_id_or_line_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "room.jsonl"

    started = [worker(path, name, posts=150) for name in ("a", "b")]
    for one in started:
        begin(one)
    acknowledged = [line.split() for one in started for line in one.communicate(timeout=60)[0].splitlines()]

    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert len(acknowledged) == 300
    assert [line["id"] for line in lines] == [str(number) for number in range(1, 301)]
    assert sorted(acknowledged) == sorted([line["id"], line["round"]] for line in lines)


async def test_a_kill_in_the_middle_of_an_append_loses_only_what_was_not_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "room.jsonl"
    acknowledged, torn = [], []
    for kill in range(3):
        acknowledged += acknowledged_before_kill(path, f"kill-{kill}")
        torn.append(killed_while_writing(path))
    assert any(torn)

    async with open_console(path, StillClock()) as chat:
        for ref, round_ in acknowledged:
            assert await chat.find_posts(PLACE, RoundId(round_), Post.QUESTION, SINCE) == [ref]
        last = await chat.post_question(QUESTION)
        assert await chat.find_posts(PLACE, QUESTION.round, Post.QUESTION, SINCE) == [last]
    ids = [json.loads(line)["id"] for line in path.read_bytes().splitlines()]
    assert ids == [str(number) for number in range(1, len(ids) + 1)]


def acknowledged_before_kill(path: Path, name: str) -> list[list[str]]:
    """Let a process post, kill it while it goes on, and return what it was told stands."""
    with worker(path, name) as process:
        begin(process)
        assert process.stdout
        said = [process.stdout.readline() for _ in range(5)]
        process.kill()
        said += process.stdout.readlines()
    return [line.split() for line in said if line.endswith("\n")]


def killed_while_writing(path: Path) -> bool:
    """Let a process post something so long that it can be killed halfway; tell whether it was."""
    whole = path.stat().st_size
    with worker(path, "half", size=40_000_000) as process:
        begin(process)
        while path.stat().st_size < whole + 1_000_000 and process.poll() is None:
            waiting.sleep(0.001)
        process.kill()
    return not path.read_bytes().endswith(b"\n")
