"""What a team's leads have accepted as ways of putting a key point."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import TeamId
from bot.domain.phrasing import Learnt


class PhrasingStore(Protocol):
    """Phrasings by team and question. They are learnt together with a lead's decision: see ``ReviewStore.decide``."""

    async def of(self, team: TeamId, question: str) -> Sequence[Learnt]:
        """Return what a team has learnt of a question, by key point and id."""
        ...

    async def drop(self, team: TeamId, question: str, id_: str) -> bool:
        """Forget a phrasing; False if there is none (any more)."""
        ...

    async def change(self, team: TeamId, question: str, id_: str, after: Learnt) -> bool:
        """Put another text in the place of a phrasing, with the same origin; False if that is not there (any more)."""
        ...

    async def all(self) -> Sequence[tuple[TeamId, str, Learnt]]:
        """Return everything that any team has learnt, with the question's id."""
        ...
