"""What a member is to see of oneself, and what is handed over."""

from dataclasses import dataclass

from bot.domain.ids import PlaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOf:
    """A topic or a level, the rounds in it, and the member's share of their key points, 0 to 1."""

    name: str
    rounds: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MeView:
    """A member's own statistics in a place. ``days`` is how far back ``rounds`` and the shares look.

    ``points`` are all of the place. ``due`` is how many due reviews practice would bring up today. ``weakest`` is the topic to practise, empty if there is not enough to tell.
    """

    place: PlaceId
    days: int
    rounds: int
    points: int
    streak: int
    best_streak: int
    topics: tuple[ShareOf, ...] = ()
    levels: tuple[ShareOf, ...] = ()
    due: int = 0
    weakest: str = ""
    hidden: bool = False
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
