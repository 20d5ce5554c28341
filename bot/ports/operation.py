"""What an operator's commands need: a look into the whole store, and the checks of a machine."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

from bot.views import BotFacts, Load, Pending, StoreFacts


class Overview(Protocol):
    """A look into the whole store. Changes nothing."""

    async def platforms(self) -> Sequence[str]:
        """Return every platform that anything was ever planned for."""
        ...

    async def pending(self, platform: str) -> Sequence[Pending]:
        """Return the entries of the agenda, the next one first."""
        ...

    async def load(self, platform: str) -> Load:
        """Count what is planned, in one quick step."""
        ...

    async def facts(self) -> StoreFacts: ...

    async def bots(self) -> Sequence[BotFacts]:
        """Return what each bot that runs on the store has said of itself, within its last seconds."""
        ...


class Severity(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check has found ``about`` something; ``remedy`` says what to do, and is empty where all is well."""

    severity: Severity
    about: str
    said: str
    remedy: str = ""


Check: TypeAlias = Callable[[], Awaitable[Sequence[Finding]]]
"""Looks at one thing and says what it finds. It may raise StartError or StoreUnavailable: that is a fault."""


def fine(about: str, said: str) -> Finding:
    return Finding(severity=Severity.OK, about=about, said=said)


def warning(about: str, said: str, remedy: str) -> Finding:
    return Finding(severity=Severity.WARNING, about=about, said=said, remedy=remedy)


def fault(about: str, said: str, remedy: str = "") -> Finding:
    return Finding(severity=Severity.FAULT, about=about, said=said, remedy=remedy)
