"""Reads a whole store as values from which another is made, also while the bot runs."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.redis import keys
from adapters.redis.contents import Part, kind_of, of_place, part_of, round_of, scope_of
from adapters.redis.overview import told, version_of
from adapters.redis.store import Store, answering
from bot.domain.ids import PlaceId, platform_of, team_of
from bot.ports import StartError

VERSION = 1
"""Of the backup's own form: raised when an older bot could not read it any more."""

_UNKNOWN_TYPE = 70
_PORTION = 500
"""Entries of a hash or a set that are read at once."""
_PAGE = 500
"""Keys that are looked at together."""

Row = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class RedisBackup:
    """A scan is no snapshot, so that the order of reading has to make up for it.

    What moves together is read together: one script a place takes its programme, its rounds and its part of the agenda. A
    round goes with what it was at that instant; what came after that is left out by the restore. Deliveries are read
    before it: one that is known must have been kept. Replies, suggestions and grades are read after it, so that none of
    those that were acknowledged is missing, and the ledger after the grades, so that every grade has its award. Boards are
    read before the ledger and compared after it: if they have moved meanwhile, the restore makes them anew. Indexes, such
    as who is unfinished or taken, are not read at all: they follow from the rounds.
    """

    store: Store
    bot: str
    page: int = _PAGE
    values_read: int = 0
    _places: set[PlaceId] = field(default_factory=set)

    async def rows(self) -> AsyncIterator[Row]:
        """Yield the head, then everything, then the end. Raises StoreUnavailable."""
        yield await self._head()
        async for row in self._part(Part.NOTED):
            yield row
        await self._find_places()
        for place in sorted(self._places):
            yield await self._place(place)
        before = _Sum()
        async for row in self._part(Part.BOARD):
            before.add(row)
            yield row
        for part in (Part.OTHER, Part.LEDGER):
            async for row in self._part(part):
                yield row
        counted = self.values_read
        after = _Sum()
        async for row in self._part(Part.BOARD):
            after.add(row)
        self.values_read = counted
        async for row in self._part(Part.FENCE):
            yield row
        yield {"end": {"values": self.values_read, "boards_moved": before != after}}

    async def _head(self) -> Row:
        now = await self.store.run("instant", [], [])
        async with answering():
            about = await told(self.store.steady)
        return {
            "studybot backup": VERSION,
            "schema": keys.SCHEMA_VERSION,
            "bot": self.bot,
            "server": version_of(about),
            "created": now,
        }

    async def _find_places(self) -> None:
        async for names in self._names(Part.PLACE):
            self._places |= {PlaceId(scope_of(name)) for name in names}

    async def _place(self, place: PlaceId) -> Row:
        names = [keys.agenda(platform_of(place)), keys.team_asked(team_of(place)), *of_place(place)]
        found, entries, asked = await self.store.run("read_place", names, [place, keys.rounds_prefix(place)])
        rows = [_row(key, kind, expires, _content(kind, content)) for key, kind, expires, content in found]
        self.values_read += sum(_size(row["value"]) for row in rows)
        return {
            "place": place,
            "keys": rows,
            "agenda": [[entry, float(at), _pairs(record)] for entry, at, record in entries],
            "asked": {question: float(at) for question, at in _pairs(asked).items()},
        }

    # --- everything else, key by key ---

    async def _names(self, part: Part) -> AsyncIterator[Sequence[str]]:
        """Yield the names of a part's keys, some at a time."""
        cursor = 0
        while True:
            async with answering():
                cursor, found = await self.store.steady.scan(cursor, match=f"{keys.ROOT}:*", count=self.page)
            names = [key for key in found if part_of(key) is part]
            yield names
            if not cursor:
                return

    async def _part(self, part: Part) -> AsyncIterator[Row]:
        async for names in self._names(part):
            wanted = await self._wanted(names)
            async with answering(), self.store.steady.pipeline(transaction=False) as asked:
                for key in wanted:
                    asked.type(key).pexpiretime(key)
                answers = await asked.execute()
            known = zip(wanted, answers[::2], answers[1::2], strict=True)
            async for row in self._contents([one for one in known if one[1] != "none"]):
                yield row

    async def _wanted(self, names: Sequence[str]) -> Sequence[str]:
        """Leave out rounds that their place was read with, or that are newer, and what belongs to a place that is newer."""
        rounds = [key for key in names if kind_of(key) == "round"]
        async with answering(), self.store.steady.pipeline(transaction=False) as asked:
            for key in rounds:
                asked.zscore(keys.rounds(PlaceId(scope_of(key))), round_of(key))
            listed = {key for key, at in zip(rounds, await asked.execute(), strict=True) if at is not None}
        return [key for key in names if key not in listed and self._is_known(key)]

    def _is_known(self, key: str) -> bool:
        return kind_of(key) not in {"board", "streaks", "ledger"} or scope_of(key) in self._places

    async def _contents(self, known: Sequence[tuple[str, str, int]]) -> AsyncIterator[Row]:
        async with answering(), self.store.steady.pipeline(transaction=False) as asked:
            for key, kind, _ in known:
                _ask(asked, key, kind, 0)
            answers = await asked.execute()
        for (key, kind, expires), answer in zip(known, answers, strict=True):
            cursor, value = _answered(kind, answer)
            while True:
                self.values_read += _size(value)
                if value:
                    yield _row(key, kind, expires, value)
                if not cursor:
                    break
                async with answering(), self.store.steady.pipeline(transaction=False) as asked:
                    _ask(asked, key, kind, cursor)
                    cursor, value = _answered(kind, (await asked.execute())[0])


class _Sum:
    """Of boards, in whatever order they are read."""

    def __init__(self) -> None:
        self._sum = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Sum) and self._sum == other._sum

    __hash__ = None  # type: ignore[assignment] # it changes

    def add(self, row: Row) -> None:
        for member, value in row["value"].items():
            self._sum += hash((row["key"], member, value))


def _ask(pipeline: Any, key: str, kind: str, cursor: int) -> None:
    match kind:
        case "hash":
            pipeline.hscan(key, cursor, count=_PORTION)
        case "zset":
            pipeline.zscan(key, cursor, count=_PORTION)
        case "set":
            pipeline.sscan(key, cursor, count=_PORTION)
        case "string":
            pipeline.get(key)
        case _:
            raise StartError(f"The store's key {key} is a {kind}, which this bot never writes.", _UNKNOWN_TYPE)


def _answered(kind: str, answer: Any) -> tuple[int, Any]:
    """Return where to read on, 0 at the end, and what was read as JSON has it."""
    if kind == "string":
        return 0, answer
    cursor, found = answer
    if kind == "zset":
        return cursor, dict(found)
    return cursor, found if kind == "hash" else sorted(found)


def _row(key: str, kind: str, expires: int, value: Any) -> Row:
    return {"key": key, "type": kind, "expires": expires if expires > 0 else None, "value": value}


def _content(kind: str, content: Any) -> Any:
    if kind == "string":
        return content
    pairs = _pairs(content)
    return {member: float(score) for member, score in pairs.items()} if kind == "zset" else pairs


def _pairs(flat: Sequence[str]) -> dict[str, str]:
    return dict(zip(flat[::2], flat[1::2], strict=True))


def _size(value: Any) -> int:
    return 1 if isinstance(value, str) else len(value)
