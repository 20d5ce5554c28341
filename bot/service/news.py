"""What has happened to a member's grades meanwhile, told once, beside what the member sees anyway."""

import logging
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from bot import wording
from bot.domain.ids import MemberId, PlaceId, RoundId
from bot.ports import Ledger, News, ReviewStore, StoreUnavailable
from bot.views import GradeView, MeView, ReceiptView

log = logging.getLogger(__name__)

V = TypeVar("V")
Roomy = ReceiptView | GradeView | MeView

_MOST = 3
"""Sentences that are told at once; the others come next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    reviews: ReviewStore
    ledger: Ledger

    async def with_news(self, place: PlaceId, member: MemberId, view: V) -> V:
        """Return the view with what the member was not told yet, if it is one that has room for it.

        Whatever hinders that, the view is shown; the grades say the same at any time.
        """
        if not isinstance(view, ReceiptView | GradeView | MeView) or (isinstance(view, ReceiptView) and not view.news):
            return view  # a receipt says itself whether there are any: so nobody asks the store twice for a reply
        try:
            news = await self.reviews.news(place, member, _MOST, view.round if isinstance(view, GradeView) else None)
        except StoreUnavailable as error:
            log.warning("news could not be read", extra={"why": str(error)})
            return view
        said = " ".join([await self._sentence(member, *one) for one in news])
        return cast("V", _beside(view, said)) if said else view

    async def _sentence(self, member: MemberId, round_: RoundId, what: News) -> str:
        if what is not News.REVIEW:
            return wording.regrading.news(round_, met=what is News.APPEAL_MET)
        try:
            grade = await self.ledger.grade(round_, member)
        except StoreUnavailable:
            grade = None  # the news are taken: without the reason they are told all the same
        return wording.review.news_of_review(round_, grade.decision if grade else None)


def _beside(view: Roomy, said: str) -> Roomy:
    if isinstance(view, ReceiptView):
        return replace(view, sentence=f"{view.sentence} {said}", news=False)
    if isinstance(view, GradeView):
        return replace(view, notice=f"{view.notice} {said}")
    return replace(view, note=f"{view.note} {said}".strip())
