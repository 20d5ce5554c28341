"""What a platform shows a moment before the store has heard of it: waited for, so that nobody can be too fast."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot import wording
from bot.domain.ids import PlaceId
from bot.domain.round import Round, RoundState
from bot.views import NoticeView

V = TypeVar("V")

_NOT_YET = frozenset({wording.replies.COMING, wording.grades.NOT_REVEALED})
_MOMENTS, _MOMENT_SECONDS = 20, 0.1


async def settled(content: Callable[[], Awaitable[V]]) -> V:
    """Return the content once the round is what its post says, or after two seconds as it is."""
    for _ in range(_MOMENTS):
        view = await content()
        if not isinstance(view, NoticeView) or view.text not in _NOT_YET:
            return view
        await asyncio.sleep(_MOMENT_SECONDS)
    return await content()


async def round_under_way(round_in: Callable[[PlaceId], Awaitable[Round | None]], place: PlaceId) -> Round | None:
    """Return the round of a place; one whose post is shown already, as soon as the store has heard of it."""
    round_ = await round_in(place)
    for _ in range(_MOMENTS):
        if round_ is None or round_.state is not RoundState.OPENING:
            break
        await asyncio.sleep(_MOMENT_SECONDS)
        round_ = await round_in(place)
    return round_
