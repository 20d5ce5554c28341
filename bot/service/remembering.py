"""What a member's answer to a question makes of the memory of it: in practice, and after a round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import MemberId, RoundId
from bot.domain.practice import Memory, Recall, recall
from bot.domain.question import Question
from bot.domain.reply import Grade
from bot.domain.score import share
from bot.ports import PracticeStore, Reviews

BATCH = 500
"""Memories a script: planning and keeping so many takes about as long as so many awards."""


def rated(reviews: Reviews, before: Memory | None, part: float | None, at: datetime) -> Memory:
    """Return the memory after one more answer. ``part`` is the share of the key points, None for no answer of one's own."""
    how = Recall.MISSED if part is None else recall(part)
    had_come_due = before is not None and before.due <= at
    reviewed = at if had_come_due else before.reviewed if before else None
    state, due = reviews.after(before.state if before else "", how, at)
    return Memory(
        last=at,
        due=due,
        share=part or 0.0,
        times=(before.times if before else 0) + 1,
        state=state,
        reviewed=reviewed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembering:
    practice: PracticeStore
    reviews: Reviews

    async def round(self, round_: RoundId, question: Question, grades: Mapping[MemberId, Grade], at: datetime) -> None:
        """Let the members of a round remember its question as their grades say. Who has met it at ``at`` or later is left out.

        So it may be done again, also in part, and changes nothing then.
        """
        members = sorted(grades)
        for first in range(0, len(members), BATCH):
            batch = members[first : first + BATCH]
            known = await self.practice.memories_of(question.id, batch)
            made = {
                member: rated(self.reviews, known.get(member), _part(question, grades[member]), at)
                for member in batch
                if member not in known or known[member].last < at
            }
            if made:
                await self.practice.remember(question.id, made, round_)


def _part(question: Question, grade: Grade) -> float | None:
    return share(question, grade.ticks) if grade.good_faith else None
