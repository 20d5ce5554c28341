"""Makes a store from what a backup holds: what was read at different moments is put right, and what follows from it is made."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from uuid import uuid4

from adapters.redis import codec, keys
from adapters.redis.backup import VERSION, Row
from adapters.redis.boards import RedisBoards
from adapters.redis.chain import NOT_A_BACKUP
from adapters.redis.contents import Part, kind_of, part_of, round_of
from adapters.redis.refill import Refill, flat
from adapters.redis.review import entry_of
from adapters.redis.store import Restoring, Store, answering, ms
from bot.domain.ids import MemberId, PlaceId, ProgrammeId, RoundId, place_of, platform_of, team_of
from bot.domain.programme import ProgrammeState
from bot.domain.round import RoundState, Step
from bot.ports import StartError, StoreUnavailable

_LOST = (
    "The store is not this restore's any more, and nothing of it was touched: somebody has begun another one meanwhile. "
    "`python -m bot status` says how the store is."
)
_BEGUN = "A restore into this store has begun and not ended: if none runs any more, restore with --again."
_OTHERS = "Somebody else has begun to use the store in this moment: look who, and restore into one that is empty."
_NOT_EMPTY, _UNAVAILABLE = 73, 69
_PORTION = 500

_WRITTEN = {"replies", "late", "suggestions", "grades"}
_BEFORE_CLOSE = {RoundState.OPENING, RoundState.OPEN}
_TAKING = {RoundState.OPENING, RoundState.OPEN, RoundState.CLOSING}


@dataclass(slots=True, kw_only=True)
class RedisRestore:
    """Fills an empty store, and leaves it empty whatever hinders it.

    Until the end its schema names this restore, so that no bot starts on a part of it and no script of another changes
    it; and there is neither agenda nor list of programmes in it. So a backup may come through a pipe: whether it is whole
    is known only at its end. Who has lost the store to another restore changes nothing in it any more.
    """

    store: Store
    name: str
    _created: int = 0
    _agendas: dict[str, dict[str, float]] = field(default_factory=dict)
    _sets: dict[str, list[str]] = field(default_factory=dict)
    _running: dict[RoundId, str] = field(default_factory=dict)
    _waiting: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    _moved: bool = False
    _refill: Refill = field(init=False)

    def __post_init__(self) -> None:
        self.store = replace(self.store, owner=keys.restoring(uuid4().hex))
        self._refill = Refill(store=self.store, name=self.name, now=0)

    @property
    def values_written(self) -> int:
        return self._refill.values

    async def restore(self, lines: Iterable[tuple[int, Row]], *, again: bool = False) -> None:
        """Take the lines of a backup in, from its head to its end. ``again``: after a restore that did not end.

        Raises StartError for a store that is not empty or on which a bot runs, and for lines that are no whole backup;
        StoreUnavailable.
        """
        try:
            await self._restore(lines, again=again)
        except Restoring as error:
            raise StartError(_LOST, _UNAVAILABLE) from error

    async def _restore(self, lines: Iterable[tuple[int, Row]], *, again: bool) -> None:
        async with self._alone(again=again):
            number, ended = 0, False
            for number, row in lines:
                if ended:
                    raise StartError(f"{self.name} goes on after its end, in line {number}.", NOT_A_BACKUP)
                try:
                    ended = await self._take(number, row)
                except (LookupError, TypeError, ValueError, AttributeError) as error:
                    raise StartError(f"{self.name} holds no backup in line {number}.", NOT_A_BACKUP) from error
            if not number:
                raise StartError(f"{self.name} is empty: it is no backup.", NOT_A_BACKUP)
            if not ended:
                raise StartError(f"{self.name} is cut off after line {number}: take another backup.", NOT_A_BACKUP)
            await self._finish()

    @asynccontextmanager
    async def _alone(self, *, again: bool) -> AsyncIterator[None]:
        async with answering():
            kept = await self.store.steady.get(keys.SCHEMA)
        if keys.is_restoring(kept) and not again:
            raise StartError(_BEGUN, _NOT_EMPTY)
        if not keys.is_restoring(kept) and await self._holds_something():
            raise StartError("The store is not empty: restore into one that is.", _NOT_EMPTY)
        await self._take_over(kept or "")
        try:
            if keys.is_restoring(kept):
                await self._empty()
            self._refill.now = await self.store.run("instant", [], [])
            yield
        except BaseException:
            with suppress(StoreUnavailable):
                await self._empty()
                await self.store.run("clear", [keys.SCHEMA], [])
            raise

    async def _take_over(self, kept: str) -> None:
        """Have the store to oneself, if its schema is still what was seen. Raises StartError, also if a bot runs on it."""
        before = replace(self.store, owner=kept if keys.is_restoring(kept) else "")
        done, running = await before.run("begin_restore", [keys.SCHEMA, keys.PRESENT], [kept, self.store.owner])
        if running:
            which = "A bot runs" if running == 1 else f"{running} bots run"
            raise StartError(
                f"{which} on the store: end it there, and wait half a minute if it was killed.", _UNAVAILABLE
            )
        if not done:
            raise StartError(_OTHERS, _UNAVAILABLE)

    async def _holds_something(self) -> bool:
        async for key in self.store.steady.scan_iter(match=f"{keys.ROOT}:*", count=1_000):
            if key not in {keys.SCHEMA, keys.PROBE, keys.PRESENT}:
                return True
        return False

    async def _empty(self) -> None:
        """Take everything away but the schema: without it a part of a store would look like one."""
        found = list[str]()
        async with answering():
            async for key in self.store.steady.scan_iter(match=f"{keys.ROOT}:*", count=1_000):
                if key != keys.SCHEMA:
                    found.append(key)
                if len(found) == _PORTION:
                    await self.store.run("clear", found, [])
                    found.clear()
        if found:
            await self.store.run("clear", found, [])

    # --- line by line ---

    async def _take(self, number: int, row: Row) -> bool:
        """Take one line in; return whether it is the end."""
        if number == 1:
            self._begin(row)
        elif "end" in row:
            self._moved = self._moved or bool(row["end"]["boards_moved"])
            return True
        elif "place" in row:
            self._take_place(row)
        else:
            await self._take_key(row)
        if self._refill.is_full:
            await self._refill.send()
        return False

    def _begin(self, head: Row) -> None:
        version, schema = head["studybot backup"], head["schema"]
        if version > VERSION or schema > keys.SCHEMA_VERSION:
            raise StartError(
                f"{self.name} was written by a newer bot ({head['bot']}), as line 1 says: update this one.",
                NOT_A_BACKUP,
            )
        if schema < keys.SCHEMA_VERSION:
            raise StartError(
                f"{self.name} is of schema {schema}, as line 1 says, which this bot cannot take over: use bot {head['bot']}.",
                NOT_A_BACKUP,
            )
        self._created = head["created"]

    def _take_place(self, row: Row) -> None:
        place = PlaceId(row["place"])
        agenda = self._agendas.setdefault(keys.agenda(platform_of(place)), {})
        rounds = {
            round_of(one["key"]): one["value"]
            for one in row["keys"]
            if kind_of(one["key"]) == "round" and not self._refill.is_over(one)
        }
        for one in row["keys"]:
            if one["key"] == keys.place(place) and one["value"].get("round") not in {None, *rounds}:
                del one["value"]["round"]  # it has run out meanwhile, and would be in the way for ever
            if one["key"] == keys.programme(ProgrammeId(place)) and one["value"].get("state") != ProgrammeState.REMOVED:
                self._add(keys.programmes(platform_of(place)), place)
            self._refill.write(one)
        for id_, hash_ in rounds.items():
            self._index(id_, hash_)
        for entry, at, record in row["agenda"]:
            step, _, round_ = entry.partition(":")
            if step == Step.OPEN or round_ in rounds:
                held = record.get("held") == "1"  # by nobody any more: it is due when it was
                agenda[entry] = float(record["due"]) if held else at
                kept = {**record, "held": "0"} if held else record
                self._refill.do("HSET", keys.record(platform_of(place), entry), *flat(kept))
        for question, at in row["asked"].items():
            self._refill.do("ZADD", keys.team_asked(team_of(place)), "GT", at, question)

    def _index(self, id_: RoundId, round_: Row) -> None:
        """Note where else a round stands by its state."""
        state, team, platform = round_["state"], team_of(id_), platform_of(id_)
        if state != RoundState.SKIPPED and "settled" not in round_:
            self._add(keys.unfinished(platform), id_)
            self._running[id_] = state
        if state in _TAKING:
            self._refill.do("HSET", keys.taken(team), round_["question"], id_)
        if state == RoundState.CLOSING:
            self._refill.do("SADD", keys.closing(team), id_)
        if state == RoundState.REVEALED and "settled" not in round_:
            self._refill.do("ZADD", keys.unsettled(team), round_["settles_at"], id_)

    async def _take_key(self, row: Row) -> None:
        key = row["key"]
        if part_of(key) is Part.LEDGER:
            # Also one of which nothing is kept: boards are made anew of places that have a ledger.
            self._refill.do("SADD", keys.LEDGERS, key)
            row = {**row, "value": await self._kept_awards(row["value"])}
            if not row["value"]:
                return
        if kind_of(key) not in _WRITTEN:
            self._refill.write(row)
        elif self._running.get(round_of(key)) not in _BEFORE_CLOSE or kind_of(key) == "replies":
            self._refill.write_with_round(row)
            if kind_of(key) == "grades":
                self._note_waiting(round_of(key), row["value"])

    def _note_waiting(self, round_: RoundId, grades: Row) -> None:
        """Note which grades wait for a lead: they say so themselves."""
        for member, text in grades.items():
            if since := codec.grade_from_json(text).waits_since:
                self._waiting[keys.review(place_of(round_))][entry_of(round_, MemberId(member))] = ms(since)

    async def _kept_awards(self, awards: Row) -> Row:
        """Leave out the awards that were given after their rounds were read: they are given again."""
        await self._refill.send()
        ids = [(field_, *field_.split("/")[:2]) for field_ in awards]
        async with answering(), self.store.steady.pipeline(transaction=False) as asked:
            for _, round_, member in ids:
                asked.hget(keys.grades(RoundId(round_)), member)
                asked.exists(keys.round_(RoundId(round_)))
            answers = await asked.execute()
        kept = {
            field_: awards[field_]
            for (field_, round_, _), grade, there in zip(ids, answers[::2], answers[1::2], strict=True)
            if self._is_award_kept(RoundId(round_), json.loads(awards[field_]), grade, there=bool(there))
        }
        self._moved = self._moved or len(kept) < len(awards)
        return kept

    def _is_award_kept(self, round_: RoundId, award: Row, grade: str | None, *, there: bool) -> bool:
        if not there:
            return bool(award["at"] < self._created)  # of a round that has run out, not of one that has begun since
        if grade is not None:
            return bool(award["number"] <= codec.grade_from_json(grade).version)
        state = self._running.get(round_)
        return state not in _BEFORE_CLOSE and not (state == RoundState.CLOSING and award["number"])

    # --- the end ---

    async def _finish(self) -> None:
        await self._refill.send()
        for id_, state in self._running.items():
            if state in _TAKING:
                await self._count_repliers(id_)
        if self._moved:
            await RedisBoards(self.store).rebuild()
        for key, members in self._sets.items():
            for first in range(0, len(members), _PORTION):
                self._refill.do("SADD", key, *members[first : first + _PORTION])
        for key, entries in self._waiting.items():
            self._refill.do("ZADD", key, *(word for entry, at in entries.items() for word in (at, entry)))
            self._refill.do("EXPIRE", key, self.store.limits.kept_unsettled)
        for key, entries in self._agendas.items():
            for entry, at in entries.items():
                self._refill.do("ZADD", key, at, entry)
        await self._refill.send()
        await self.store.run("end_restore", [keys.SCHEMA], [keys.SCHEMA_VERSION])

    def _add(self, key: str, member: str) -> None:
        self._sets.setdefault(key, []).append(member)

    async def _count_repliers(self, id_: RoundId) -> None:
        """Count anew: who replied while the backup was made is among the replies, but not in the round."""
        count = 0
        async with answering():
            async for _, record in self.store.steady.hscan_iter(keys.replies(id_), count=_PORTION):
                count += any(not part["x"] for part in json.loads(record).values())
        self._refill.do("HSET", keys.round_(id_), "repliers", count)
