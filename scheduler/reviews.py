"""When a question comes back to a member who practises: spaced repetition by FSRS. Pure.

The module satisfies ``bot.ports.Reviews``. The model is that of the fsrs library with its published default weights; what is
missed comes back within a day or two, what is known after ever longer times. Steps of minutes, which it offers for
flashcards, are left out: nobody looks into a chat that often.
"""

import json
from datetime import UTC, datetime

from fsrs import Card, Rating, Scheduler

from bot.domain.practice import Recall

_RATINGS = {Recall.MISSED: Rating.Again, Recall.HARD: Rating.Hard, Recall.GOOD: Rating.Good}
_LONGEST_DAYS = 365
# Without its random spread: whoever looks twice sees the same date.
_PLAN = Scheduler(
    desired_retention=0.9, learning_steps=(), relearning_steps=(), maximum_interval=_LONGEST_DAYS, enable_fuzzing=False
)


def after(state: str, recall: Recall, at: datetime) -> tuple[str, datetime]:
    """Return the new state and the instant (UTC) from which on the question is due; ``state`` is empty at the first time."""
    at = at.astimezone(UTC)
    # An id of our own: the library would wait a millisecond to find one, and nothing here needs it.
    card = Card.from_dict(json.loads(state)) if state else Card(card_id=0, due=at)
    known, _ = _PLAN.review_card(card, _RATINGS[recall], at)
    return json.dumps(known.to_dict(), separators=(",", ":")), known.due
