"""What a member is to see of oneself, and what is handed over."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import PlaceId, RoundId
from bot.domain.programme import Collect
from bot.domain.question import Level
from bot.views.programmes import StatusView


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOf:
    """A topic or a level, the rounds in it, and the member's share of their key points, 0 to 1."""

    name: str
    rounds: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MeView:
    """A member's own statistics in a place. ``days`` is how far back ``rounds`` and the shares look.

    ``points`` are all of the place. ``rank`` is that of the present week among ``ranked`` members with points, and 0 where the member has none
    yet; a hidden member's is the one that it would be. ``due`` is how many due reviews practice would bring up today. ``weakest`` is the topic to practise, empty if there is not enough to tell.
    """

    place: PlaceId
    days: int
    rounds: int
    points: int
    streak: int
    best_streak: int
    rank: int = 0
    ranked: int = 0
    topics: tuple[ShareOf, ...] = ()
    levels: tuple[ShareOf, ...] = ()
    due: int = 0
    weakest: str = ""
    hidden: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRound:
    """A question that a member may answer now; ``present``: there is a reply of theirs that stands.

    ``collect`` says which ways of answering are to be offered.
    """

    round: RoundId
    place: PlaceId
    topic: str
    level: Level
    text: str
    reveals_at: datetime
    present: bool
    collect: Collect = Collect.BOTH


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """A member's own page over all of the team's places that they are in. ``programmes`` are those that they look after.

    ``note`` says what to do where there is nothing to show yet.
    """

    open: tuple[OpenRound, ...] = ()
    places: tuple[MeView, ...] = ()
    programmes: tuple[StatusView, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmView:
    """Something that is asked once before it is done: ``command`` is what does it, typed or behind a button ``label``."""

    text: str
    command: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A file for one person: a chat hands it over as one, or shows its text."""

    name: str
    text: str
    note: str
