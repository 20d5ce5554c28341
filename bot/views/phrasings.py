"""What a team has learnt of a question, for those who look after it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PhrasingLine:
    """A phrasing that counts for the key point with this number, counted from 1; it does not say whose it was.

    0: the bank's newest revision no longer has its key point, so that it counts for none.
    """

    id: str
    point: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PhrasingsView:
    """A question's key points by their statements, and what was learnt of them. ``question`` is its id."""

    question: str
    text: str
    points: tuple[str, ...]
    notice: str
    learnt: tuple[PhrasingLine, ...] = ()
