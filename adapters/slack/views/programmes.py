"""What those who look after the quiz are shown: its status and its next question."""

from collections.abc import Sequence

from adapters.slack import names
from adapters.slack.views import questions, rich
from adapters.slack.views.blocks import Message, button, buttons, header, message, prose
from adapters.slack.views.boards import place
from adapters.slack.views.questions import titled
from adapters.slack.views.rich import Json
from bot import wording
from bot.domain.ids import BOT, MemberId, last_part, programme_and_date
from bot.domain.round import RoundState
from bot.views import ChangeLine, LastRound, NextQuestionView, NextRound, StatusView
from bot.wording import labels
from bot.wording.texts import counted

_MOST_ADMINS = 20


def status_message(view: StatusView) -> Message:
    older = (
        [rich.section(rich.text(wording.changes.older(view.older_changes), italic=True))] if view.older_changes else []
    )
    changes = titled(labels.CHANGES, [rich.bullets(_change(one) for one in view.changes), *older])
    return message([header(labels.STATUS), *status_blocks(view), *changes, setup_buttons(view)])


def status_blocks(view: StatusView) -> list[Json]:
    """Return a programme with what comes next and what came last."""
    facts = ((labels.STATE, view.state), (labels.SCHEDULE, view.schedule), (labels.ZONE, view.zone))
    lines = [element for label, value in facts for element in _fact(label, value)]
    return [
        *rich.block(rich.section(place(view.place), *lines, *_admins(view.admins))),
        *titled(labels.NEXT, [rich.bullets(_next(one) for one in view.next)]),
        *titled(labels.LAST, [rich.bullets(_last(one) for one in view.last)]),
        *rich.block(rich.bullets(rich.said(note) for note in view.notes)),
    ]


def setup_buttons(view: StatusView, block_id: str = "") -> Json:
    return buttons(button(labels.CHANGE_SETUP, names.SETUP, view.place), block_id=block_id)


def next_question_message(view: NextQuestionView) -> Message:
    day = programme_and_date(view.round)[1]
    about = rich.said(labels.about(view.topic, view.level))
    swap = [buttons(button(labels.ANOTHER, names.SWAP, view.id))] if view.swappable else []
    return message(
        [
            header(f"{labels.NEXT_QUESTION}: {day:%a %d %b}"),
            *rich.block(rich.section(*about, rich.text(f" · {labels.ASKS} "), rich.at(view.asks_at))),
            *questions.question(view.text),
            *questions.key_points((point, labels.weight(point)) for point in view.points),
            *questions.model_answer(view.model_answer),
            *questions.sources(view.sources),
            *prose(view.note),
            *swap,
        ]
    )


def _fact(label: str, value: str) -> Sequence[Json]:
    return [rich.text(f"\n{label}: ", bold=True), *rich.said(value)]


def _admins(admins: Sequence[MemberId]) -> list[Json]:
    """Return the line that mentions them; it is shown to one person, so nobody is notified."""
    people = [element for admin in admins[:_MOST_ADMINS] for element in (rich.user(last_part(admin)), rich.text(" "))]
    more = [rich.text(labels.and_more(len(admins) - _MOST_ADMINS))] if len(admins) > _MOST_ADMINS else []
    return [rich.text(f"\n{labels.ADMINS}: ", bold=True), *people, *more] if people else []


def _next(one: NextRound) -> list[Json]:
    asks = [rich.text(f"{one.date:%a %d %b}: {labels.ASKS} "), rich.at(one.asks_at)]
    return [*asks, rich.text(f", {labels.REVEALS} "), rich.at(one.reveals_at)]


def _last(one: LastRound) -> list[Json]:
    replies = [] if one.state is RoundState.SKIPPED else [counted(one.repliers, "reply", "replies")]
    note = [one.note] if one.note else []
    head = " · ".join([wording.dates.of_round(one.round), one.state, *replies, *note])
    return [*rich.said(head), *([rich.text("\n"), *rich.said(one.question)] if one.question else [])]


def _change(one: ChangeLine) -> list[Json]:
    return [_who(one), rich.text(" "), *rich.said(one.what), rich.text(" · "), rich.at(one.at)]


def _who(one: ChangeLine) -> Json:
    if one.who is None:
        return rich.text(labels.SOMEBODY_GONE)
    return rich.text(labels.THE_BOT) if one.who == BOT else rich.user(last_part(one.who))
