"""An item of the bank: what is asked, which ideas a good answer has, and where the answer comes from."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MAX_QUESTION = 300
MAX_STATEMENT = 160
MAX_PHRASING = 200
MAX_HINT = 200
MAX_FOLLOW_UP = 300
MAX_MODEL_ANSWER = 1_600
KEY_POINTS = (3, 6)
MODEL_ANSWER_WORDS = (80, 250)
WEIGHTS = (1, 5)
REVIEW_LASTS = timedelta(days=2 * 365)
"""How long what was true when it was reviewed is taken to be so, where the question says nothing else."""


class Level(StrEnum):
    FOUNDATION = "foundation"
    PRACTITIONER = "practitioner"
    EXPERT = "expert"


class Label(StrEnum):
    """What a person says of one key point in a sample reply."""

    MADE = "made"
    HALF_MADE = "half-made"
    NOT_MADE = "not-made"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPoint:
    """One idea that a good answer has. ``id`` is unique within the question and stable over its revisions."""

    id: str
    statement: str
    weight: int
    accepted: tuple[str, ...]
    contradicted_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    title: str
    by: str
    year: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleReply:
    """A reply with a label per key point id: the bank's own data for graders."""

    kind: str
    text: str
    labels: dict[str, Label]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question as asked; ``revision`` starts at 1 and grows whenever key points change.

    ``reviewed`` is when it was last read against its sources, ``review_after`` the last day on which that is recent enough.
    """

    id: str
    revision: int
    topic: str
    level: Level
    text: str
    key_points: tuple[KeyPoint, ...]
    model_answer: str
    sources: tuple[Source, ...]
    reviewed: date
    hints: tuple[str, ...] = ()
    follow_up: str = ""
    tags: tuple[str, ...] = ()
    samples: tuple[SampleReply, ...] = ()
    review_after: date | None = None

    @property
    def weight(self) -> int:
        """The weights of all key points together."""
        return sum(point.weight for point in self.key_points)

    def is_stale(self, day: date) -> bool:
        """Tell whether the review is too old on a day to rely on the answer."""
        if self.review_after is not None:
            return day > self.review_after
        return day - self.reviewed > REVIEW_LASTS
