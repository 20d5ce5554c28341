"""A board: a line for each member, the reader's own marked in words.

A name is a mention, which shows what the member is called today; every message of ours notifies nobody.
"""

from collections.abc import Sequence

from adapters.discord.views import rich
from adapters.discord.views.components import Message, Part, heading, message, text, titled
from adapters.discord.views.rich import Line, Piece
from adapters.discord.views.text import at
from bot import wording
from bot.domain.score import Standing
from bot.views import BoardView
from bot.wording import labels
from bot.wording.texts import MORE, counted

LISTED, _ON_PODIUM = 12, 6
"""Standings that are listed at most of a board, and of a podium with ties."""


def board_message(view: BoardView) -> Message:
    title = f"{labels.LEADERBOARD}: {wording.dates.period_name(view.period)}"
    members = f" · {counted(view.members, 'member', 'members')}" if view.members else ""
    return message(
        [
            heading(title, rich.place(view.scope), members),
            *text(rich.joined(ranking(view))),
            *podium(view),
        ]
    )


def ranking(view: BoardView, most: int = LISTED) -> list[Line]:
    """Return the standings, or what is to be said where there are none, and what the reader should know of them."""
    lines = [_line(standing, view.own) for standing in view.top[:most]] or [_nobody(view)]
    if left := len(view.top[most:]):
        lines.append([f"{MORE} {labels.and_more(max(left, view.members - most))}"])
    elif view.tied_others:
        lines.append([f"{MORE} {wording.boards.others_on_podium(view.tied_others)}"])
    below = _below(view)
    lines += [[MORE]] if below and view.top else []
    lines += [_line(standing, view.own) for standing in below]
    notes = [
        *([wording.boards.HIDDEN] if view.hidden else []),
        *([wording.boards.BOARD_PROVISIONAL] if view.provisional else []),
        *([wording.boards.BOARD_UPDATING] if view.updating else []),
    ]
    return [*lines, *(rich.words(note, "*") for note in notes)]


def podium(view: BoardView) -> list[Part]:
    """Return who led the period before."""
    if not view.before or not view.podium:
        return []
    title = wording.boards.podium(wording.dates.period_name(view.before), provisional=view.podium_provisional)
    lines = [_line(standing, view.own) for standing in view.podium[:_ON_PODIUM]]
    others = view.podium_others + len(view.podium[_ON_PODIUM:])
    lines += [[wording.boards.others_on_podium(others)]] if others else []
    return titled(title, lines)


def _nobody(view: BoardView) -> list[Piece]:
    said = rich.words(view.empty or wording.boards.NOBODY_YET)
    return [*said, " ", at(view.coming)] if view.coming else said


def _below(view: BoardView) -> Sequence[Standing]:
    """Return the reader's standing and neighbours as far as the page above does not show them."""
    shown = {standing.member for standing in view.top[:LISTED]}
    if view.own is None or view.own.member in shown:
        return ()
    return [standing for standing in view.around or (view.own,) if standing.member not in shown][:LISTED]


def _line(standing: Standing, own: Standing | None) -> list[Piece]:
    """Return a standing. The point is escaped: a list of Discord's would count on, where ties share a rank."""
    points = counted(standing.points, "point", "points")
    mine = " **(you)**" if own is not None and own.member == standing.member else ""
    return [f"{standing.rank}\\. {rich.user(standing.member)} · {points}{mine}"]
