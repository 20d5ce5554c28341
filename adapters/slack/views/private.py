"""What one person alone is shown, as messages: receipts, notices, hints, help, and what other modules lay out."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from adapters.slack.views import labels, rich
from adapters.slack.views.answers import form_message
from adapters.slack.views.blocks import Message, button, buttons, context, header, message, modal
from adapters.slack.views.boards import board_message
from adapters.slack.views.rich import Json
from adapters.slack.views.text import moment
from bot.domain.ids import PlaceId
from bot.domain.reply import ReceiptState
from bot.views import (
    BoardView,
    FormView,
    HelpView,
    NoticeView,
    PrivateView,
    ReceiptView,
)

_BULLET = re.compile(r"^• ", re.MULTILINE)


def private_message(view: PrivateView) -> list[Message]:
    """Return the view as messages to be sent one after the other, mostly one; a form as one with a button that opens it."""
    return list(_LAID_OUT[type(view)](view))


def hint_message(view: NoticeView, action: str, value: str) -> Message:
    """Return a hint, with a button for the next one. ``action`` and ``value`` are those of the button that asked for it."""
    about, number, of = value.rsplit(" ", 2)
    following = int(number) + 1
    blocks = rich.block(*prose(view.text))
    if following <= int(of):
        blocks.append(buttons(button(labels.NEXT_HINT, action, f"{about} {following} {of}")))
    return message(blocks)


def message_modal(title: str, view: PrivateView, place: PlaceId) -> Json:
    """Return a view as a modal, in place of a form."""
    return modal(title, [block for one in private_message(view) for block in one.blocks], place=place)


def loading_modal(title: str) -> Json:
    return modal(title, [context(labels.LOADING)])


def prose(text: str) -> list[Json]:
    """Return sentences of ours, their lines that begin with a bullet as a list."""
    first, *points = _BULLET.split(text)
    return [rich.section(*rich.said(first)), rich.bullets(rich.said(point) for point in points)]


def _receipt(view: ReceiptView) -> Sequence[Message]:
    blocks = rich.block(*prose(view.sentence), rich.quote(*rich.said(view.text)))
    if view.reveals_at and view.state is not ReceiptState.LATE:
        blocks.append(context(f"{labels.REVEAL}: {moment(view.reveals_at)}."))
    return [message(blocks)]


def _notice(view: NoticeView) -> Sequence[Message]:
    return [message(rich.block(*prose(view.text)))]


def _help(view: HelpView) -> Sequence[Message]:
    lines = [[rich.text(command, code=True), rich.text(f"  {purpose}")] for command, purpose in view.commands]
    return [message([header(view.title), *rich.block(rich.bullets(lines), rich.section(*rich.said(view.closing)))])]


_LAID_OUT: Mapping[type[Any], Callable[[Any], Sequence[Message]]] = {
    BoardView: lambda view: [board_message(view)],
    FormView: lambda view: [form_message(view)],
    HelpView: _help,
    NoticeView: _notice,
    ReceiptView: _receipt,
}
