"""A way of putting a key point that a team has learnt from one of its replies."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.good_faith import words
from bot.domain.ids import MemberId, RoundId

MOST_LEARNT = 20
"""Of one key point, so that a question stays quick to grade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """``point`` is the key point's id. It comes from a reply of ``member`` in ``round``; a lead, ``by``, accepted it ``at``.

    Stores name neither of them to anybody who lists phrasings: ``member`` is None where it is read, and ``by`` is None for a
    lead whose data was erased.
    """

    point: str
    text: str
    round: RoundId
    at: datetime
    member: MemberId | None = None
    by: MemberId | None = None

    @property
    def id(self) -> str:
        """The same for the same words of a key point, however often they are learnt."""
        said = f"{self.point}\0{' '.join(words(self.text))}"
        return hashlib.sha256(said.encode()).hexdigest()[:8]


def is_from(learnt: Learnt, reply: str) -> bool:
    """Tell whether a phrasing is a passage of a reply: a lead may put it better, with most of its words."""
    said = set(words(learnt.text))
    return len(said & set(words(reply))) * 2 > len(said)


def by_point(phrasings: Iterable[Learnt]) -> Mapping[str, Sequence[str]]:
    """Return the texts as a grader takes them: by key point, in an order that is always the same."""
    found: dict[str, list[str]] = {}
    for one in sorted(phrasings, key=lambda one: (one.point, one.id)):
        found.setdefault(one.point, []).append(one.text)
    return found
