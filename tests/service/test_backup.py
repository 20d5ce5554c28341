"""A store made from a backup that was taken while the bot ran goes on as if nothing had been but what it holds."""

import random
import shutil
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from adapters.redis.backup import RedisBackup, Row
from adapters.redis.store import Store
from bot.domain.ids import MemberId, PlaceId, RoundId, programme_of, round_id
from bot.domain.reply import ReceiptState
from bot.domain.round import RoundState
from bot.ports import Post
from bot.views import GradeView
from tests.backups import backed_up, restored
from tests.expiry import keys_without_expiry
from tests.world import MONDAY, OTHER_PLACE, PLACE, World, build, question, who

QUESTIONS = [question(number) for number in range(12)]
NAMES = ("ana", "ben", "chris", "dana")


class EndedError(Exception):
    """The backup is there, and the bot it was taken from ends."""


@dataclass(slots=True, kw_only=True)
class Storm:
    """Two places on a few quiz days, while a backup is read line by line between any two steps of theirs."""

    world: World
    chance: random.Random
    starts_at: int
    pace: float
    goes_on: bool
    rows: list[Row] = field(default_factory=list)
    is_whole: bool = False
    sent: dict[tuple[RoundId, MemberId], str] = field(default_factory=dict)
    said: dict[tuple[RoundId, MemberId], list[str]] = field(default_factory=lambda: defaultdict(list))
    said_before: dict[tuple[RoundId, MemberId], str] = field(default_factory=dict)
    spoken: set[RoundId] = field(default_factory=set)
    checked_before: set[tuple[RoundId, MemberId]] = field(default_factory=set)
    _checked: set[tuple[RoundId, MemberId]] = field(default_factory=set)
    _turns: int = 0
    _is_reading: bool = False
    _reader: AsyncIterator[Row] | None = None

    async def rage(self) -> None:
        """Play until the days, and the backup, are over."""
        self.world.mischief.wild = lambda _: self._read
        with suppress(EndedError):
            await self._days()
            while not self.is_whole:
                self.pace = 0.9
                await self._read()
        self.world.mischief.wild = None

    async def _read(self) -> None:
        if self._is_reading or self.is_whole:
            return
        self._turns += 1
        if self._turns < self.starts_at:
            return
        if self._reader is None:
            self._reader = RedisBackup(store=self.world.store, bot="1", page=1).rows()
            self.said_before = {key: texts[-1] for key, texts in self.said.items()}
            self.checked_before = set(self._checked)
        self._is_reading = True
        while self.chance.random() < self.pace:
            row = await anext(self._reader, None)
            if row is None:
                self.is_whole = True
                if not self.goes_on:
                    raise EndedError
                break
            self.rows.append(row)
        self._is_reading = False

    async def _days(self) -> None:
        await self.world.set_up()
        await self.world.set_up(OTHER_PLACE, "zone=UTC at=09:30 reveal=15:00")
        for days in range(4):
            await self._day(MONDAY + timedelta(days=days), is_skipped=days == 2)
            if days == 1:
                await self._by_hand()

    async def _day(self, day: date, *, is_skipped: bool) -> None:
        world, rounds = self.world, [round_id(programme_of(place), day) for place in (PLACE, OTHER_PLACE)]
        for hour, minute in ((9, 0), (9, 30)):
            await world.at(hour, minute, day=day)
        for round_ in rounds * 2:
            for name in self.chance.sample(NAMES, 3):
                await self._reply(name, round_)
        if not is_skipped:
            await world.say("eva", "gamma", rounds[0])
            self.spoken.add(rounds[0])
        await world.desk.practice_answer(world.caller("ben"), f"q{self.chance.randrange(12)}", "alpha and gamma")
        if self.chance.random() < 0.5:
            await world.admin("reveal-now")
        for hour in (15, 16):
            await world.at(hour, day=day)
        for round_ in rounds:
            for name in self.chance.sample(NAMES, 2):
                await self._check(name, round_)

    async def _by_hand(self) -> None:
        await self.world.admin("ask-now")
        await self.world.due()
        await self._reply("ana", round_id(programme_of(PLACE), MONDAY + timedelta(days=1), 2))
        await self.world.admin("skip")

    async def _reply(self, name: str, round_: RoundId) -> None:
        text = " and ".join(self.chance.sample(("alpha", "beta", "gamma", "delta"), 2)) + f" {self._turns}"
        self.sent[round_, who(name)] = text
        receipt = await self.world.reply(name, text, round_)
        if receipt.state is ReceiptState.ACCEPTED:
            self.said[round_, who(name)].append(text)

    async def _check(self, name: str, round_: RoundId) -> None:
        ticks = [self.chance.random() < 0.5 for _ in range(3)]
        view = await self.world.desk.check(
            self.world.caller(name, PlaceId(round_.rpartition(":")[0])), round_, ticks, "I did"
        )
        if isinstance(view, GradeView):
            self._checked.add((round_, who(name)))


@pytest.mark.parametrize("goes_on", [False, True])
@pytest.mark.parametrize("seed", range(24))
@pytest.mark.usefixtures("unsynced")
async def test_nothing_acknowledged_is_lost_and_nothing_doubled(
    store: Store, second: Store, tmp_path: Path, seed: int, goes_on: bool
) -> None:
    chance = random.Random(seed)
    first = build(store, QUESTIONS, room_file=tmp_path / "room")
    storm = Storm(
        world=first,
        chance=chance,
        starts_at=chance.randrange(1, 500),
        pace=chance.choice((0.1, 0.3, 0.7)),
        goes_on=goes_on,
    )
    await storm.rage()
    first.room.close()
    shutil.copy(tmp_path / "room", tmp_path / "copy")

    await restored(second, storm.rows)
    world = build(second, QUESTIONS, room_file=tmp_path / "copy")
    world.clock.at = first.clock.at
    sound_at_once = await world.is_sound() or await _closing(world)
    await _carried_on(world)

    assert sound_at_once
    assert await _faults(world, storm) == []
    world.room.close()


async def test_a_question_that_stands_already_is_found_by_a_store_that_knows_nothing_of_it(
    store: Store, second: Store, tmp_path: Path
) -> None:
    first = build(store, QUESTIONS, room_file=tmp_path / "room")
    await first.set_up()
    rows = await backed_up(store)
    await first.at(9)
    first.room.close()

    await restored(second, rows)
    world = build(second, QUESTIONS, room_file=tmp_path / "room")
    await world.at(11)

    assert (await world.get()).state is RoundState.OPEN
    assert len(world.posts(Post.QUESTION)) == 1
    world.room.close()


async def _closing(world: World) -> bool:
    return bool((await world.boards.verify()).busy)


async def _carried_on(world: World) -> None:
    """Start, let four more days pass with a reply a day, pause, and let everything settle."""
    await world.life.sweep("console", world.clock.now())
    await world.due()
    start = world.clock.at.date()
    for days in range(1, 5):
        day = start + timedelta(days=days)
        for hour, minute in ((9, 0), (9, 30)):
            await world.at(hour, minute, day=day)
        await world.reply("ana", "alpha", round_id(programme_of(PLACE), day))
        for hour in (15, 16):
            await world.at(hour, day=day)
    for place in (PLACE, OTHER_PLACE):
        if await world.programmes.get(programme_of(place)):
            await world.admin("pause", place)
    await world.later(days=3)


async def _faults(world: World, storm: Storm) -> list[str]:
    found = []
    for (round_, member), text in storm.said_before.items():
        kept = await world.replies.of_member(round_, member)
        later = storm.said[round_, member]
        # The one that the end of the backup came into was kept, and nobody was there to be told so.
        if kept is None or kept.text not in [*later[later.index(text) :], storm.sent[round_, member]]:
            found.append(f"lost: {text} of {member} in {round_}, kept is {kept}")
    for round_, member in storm.checked_before:
        grade = await world.ledger.grade(round_, member)
        if grade is None or not grade.version:
            found.append(f"lost: the self-check of {member} in {round_}")
    for round_ in await _rounds(world):
        found += await _faults_of(world, storm, round_)
    if (entries := await world.entries()) or await world.agenda.unfinished("console"):
        found.append(f"not at rest: {entries}")
    found += [f"record left: {key}" async for key in world.store.steady.scan_iter("studybot:console:agenda:*")]
    if not await world.is_sound():
        found.append(f"boards: {await world.boards.verify()}")
    return found + [f"would stay for ever: {key}" for key in await keys_without_expiry(world.store.steady)]


async def _rounds(world: World) -> list[RoundId]:
    found = [
        RoundId(id_)
        for place in (PLACE, OTHER_PLACE)
        for id_ in await world.store.steady.zrange(f"studybot:console:home:rounds:{place.rpartition(':')[2]}", 0, -1)
    ]
    assert len(found) > 3
    return found


async def _faults_of(world: World, storm: Storm, id_: RoundId) -> list[str]:
    round_ = await world.get(id_)
    if round_.state is RoundState.SKIPPED:  # left out by hand, or missed while the store was away
        return [f"skipped: {id_}, in which {member} replied" for of, member in storm.said_before if of == id_]
    found = [] if round_.settled else [f"{id_} is {round_.state}"]
    for kind in Post:
        posts = world.room.posts(round_.place, id_, kind)
        if len(posts) != 1 or posts[0].ref not in {round_.post, round_.reveal_post}:
            found.append(f"{id_} has {len(posts)} {kind}s")
    (asked,) = world.posts(Post.QUESTION, id_, round_.place)
    if asked["text"] != round_.asked().text:
        found.append(f"{id_} asks something else than its post")
    standing = {reply.member for reply in await world.replies.standing(id_)}
    if id_ in storm.spoken and who("eva") not in standing:
        found.append(f"{id_}: what eva said in its thread is lost")
    grades = await world.ledger.grades(id_)
    if standing != set(grades) or await world.repliers(id_) != len(standing):
        found.append(f"{id_}: replied have {standing}, graded are {set(grades)}")
    points = await _points(world, id_)
    return found + [
        f"{member} has {points.get(member)} of {id_}, by the grade {grade.points}"
        for member, grade in grades.items()
        if points.get(member) != grade.points
    ]


async def _points(world: World, id_: RoundId) -> dict[MemberId, int]:
    found: dict[MemberId, int] = defaultdict(int)
    for award in await world.boards._entries(f"studybot:console:home:ledger:{id_.split(':')[2]}:2025-03"):
        if award.round == id_:
            found[award.member] += award.points
    return found
