"""Writes the keys of a backup into a store, many at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from redis.exceptions import DataError, ResponseError

from adapters.redis import keys
from adapters.redis.backup import Row
from adapters.redis.chain import NOT_A_BACKUP
from adapters.redis.contents import is_ours, round_of
from adapters.redis.store import Store, answering
from bot.ports import StartError

_BUFFER = 1_000
"""So many commands, or values, are sent together."""


@dataclass(slots=True, kw_only=True)
class Refill:
    """``now`` is the store's instant in ms, up to which keys have run out; ``values`` counts what was written."""

    store: Store
    name: str
    now: int
    values: int = 0
    _commands: list[tuple[Any, ...]] = field(default_factory=list)
    _of_rounds: list[Row] = field(default_factory=list)
    _buffered: int = 0

    @property
    def is_full(self) -> bool:
        return max(len(self._commands), self._buffered) >= _BUFFER

    def is_over(self, row: Row) -> bool:
        return row["expires"] is not None and row["expires"] <= self.now

    def do(self, *command: Any) -> None:
        self._commands.append(command)

    def write(self, row: Row) -> None:
        """Write a key or a part of it, unless it has run out since the backup. Raises ValueError for what is no key of ours."""
        key, value, expires = row["key"], row["value"], row["expires"]
        if not is_ours(key):
            raise ValueError(key)
        if self.is_over(row):
            return
        self._commands += _commands_for(key, row["type"], value)
        if expires is not None:
            self.do("PEXPIREAT", key, expires)
        size = 1 if isinstance(value, str) else len(value)
        self._buffered += size
        self.values += size

    def write_with_round(self, row: Row) -> None:
        """Write what is of a round, if the round is there by then."""
        self._of_rounds.append(row)
        self._buffered += len(row["value"])

    async def send(self) -> None:
        """Return when everything is written. Raises StartError for what the store does not take, StoreUnavailable."""
        await self._send()
        rows, self._of_rounds = self._of_rounds, []
        async with answering(), self.store.steady.pipeline(transaction=False) as asked:
            for row in rows:
                asked.exists(keys.round_(round_of(row["key"])))
            there = await asked.execute()
        for row, is_there in zip(rows, there, strict=True):
            if is_there:
                self.write(row)
        await self._send()
        self._buffered = 0

    async def _send(self) -> None:
        commands, self._commands = self._commands, []
        if not commands:
            return
        try:
            await self.store.run("refill", [], [word for command in commands for word in (len(command), *command)])
        except (ResponseError, DataError):  # their texts would tell what members wrote
            raise StartError(f"The store refuses what {self.name} holds.", NOT_A_BACKUP) from None


def _commands_for(key: str, kind: str, value: Any) -> Iterator[tuple[Any, ...]]:
    """Yield commands of a length that a script can pass on."""
    match kind:
        case "hash":
            command, words = "HSET", flat(value)
        case "zset":
            command, words = "ZADD", [part for member, score in value.items() for part in (score, member)]
        case "set":
            command, words = "SADD", list(value)
        case "string":
            command, words = "SET", [value]
        case _:
            raise ValueError(kind)
    for first in range(0, max(1, len(words)), 2 * _BUFFER):
        yield command, key, *words[first : first + 2 * _BUFFER]


def flat(pairs: Row) -> Sequence[Any]:
    return [part for pair in pairs.items() for part in pair]
