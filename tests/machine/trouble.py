"""What goes wrong in the machine: at chosen turns of the calls of scripts and chat, each call having one before and one after."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.ports import Limited, OutcomeUnknown, Refused, StoreUnavailable
from tests.mischief import DiedError, Mischief

CHAT = {
    "find_posts",
    "post_question",
    "edit_question",
    "post_reveal",
    "edit_reveal",
    "delete_post",
    "read_back",
    "tell_admins",
}
UNREPEATED = {"claim", "save_programme"}
"""Who repeats these every time comes to no end: a claim takes what is left, and a saved change is read and saved anew."""
LOST = (DiedError, StoreUnavailable)
"""With these, whoever carried something out is gone or gives up."""


class Kind(StrEnum):
    DIE = "die"
    NO_ANSWER = "no answer"
    LIMITED = "limited"
    REFUSED = "refused"
    STALL = "stall"
    MEANWHILE = "meanwhile"
    REPEAT = "repeat"
    """Every script is run twice, as by a client whose answers are lost."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """``at`` is the number of a turn (or the first one after it where this kind can happen) or the call around which it is."""

    at: int | str
    kind: Kind
    what: Callable[[], Awaitable[object]] | None = None


@dataclass(slots=True)
class Ran:
    """What is told, at the very moment at which a script has run, of what it was asked."""

    asked: Any
    tell: Callable[[Any, Any], None]


class Wild(Mischief):
    """``running`` holds what is being asked of the scripts in ``watched``, the innermost last."""

    def __init__(self) -> None:
        super().__init__()
        self.plan: list[Trouble] = []
        self.turns = 0
        self.running: dict[str, list[Ran]] = {"submit": [], "check": []}
        self.refused: set[str] = set()
        self.stalled = self.repeats = False
        self.posted: Callable[[], None] = lambda: None

    def arm(self, plan: list[Trouble]) -> None:
        self.plan, self.turns = [one for one in plan if one.kind is not Kind.REPEAT], 0
        self.repeats = len(self.plan) < len(plan)

    async def around(self, name: str, call: Callable[[], Awaitable[Any]]) -> Any:
        self.calls.append(name)
        await self._turn(name, before=True)
        result = await call()
        if self.repeats and name not in {*CHAT, *UNREPEATED}:
            result = await call()
        if name.startswith("post_"):
            self.posted()
        for ran in self.running.get(name, [])[-1:]:
            ran.tell(ran.asked, result)
        await self._turn(name, before=False)
        return result

    def _due(self, name: str, *, before: bool) -> Trouble | None:
        due = (one for one in self.plan if _can(one.kind, name, before=before))
        found = next((one for one in due if self._is_at(one, name, before=before)), None)
        if found:
            self.plan.remove(found)
        return found

    def _is_at(self, one: Trouble, name: str, *, before: bool) -> bool:
        if isinstance(one.at, int):
            return one.at <= self.turns
        return one.at == name and before == (one.kind in {Kind.LIMITED, Kind.REFUSED})

    async def _turn(self, name: str, *, before: bool) -> None:
        self.turns += 1
        due = self._due(name, before=before)
        if due is None:
            return
        match due.kind:
            case Kind.DIE:
                raise DiedError
            case Kind.NO_ANSWER:
                raise OutcomeUnknown("no answer") if name in CHAT else StoreUnavailable("no answer")
            case Kind.LIMITED:
                raise Limited(30)
            case Kind.REFUSED:
                self.refused.add(name)
                raise Refused("no permission")
        self.stalled = True
        assert due.what
        await due.what()


def _can(kind: Kind, name: str, *, before: bool) -> bool:
    return kind not in {Kind.LIMITED, Kind.REFUSED} or (before and name in CHAT)


@dataclass(frozen=True, slots=True)
class Witness:
    """A store in whose name a script is asked: who watches is told when it ran, also if nobody hears its answer."""

    real: Any
    wild: Wild
    script: str
    tell: Callable[[Any, Any], None]
    answered: Callable[[Any, Any], None] = field(default=lambda _asked, _answer: None)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.real, name)
        if name != self.script:
            return found

        async def asked(*args: Any, **more: Any) -> Any:
            running = self.wild.running[self.script]
            running.append(Ran(args, self.tell))
            try:
                answer = await found(*args, **more)
            finally:
                running.pop()
            self.answered(args, answer)
            return answer

        return asked
