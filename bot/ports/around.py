"""What the core needs of the world: time, questions, a grader."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.programme import Occurrence, Schedule
from bot.domain.question import Question
from bot.domain.reply import Suggestion


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the present instant, UTC."""
        ...


class Calendar(Protocol):
    """Local schedules as instants; pure. Raises nothing for a schedule that ``faults`` finds nothing wrong with."""

    def faults(self, schedule: Schedule) -> Mapping[str, str]:
        """Return a sentence per field of the schedule that is wrong (unknown zone, no weekday, reveal before asking …)."""
        ...

    def occurrence(self, schedule: Schedule, day: date) -> Occurrence | None:
        """Return the occurrence of a local date, or None if nothing is scheduled on it."""
        ...

    def following(self, schedule: Schedule, after: datetime) -> Iterator[Occurrence]:
        """Yield the occurrences that ask later than an instant, in order; ends only when the calendar does."""
        ...

    def local_date(self, zone: str, at: datetime) -> date: ...


class Questions(Protocol):
    """The bank as it is in rotation now."""

    def all(self) -> Sequence[Question]: ...

    def get(self, question_id: str) -> Question | None: ...


class Grader(Protocol):
    async def suggest(
        self, question: Question, phrasings: Mapping[str, Sequence[str]], replies: Sequence[str]
    ) -> Sequence[Suggestion]:
        """Return one suggestion per reply, in order. ``phrasings`` are a team's learnt ones by key point id.

        In a reply that is not in good faith (``bot.domain.good_faith``) it sees nothing.
        """
        ...
