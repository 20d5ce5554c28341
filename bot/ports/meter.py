"""What the core tells those who watch it. A meter never fails and never waits."""

from enum import StrEnum
from typing import Protocol

from bot.domain.reply import ReceiptState
from bot.domain.round import Step


class Judged(StrEnum):
    """What came of showing a reply to a grader out of the house; but for the first, the offline suggestion stands."""

    ANSWERED = "answered"
    VOID = "void"
    """Some of its verdicts were not backed by the reply's own words."""
    MALFORMED = "malformed"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    LIMITED = "limited"
    REFUSED = "refused"
    FAILED = "failed"
    OVER_LIMIT = "over limit"
    """The day's requests are used up, or the store did not say."""
    NO_TIME = "no time"
    """The reveal had waited long enough, or too much was asked at once, or the grader rests after trouble."""


class Meter(Protocol):
    """``late`` is in seconds behind the instant when it was due."""

    def opened(self, platform: str, late: float) -> None: ...

    def revealed(self, platform: str, late: float) -> None: ...

    def skipped(self, platform: str) -> None: ...

    def replied(self, platform: str, outcome: ReceiptState) -> None: ...

    def refused(self, platform: str) -> None:
        """The chat refused something for good, so that the programme was paused."""
        ...

    def retried(self, platform: str, step: Step) -> None:
        """Something of the agenda was put back, to be tried again later."""
        ...

    def judged(self, outcome: Judged) -> None: ...


class NoMeter:
    """Nobody watches."""

    def opened(self, platform: str, late: float) -> None: ...

    def revealed(self, platform: str, late: float) -> None: ...

    def skipped(self, platform: str) -> None: ...

    def replied(self, platform: str, outcome: ReceiptState) -> None: ...

    def refused(self, platform: str) -> None: ...

    def retried(self, platform: str, step: Step) -> None: ...

    def judged(self, outcome: Judged) -> None: ...
