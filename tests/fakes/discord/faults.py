"""What goes wrong on demand, and what was called."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord.things import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Called:
    """One request as it came in, and what became of it."""

    route: str
    """As `POST /channels/{channel}/messages`."""
    path: str
    """What stood in the braces and behind: the path below /api/v10."""
    at: float
    """By the monotonic clock."""
    body: Any
    status: int
    code: int | None
    """Discord's error code, if the answer was one."""
    fault: str | None
    """The kind of fault that it met, if it met one."""


@dataclass(kw_only=True, slots=True)
class Fault:
    """What the next requests of a route meet instead of an answer.

    The kinds: `429`, `429 shared`, `429 global` (with retry_after), `timeout` (no work, no answer), `cut` (no work,
    connection cut), `lost` (the work is done, then the connection is cut), `slow` (the work is done, the answer comes
    `seconds` later), or else the status that is answered, as `500`, `503` or `401`, perhaps with Discord's own code, as
    `400 160006`.
    """

    route: str
    kind: str
    times: int
    retry_after: float
    seconds: float
    containing: str


@dataclass(kw_only=True, slots=True)
class Faults:
    """Told before, or at random by a seeded rate. A route may be `*`."""

    waiting: list[Fault] = field(default_factory=list)
    rate: float = 0.0
    kinds: Sequence[str] = ("429", "500")
    spared: frozenset[str] = frozenset()
    dice: random.Random = field(default_factory=lambda: random.Random(0))

    def next(
        self,
        route: str,
        kind: str,
        *,
        times: int = 1,
        retry_after: float = 0.2,
        seconds: float = 30,
        containing: str = "",
    ) -> None:
        """The next `times` requests of this route (with this in their path) meet this fault."""
        fault = Fault(
            route=route, kind=kind, times=times, retry_after=retry_after, seconds=seconds, containing=containing
        )
        self.waiting.append(fault)

    def at_random(
        self, rate: float, kinds: Sequence[str] = ("429", "500"), *, seed: int = 0, spared: frozenset[str] = frozenset()
    ) -> None:
        """From now on such a share of all requests meets one of these faults, except on routes that are spared."""
        self.rate, self.kinds, self.spared, self.dice = rate, kinds, spared, random.Random(seed)

    def clear(self) -> None:
        self.waiting.clear()
        self.rate = 0.0

    def take(self, route: str, path: str) -> Fault | None:
        """The fault that this request meets."""
        for fault in self.waiting:
            if fault.route in {"*", route} and fault.containing in path:
                fault.times -= 1
                if not fault.times:
                    self.waiting.remove(fault)
                return fault
        if route not in self.spared and self.dice.random() < self.rate:
            kind = self.dice.choice(self.kinds)
            return Fault(route=route, kind=kind, times=1, retry_after=0.2, seconds=30, containing="")
        return None


@dataclass(kw_only=True, slots=True)
class Log:
    """Every request of the REST API, in order."""

    calls: list[Called] = field(default_factory=list)
    invalid_requests: int = 0
    """What counts towards a ban of the address: 401, 403 and 429 (but of shared limits)."""

    def add(self, route: str, path: str, body: Json | None, status: int, code: int | None, fault: Fault | None) -> None:
        kind = fault.kind if fault else None
        now = time.monotonic()
        self.invalid_requests += status in {401, 403, 429} and kind != "429 shared"
        self.calls.append(Called(route=route, path=path, at=now, body=body, status=status, code=code, fault=kind))

    def of(self, route: str) -> list[Called]:
        return [called for called in self.calls if called.route == route]

    def count(self, route: str) -> int:
        return len(self.of(route))
