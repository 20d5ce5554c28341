"""What is kept of a member over all rounds of a team, and the member's rights to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.ids import MemberId, PlaceId, RoundId, TeamId
from bot.domain.question import Level
from bot.domain.reply import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A member's grade in a revealed round. ``share`` is of its question's key points, 0 to 1; none if not in good faith."""

    round: RoundId
    topic: str
    level: Level
    share: float
    grade: Grade


class MemberStore(Protocol):
    async def hide(self, member: MemberId, *, hidden: bool) -> None:
        """Take the member off every board of the team, or bring the member back; nothing of the ledger changes.

        Who is hidden decides at once where points go; what is on the boards follows, and ``resume`` goes on with it.
        """
        ...

    async def hidden(self, team: TeamId) -> Collection[MemberId]:
        """Return who of a team is hidden."""
        ...

    async def results(self, place: PlaceId, member: MemberId) -> Sequence[Result]:
        """Return the member's grades in the place as far as they are kept, newest first."""
        ...

    async def export(self, member: MemberId) -> Mapping[str, object]:
        """Return everything that is kept of the member, as values that JSON has."""
        ...

    async def erase(self, member: MemberId) -> None:
        """Leave nothing of the member: the ledger keeps the points under a random token. Safe to repeat.

        Until it has ended nothing new is kept of the member; after that the member starts anew. ``resume`` goes on with it.
        """
        ...

    async def resume(self, platform: str) -> int:
        """Go on with what was begun and has not ended: erasing, hiding and showing. Return how many there were."""
        ...
