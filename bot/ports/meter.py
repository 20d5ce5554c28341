"""What the core tells those who watch it. A meter never fails and never waits."""

from typing import Protocol

from bot.domain.reply import ReceiptState
from bot.domain.round import Step


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


class NoMeter:
    """Nobody watches."""

    def opened(self, platform: str, late: float) -> None: ...

    def revealed(self, platform: str, late: float) -> None: ...

    def skipped(self, platform: str) -> None: ...

    def replied(self, platform: str, outcome: ReceiptState) -> None: ...

    def refused(self, platform: str) -> None: ...

    def retried(self, platform: str, step: Step) -> None: ...
