"""What was written into forms and not taken: Discord has closed them, so it is kept here until the form is opened again."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from adapters.discord.forms import Decided
from bot.domain.ids import MemberId
from bot.domain.reply import clean
from bot.ports import SetupRequest
from bot.views import FormView, GradedPoint, GradeView, PracticeGradeView, PrivateView, SetupChoice, SetupFormView

T = TypeVar("T", GradeView, PracticeGradeView)

KEPT_SECONDS = 900.0
_MOST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """``setup`` is a page of it, of which the other page's values are empty; ``decided`` is a lead's, of what waits."""

    text: str = ""
    ticks: tuple[bool, ...] = ()
    decided: Decided | None = None
    setup: SetupRequest = field(default_factory=SetupRequest)


@dataclass(slots=True)
class Drafts:
    """A memory of this process alone, for a quarter of an hour. ``now`` is the present instant in seconds, by any clock."""

    now: Callable[[], float]
    _kept: OrderedDict[tuple[MemberId, str], tuple[float, Draft]] = field(default_factory=OrderedDict)

    def keep(self, member: MemberId, form: str, draft: Draft) -> None:
        self.drop(member, form)
        self._kept[member, form] = (self.now() + KEPT_SECONDS, draft)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)

    def drop(self, member: MemberId, form: str) -> None:
        self._kept.pop((member, form), None)

    def forget(self, member: MemberId) -> None:
        """Drop all that a member wrote."""
        for key in [key for key in self._kept if key[0] == member]:
            del self._kept[key]

    def of(self, member: MemberId, form: str) -> Draft | None:
        while self._kept and next(iter(self._kept.values()))[0] < self.now():
            self._kept.popitem(last=False)
        return self._kept.get((member, form), (0.0, None))[1]

    def over(self, view: PrivateView, member: MemberId, form: str) -> PrivateView:
        """Return the view of a form with what was written into it before, if that was not taken."""
        draft = self.of(member, form)
        if draft is None:
            return view
        match view:
            case FormView():
                return replace(view, present=draft.text)
            case GradeView():
                return replace(_ticked(view, draft), reason=draft.text)
            case PracticeGradeView():
                return _ticked(view, draft)
            case SetupFormView():
                return _filled(view, draft.setup)
        return view


def _ticked(view: T, draft: Draft) -> T:
    if len(draft.ticks) != len(view.points):
        return view
    ticked: list[GradedPoint] = [replace(one, ticked=tick) for one, tick in zip(view.points, draft.ticks, strict=True)]
    return replace(view, points=tuple(ticked))


def _filled(view: SetupFormView, typed: SetupRequest) -> SetupFormView:
    def value(name: str) -> str:
        return clean(str(getattr(typed, name, "")))

    values = tuple((name, value(name) or now, meaning) for name, now, meaning in view.values)
    choices = {name: _chosen(choice, value(name)) for name, choice in view.choices.items()}
    return replace(view, values=values, choices=choices)


def _chosen(choice: SetupChoice, said: str) -> SetupChoice:
    if not said:
        return choice
    words = said.split(",")
    return replace(choice, chosen=tuple(one for one in choice.options if one in words))
