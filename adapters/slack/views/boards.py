"""A board as rich text: a line for each member, the reader's own marked.

Slack's page on formatting says that whoever an app's message mentions is notified, and knows no mention that does not
notify; what an edit does it leaves open. So the reveal, which comes every day, shows plain names: ``names`` has them by
member. Who is not in it is mentioned. That is right where one person looks, since an ephemeral message or a modal reaches
nobody else, and all that is left where a name cannot be had.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from adapters.slack.views import rich
from adapters.slack.views.blocks import Message, header, message
from adapters.slack.views.rich import Json
from bot import wording
from bot.domain.ids import MemberId, last_part
from bot.domain.score import Standing
from bot.views import BoardView
from bot.wording import labels
from bot.wording.texts import MORE, counted, is_seen, shortened, tidy

Names = Mapping[MemberId, str]
NOBODY: Names = MappingProxyType({})

_LONGEST_NAME = 80
_LISTED = 12
"""Standings of a podium with ties that are listed."""
_PARTS_OF_A_PLACE = 3


def board_message(view: BoardView) -> Message:
    return message([header(f"{labels.LEADERBOARD}: {wording.dates.period_name(view.period)}"), *board_blocks(view)])


def board_blocks(view: BoardView) -> list[Json]:
    return rich.block(rich.section(*_scope(view)), *ranking(view), *podium(view))


def ranking(view: BoardView, names: Names = NOBODY) -> list[Json]:
    """Return the standings, or what is to be said where there are none, and what the reader should know of them."""
    lines = [_line(standing, view.own, names) for standing in view.top]
    if view.tied_others:
        lines.append([rich.text(f"{MORE} {wording.boards.others_on_podium(view.tied_others)}")])
    below = _below(view)
    lines += [[rich.text(MORE)]] if below and view.top else []
    lines += [_line(standing, view.own, names) for standing in below]
    notes = [
        *([wording.boards.HIDDEN] if view.hidden else []),
        *([wording.boards.BOARD_PROVISIONAL] if view.provisional else []),
        *([wording.boards.BOARD_UPDATING] if view.updating else []),
    ]
    return [
        *([] if view.top else [rich.section(*_nobody(view))]),
        *([rich.section(*_in_lines(lines))] if lines else []),
        *(rich.section(rich.text(note, italic=True)) for note in notes),
    ]


def podium(view: BoardView, names: Names = NOBODY) -> list[Json]:
    """Return who led the period before."""
    if not view.before or not view.podium:
        return []
    title = wording.boards.podium(wording.dates.period_name(view.before), provisional=view.podium_provisional)
    lines = [_line(standing, view.own, names) for standing in view.podium[:_LISTED]]
    others = view.podium_others + len(view.podium[_LISTED:])
    lines += [[rich.text(wording.boards.others_on_podium(others))]] if others else []
    return [rich.section(rich.text(f"\n{title}\n", bold=True), *_in_lines(lines))]


def named(member: MemberId, names: Names) -> Json:
    """Return a member's name, or a mention where none is known."""
    name = " ".join(tidy(names.get(member, "")).split())
    return rich.text(shortened(name, _LONGEST_NAME)) if is_seen(name) else rich.user(last_part(member))


def place(scope: str) -> Json:
    """Return a place as its channel, and a team as such."""
    parts = scope.split(":")
    return rich.channel(parts[-1]) if len(parts) == _PARTS_OF_A_PLACE else rich.text(labels.WHOLE_TEAM)


def _scope(view: BoardView) -> Sequence[Json]:
    members = f" · {counted(view.members, 'member', 'members')}" if view.members else ""
    return [place(view.scope), *([rich.text(members)] if members else [])]


def _nobody(view: BoardView) -> list[Json]:
    words = rich.said(view.empty or wording.boards.NOBODY_YET)
    return [*words, rich.text(" "), rich.at(view.coming)] if view.coming else words


def _below(view: BoardView) -> Sequence[Standing]:
    """Return the reader's standing and neighbours as far as the page above does not show them."""
    shown = {standing.member for standing in view.top}
    if view.own is None or view.own.member in shown:
        return ()
    return [standing for standing in view.around or (view.own,) if standing.member not in shown]


def _line(standing: Standing, own: Standing | None, names: Names) -> list[Json]:
    mine = own is not None and own.member == standing.member
    points = f" · {counted(standing.points, 'point', 'points')}"
    return [
        rich.text(f"{standing.rank}. "),
        named(standing.member, names),
        rich.text(f"{points} (you)", bold=True) if mine else rich.text(points),
    ]


def _in_lines(lines: Sequence[Sequence[Json]]) -> list[Json]:
    return [element for line in lines for element in (*line, rich.text("\n"))][:-1]
