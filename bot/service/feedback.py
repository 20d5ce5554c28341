"""What members say of a revealed question, and how many said what, for those who look after the place."""

from dataclasses import dataclass

from bot import wording
from bot.domain.feedback import Feedback
from bot.domain.ids import PlaceId, RoundId
from bot.domain.round import RoundState
from bot.ports import Caller, FeedbackStore, RoundStore
from bot.views import NoticeView, QuestionReport

_NONE = "none"
_LATEST = 20
"""Rounds of a place whose questions are reported on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedbacks:
    store: FeedbackStore
    rounds: RoundStore

    async def give(self, caller: Caller, which: RoundId | None, said: str) -> NoticeView:
        """Keep what a member says of a question that was revealed here, the last one unless another is named."""
        if said not in {_NONE, *Feedback}:
            return NoticeView(text=wording.feedback.WHAT)
        rounds = [await self.rounds.get(which)] if which else await self.rounds.latest(caller.place, _LATEST)
        revealed = [one for one in rounds if one and one.state is RoundState.REVEALED]
        if not revealed:
            return NoticeView(text=wording.feedback.NOT_YET)
        what = None if said == _NONE else Feedback(said)
        await self.store.give(caller.place, revealed[0].asked().id, caller.member, what)
        return NoticeView(text=wording.feedback.noted(what) if what else wording.feedback.TAKEN_BACK)

    async def reports(self, place: PlaceId) -> tuple[QuestionReport, ...]:
        """Return the questions of the last rounds that somebody said something of, newest first."""
        latest = await self.rounds.latest(place, _LATEST)
        revealed = [one for one in latest if one.state is RoundState.REVEALED]
        known = await self.store.counts(place, [one.asked().id for one in revealed])
        return tuple(
            QuestionReport(
                round=one.id, question=one.asked().id, text=one.asked().text, said=wording.feedback.counts(said)
            )
            for one, said in zip(revealed, known, strict=True)
            if said
        )
