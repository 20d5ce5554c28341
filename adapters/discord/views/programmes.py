"""What those who look after the quiz are shown: its status and its next question."""

from collections.abc import Sequence

from adapters.discord import names
from adapters.discord.views import questions, rich, ways
from adapters.discord.views.components import (
    Json,
    Message,
    button,
    buttons,
    custom_id,
    heading,
    message,
    text,
    titled,
)
from adapters.discord.views.rich import Line, Piece
from adapters.discord.views.text import at
from bot import wording
from bot.domain.ids import BOT, MemberId, programme_and_date
from bot.domain.round import RoundState
from bot.views import ChangeLine, LastRound, NextQuestionView, NextRound, StatusView
from bot.wording import labels
from bot.wording.texts import counted

_MOST_ADMINS, _MOST_CHANGES = 20, 30


def status_message(view: StatusView) -> Message:
    facts = ((labels.STATE, view.state), (labels.SCHEDULE, view.schedule), (labels.ZONE, view.zone))
    said = [rich.fact(label, value) for label, value in facts]
    changes = rich.bullets(_change(one) for one in view.changes[:_MOST_CHANGES])
    if left := len(view.changes[_MOST_CHANGES:]):
        changes.append([labels.and_more(left + view.older_changes)])
    elif view.older_changes:
        changes.append(rich.words(wording.changes.older(view.older_changes)))
    return message(
        [
            heading(labels.STATUS, rich.place(view.place)),
            *text(rich.joined([*said, *_admins(view.admins)])),
            *titled(labels.NEXT, rich.bullets(_next(one) for one in view.next)),
            *titled(labels.LAST, rich.bullets(_last(one) for one in view.last)),
            *text(rich.joined(rich.bullets(rich.words(note) for note in view.notes))),
            *titled(labels.CHANGES, changes),
            setup_buttons(labels.CHANGE_SETUP),
        ]
    )


def next_question_message(view: NextQuestionView) -> Message:
    day = programme_and_date(view.round)[1]
    about = labels.about(view.topic, view.level)
    swap = [buttons(button(labels.ANOTHER, custom_id(names.SWAP, view.id)))] if view.swappable else []
    return message(
        [
            heading(
                f"{labels.NEXT_QUESTION}: {day:%a %d %b}", *rich.words(about), f" · {labels.ASKS} {at(view.asks_at)}"
            ),
            *questions.question(view.text),
            *questions.key_points((point, labels.weight(point)) for point in view.points),
            *questions.model_answer(view.model_answer),
            *questions.sources(view.sources),
            *text(rich.prose(view.note)),
            *swap,
        ]
    )


def setup_buttons(first: str) -> Json:
    """Return the buttons that open the pages of the setup."""
    return buttons(
        button(first, custom_id(names.SETUP, "1")),
        button(ways.MORE_SETTINGS, custom_id(names.SETUP, "2")),
    )


def _admins(admins: Sequence[MemberId]) -> list[Line]:
    people = " ".join(rich.user(admin) for admin in admins[:_MOST_ADMINS])
    more = f" {labels.and_more(len(admins) - _MOST_ADMINS)}" if len(admins) > _MOST_ADMINS else ""
    return [[f"**{labels.ADMINS}:** {people}{more}"]] if people else []


def _next(one: NextRound) -> list[Piece]:
    return [f"{one.date:%a %d %b}: {labels.ASKS} {at(one.asks_at)}, {labels.REVEALS} {at(one.reveals_at)}"]


def _last(one: LastRound) -> list[Piece]:
    replies = [] if one.state is RoundState.SKIPPED else [counted(one.repliers, "reply", "replies")]
    head = " · ".join([wording.dates.of_round(one.round), one.state, *replies, *([one.note] if one.note else [])])
    return [*rich.words(head), *(["\n  ", *rich.words(one.question)] if one.question else [])]


def _change(one: ChangeLine) -> list[Piece]:
    return [f"{_who(one)} ", *rich.words(one.what), f" · {at(one.at)}"]


def _who(one: ChangeLine) -> str:
    if one.who is None:
        return labels.SOMEBODY_GONE
    return labels.THE_BOT if one.who == BOT else rich.user(one.who)
