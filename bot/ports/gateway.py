"""How a chat listens to its platform: what it is handed for that, and what it brings."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.domain.ids import PlaceId
from bot.domain.round import Round
from bot.ports.around import Clock
from bot.ports.desk import Desk
from bot.ports.leases import Leases
from bot.ports.once import Once


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What of the core is open to those who bring in what people do."""

    desk: Desk
    round_in: Callable[[PlaceId], Awaitable[Round | None]]
    """The round of a place that is not revealed yet. May raise StoreUnavailable."""
    places: Callable[[str], Awaitable[Sequence[PlaceId]]]
    """The places of a platform that have a programme. May raise StoreUnavailable."""
    once: Once
    leases: Leases
    clock: Clock
    topics: Sequence[str]
    """The topics of the bank, each once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """The body of an HTTP request exactly as it came, and its headers by names in lower case."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a platform delivers by POST. ``take`` says itself whether it believes who sent it."""

    path: str
    take: Callable[[HttpRequest], Awaitable[HttpAnswer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """A chat that listens. ``ready`` says whether its platform can reach it now, with details that JSON has; it never waits."""

    ready: Callable[[], tuple[bool, Mapping[str, object]]]
    routes: Sequence[Route] = ()


@runtime_checkable
class Gated(Protocol):
    """What a chat offers that stops asking its platform for a while, before the platform shuts the bot out."""

    def shut_for(self) -> float:
        """Return for how many seconds from now nothing is asked; 0 while everything may be."""
        ...


@runtime_checkable
class Gateway(Protocol):
    """What a chat offers that is to listen by itself."""

    def listening(self, doors: Doors) -> AbstractAsyncContextManager[Listening]:
        """Listen until the block ends, and end what was taken in by then.

        It begins at once: a platform that cannot be reached yet is for ``ready`` to say. Only what no time can mend, such as
        a token that is refused, raises StartError.
        """
        ...
