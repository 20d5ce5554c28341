"""What is meant to come next in a place, so that it can be looked at, swapped, and kept out of practice."""

from dataclasses import dataclass, replace

from bot.domain.choose import History
from bot.domain.ids import RoundId


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The question, by its id, that a round is to ask; ``passed`` are those that were swapped away for this round.

    ``wishes`` are the deliveries by which they were.
    """

    round: RoundId
    question: str
    passed: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()

    def swapped(self) -> tuple[str, ...]:
        """Return what may not come any more when the question is swapped away too."""
        return (*self.passed, self.question)


def without(history: History, *ids: str) -> History:
    """Return the history with these questions taken."""
    return replace(history, taken=frozenset({*history.taken, *ids}))
