"""What a member is shown of oneself, on request and on a page of one's own (App Home)."""

from collections.abc import Iterator, Sequence

from adapters.slack import names
from adapters.slack.views import rich
from adapters.slack.views.blocks import Message, button, buttons, header, message, prose
from adapters.slack.views.boards import place
from adapters.slack.views.questions import titled
from adapters.slack.views.rich import Json
from bot import wording
from bot.domain.score import PeriodKind
from bot.views import ConfirmView, DocumentView, MeView, ShareOf
from bot.wording import labels
from bot.wording.texts import counted, tidy

_PIECES, _MOST_PAGES = 2, 5
"""Pieces of a document in a message, and messages: no more than five may answer one interaction."""
_MOST_SHARES = 30


def me_message(view: MeView) -> Message:
    return message([header(labels.YOU), *me_blocks(view), me_buttons(view)])


def me_blocks(view: MeView) -> list[Json]:
    facts = (
        (labels.POINTS, str(view.points)),
        (labels.RANK, wording.members.ranked(view.rank, view.ranked)),
        (labels.ROUNDS, f"{view.rounds} in the last {wording.dates.days(view.days)}"),
        (labels.STREAK, f"{view.streak} in a row, {view.best_streak} at best"),
        (labels.REVIEWS, wording.members.reviews(view.due)),
    )
    lines = [element for label, value in facts if value for element in _fact(label, value)]
    return [
        *rich.block(rich.section(place(view.place), *lines)),
        *prose(view.note),
        *titled(labels.TOPICS, [_shares(view.topics)]),
        *titled(labels.LEVELS, [_shares(view.levels)]),
        *prose(wording.members.HIDDEN_NOTE if view.hidden else ""),
        *prose(wording.members.weakest(view.weakest) if view.weakest else ""),
    ]


def me_buttons(view: MeView, block_id: str = "") -> Json:
    practise = button(labels.PRACTISE, names.PRACTISE, f"{view.weakest}|")
    return buttons(practise, button(labels.LEADERBOARD, names.LEADERBOARD, PeriodKind.WEEK), block_id=block_id)


def confirm_message(view: ConfirmView) -> Message:
    done = button(view.label, names.COMMAND, view.command.removeprefix("/"), style="danger")
    return message([*prose(view.text), buttons(done)])


def document_messages(view: DocumentView) -> Sequence[Message]:
    """Return the text in messages that can be copied; of a very long one the beginning."""
    pieces = list(_pieces(tidy(view.text)))
    most = (_MOST_PAGES - 1) * _PIECES
    more = prose(labels.MORE) if len(pieces) > most else []
    pages = [pieces[start : start + _PIECES] for start in range(0, len(pieces[:most]), _PIECES)]
    return [
        message([header(view.name), *prose(view.note), *more]),
        *(message(rich.block(*(rich.preformatted(piece) for piece in page))) for page in pages),
    ]


def _pieces(text: str) -> Iterator[str]:
    """Yield the text in pieces that have room in one element, cut at the ends of lines where there are any."""
    while text:
        end = text.rfind("\n", 0, rich.MAX_TEXT) + 1 if len(text) > rich.MAX_TEXT else 0
        piece = text[: end or rich.MAX_TEXT]
        yield piece.rstrip("\n") or piece
        text = text[len(piece) :]


def _fact(label: str, value: str) -> list[Json]:
    return [rich.text(f"\n{label}: ", bold=True), rich.text(value)]


def _shares(shares: Sequence[ShareOf]) -> Json:
    return rich.bullets(
        [
            *rich.said(one.name),
            rich.text(f": {one.share:.0%} {labels.OF_KEY_POINTS} {counted(one.rounds, 'round', 'rounds')}"),
        ]
        for one in shares[:_MOST_SHARES]
    )
