"""Runs the scripts, and turns a client's errors into the core's."""

import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from redis import exceptions
from redis.commands.core import AsyncScript

from adapters.redis import keys
from adapters.redis.refusals import is_forbidden, is_of_restore, passing
from bot.domain.ids import ProgrammeId, round_id
from bot.domain.programme import Occurrence
from bot.ports import StoreUnavailable

Client = Any
"""A redis.asyncio client that decodes answers; its own types allow bytes and blocking answers everywhere."""

_PORTION = 500
"""Fields of a hash that are read at a time, in some 10 ms: people wait for the same event loop."""

T = TypeVar("T")

DELIVERY_SECONDS = 7 * 86_400
"""How long a round's deliveries are remembered: platforms deliver again within the hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long things are held and kept."""

    lease: float = 60.0
    retention_days: int = 180

    @property
    def lease_ms(self) -> int:
        return round(self.lease * 1000)

    @property
    def kept(self) -> int:
        """Seconds that what members wrote is kept after its round has settled."""
        return self.retention_days * 86_400

    @property
    def kept_unsettled(self) -> int:
        """Seconds for a round that runs: longer than any round takes; settling it sets ``kept``."""
        return self.kept + 14 * 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """``steady`` is patient and may repeat a script, for the scheduler; ``quick`` answers or fails within a second."""

    steady: Client
    quick: Client
    limits: Limits = field(default_factory=Limits)
    observe: Callable[[str, float], None] | None = None
    """Told of each script how many seconds it took, also when no answer came."""
    owner: str = ""
    """What the schema of a store says that is being restored, to the scripts of that restore: they refuse any other."""

    async def run(self, name: str, keys_: Sequence[str], args: Sequence[str | int], *, quick: bool = False) -> Any:
        """Run one script. Raises StoreUnavailable if no answer came: the script may have run, and may be run again.

        Raises Restoring, and has changed nothing, if a restore has the store to itself (for a restore: another one, or none).
        """
        client, began = self.quick if quick else self.steady, time.perf_counter()
        try:
            async with answering():
                return await made(self.script(name))(keys_, args, client)
        finally:
            if self.observe:
                self.observe(name, time.perf_counter() - began)

    async def in_portions(self, key: str, read: Callable[[str, str], T]) -> Mapping[str, T]:
        """Return a hash of any size, each field with what is made of it and its value, without holding the event loop for long.

        What is there all the while is in it; what comes or goes meanwhile may be.
        """
        async with answering():
            return {name: read(name, value) async for name, value in self.steady.hscan_iter(key, count=_PORTION)}

    def script(self, name: str) -> str:
        return source(name, self.owner)


class Restoring(StoreUnavailable):
    """A restore that has not ended has the store to itself."""


@asynccontextmanager
async def answering() -> AsyncIterator[None]:
    """Turn a store that does not or cannot answer into StoreUnavailable; anything else is a fault of ours and goes through."""
    try:
        yield
    except (exceptions.RedisError, OSError) as error:
        if is_of_restore(error):
            raise Restoring("the store takes no changes now: a restore into it has not ended") from error
        if why := passing(error):
            raise StoreUnavailable(f"the store takes no changes now: {why}") from error
        if is_forbidden(error):
            raise StoreUnavailable("the store's user may not do what the bot needs") from error
        if not isinstance(error, (exceptions.ConnectionError, exceptions.TimeoutError, OSError)):
            raise
        raise StoreUnavailable(f"the store did not answer: {type(error).__name__}") from error


@cache
def made(text: str) -> AsyncScript:
    """Return a script of no client's own, its digest made once; call it with keys, arguments and the client."""
    return AsyncScript(None, text.encode())  # type: ignore[arg-type]


@cache
def source(name: str, owner: str = "") -> str:
    """Return a script's text behind the shared prelude; ``owner`` is the restore that it is a part of."""
    prelude, text = _text("prelude"), _text(name)
    flags, shebang, rest = text.partition("\n") if text.startswith("#!") else ("", "", text)
    return f"{flags}{shebang}local SCHEMA, OWNER = '{keys.SCHEMA}', '{owner}'\n{prelude}\n{rest}"


def script_names() -> Sequence[str]:
    """Return the names of all scripts."""
    names = (file.name for file in (files("adapters.redis") / "scripts").iterdir())
    return sorted(name.removesuffix(".lua") for name in names if name.endswith(".lua") and name != "prelude.lua")


def _text(name: str) -> str:
    return (files("adapters.redis") / "scripts" / f"{name}.lua").read_text("utf-8")


def ms(at: datetime) -> int:
    """Return an instant as the store keeps it: whole milliseconds."""
    return round(at.timestamp() * 1000)


def instant(milliseconds: str | float) -> datetime:
    return datetime.fromtimestamp(float(milliseconds) / 1000, UTC)


def candidates(programme: ProgrammeId, upcoming: Sequence[Occurrence]) -> list[str | int]:
    """Return the script arguments (round id, round key, due) of the openings that may come next."""
    flat: list[str | int] = []
    for occurrence in upcoming:
        id_ = round_id(programme, occurrence.date)
        flat += [id_, keys.round_(id_), ms(occurrence.asks_at)]
    return flat
