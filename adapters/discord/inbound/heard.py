"""Whose a message under a post is, and where: Discord says neither of one that was deleted."""

from collections import OrderedDict
from dataclasses import dataclass

from bot.domain.ids import MemberId, RoundId

_MOST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    channel: str
    member: MemberId
    round: RoundId
    version: int


class Ear:
    """A memory of this process alone: of what it forgets, the reading back before the reveal knows that it is gone."""

    def __init__(self, most: int = _MOST) -> None:
        self._heard: OrderedDict[str, Heard] = OrderedDict()
        self._most = most

    def remember(self, message: str, heard: Heard) -> None:
        self._heard[message] = heard
        self._heard.move_to_end(message)
        while len(self._heard) > self._most:
            self._heard.popitem(last=False)

    def of(self, message: str) -> Heard | None:
        return self._heard.get(message)
