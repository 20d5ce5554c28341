"""What goes wrong on demand, and what was called."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.fakes.slack.things import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Called:
    """One call of a method as it came in, and what became of it."""

    method: str
    at: float
    """By the monotonic clock."""
    args: Json
    error: str | None
    """The error word of the answer, if it was one."""
    fault: str | None
    """The kind of fault that the call met, if it met one."""


@dataclass(kw_only=True, slots=True)
class Fault:
    """What the next calls of a method meet instead of an answer.

    The kinds: `429` (with Retry-After), `500`, `timeout` (no work, no answer), `cut` (no work, connection cut), `lost` (the
    work is done, then the connection is cut), `slow` (the work is done, the answer comes `seconds` later), or else the
    error word that is answered, as `ratelimited` or `fatal_error`.
    """

    method: str
    kind: str
    times: int
    retry_after: int
    seconds: float
    channel: str | None


@dataclass(kw_only=True, slots=True)
class Faults:
    """Told before, or at random by a seeded rate. A method may be `*`."""

    waiting: list[Fault] = field(default_factory=list)
    rate: float = 0.0
    kinds: Sequence[str] = ("429", "500")
    spared: frozenset[str] = frozenset()
    dice: random.Random = field(default_factory=lambda: random.Random(0))

    def next(
        self,
        method: str,
        kind: str,
        *,
        times: int = 1,
        retry_after: int = 1,
        seconds: float = 30,
        channel: str | None = None,
    ) -> None:
        """The next `times` calls of this method (in this channel) meet this fault."""
        self.waiting.append(
            Fault(method=method, kind=kind, times=times, retry_after=retry_after, seconds=seconds, channel=channel)
        )

    def at_random(
        self, rate: float, kinds: Sequence[str] = ("429", "500"), *, seed: int = 0, spared: frozenset[str] = frozenset()
    ) -> None:
        """From now on such a share of all calls meets one of these faults, except of the methods that are spared."""
        self.rate, self.kinds, self.spared, self.dice = rate, kinds, spared, random.Random(seed)

    def clear(self) -> None:
        self.waiting.clear()
        self.rate = 0.0

    def take(self, method: str, args: Json) -> Fault | None:
        """The fault that this call meets."""
        for fault in self.waiting:
            here = fault.channel in {None, args.get("channel")}
            if here and fault.method in {"*", method}:
                fault.times -= 1
                if not fault.times:
                    self.waiting.remove(fault)
                return fault
        if method not in self.spared and self.dice.random() < self.rate:
            kind = self.dice.choice(self.kinds)
            return Fault(method=method, kind=kind, times=1, retry_after=1, seconds=30, channel=None)
        return None


@dataclass(kw_only=True, slots=True)
class Log:
    """Every call of the Web API, in order."""

    calls: list[Called] = field(default_factory=list)

    def add(self, method: str, args: Json, error: str | None, fault: Fault | None) -> None:
        kind = fault.kind if fault else None
        self.calls.append(Called(method=method, at=time.monotonic(), args=args, error=error, fault=kind))

    def of(self, method: str) -> list[Called]:
        return [called for called in self.calls if called.method == method]

    def count(self, method: str) -> int:
        return len(self.of(method))
