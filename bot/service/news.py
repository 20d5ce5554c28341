"""What has happened to a member's grades meanwhile, told once, beside what the member sees anyway."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from bot import wording
from bot.domain.ids import MemberId, PlaceId, RoundId
from bot.ports import News, ReviewStore, StoreUnavailable
from bot.views import GradeView, MeView, ReceiptView

log = logging.getLogger(__name__)

V = TypeVar("V")
Roomy = ReceiptView | GradeView | MeView

_SENTENCES = {News.REVIEW: wording.review.news_of_review, News.REGRADE: wording.regrading.news}
_MOST = 3
"""Sentences that are told at once; the grades themselves say it all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    reviews: ReviewStore

    async def with_news(self, place: PlaceId, member: MemberId, view: V) -> V:
        """Return the view with what the member was not told yet, if it is one that has room for it.

        Whatever hinders that, the view is shown; the grades say the same at any time.
        """
        if not isinstance(view, ReceiptView | GradeView | MeView):
            return view
        try:
            news = await self.reviews.news(place, member)
        except StoreUnavailable as error:
            log.warning("news could not be read", extra={"why": str(error)})
            return view
        said = " ".join(_told(news, view.round if isinstance(view, GradeView) else None))
        return cast("V", _beside(view, said)) if said else view


def _told(news: Sequence[tuple[RoundId, News]], seen: RoundId | None) -> list[str]:
    """Return the sentences of the latest news; a decision is not told beside the grade that says it itself."""
    told = [_SENTENCES[what](round_) for round_, what in news if (round_, what) != (seen, News.REVIEW)]
    return told[-_MOST:]


def _beside(view: Roomy, said: str) -> Roomy:
    if isinstance(view, ReceiptView):
        return replace(view, sentence=f"{view.sentence} {said}")
    if isinstance(view, GradeView):
        return replace(view, notice=f"{view.notice} {said}")
    return replace(view, note=f"{view.note} {said}".strip())
