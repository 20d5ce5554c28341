"""What waits for those who look after a place: each reply with its key points, and the buttons that decide."""

from adapters.slack import names
from adapters.slack.views import rich
from adapters.slack.views.blocks import (
    MAX_OPTION,
    Message,
    button,
    buttons,
    field,
    header,
    message,
    modal,
    plain,
    prose,
    text_input,
)
from adapters.slack.views.grades import point_lines, reply_block
from adapters.slack.views.questions import question, titled
from adapters.slack.views.rich import Json
from bot.domain.ids import PlaceId, programme_and_date
from bot.domain.question import MAX_PHRASING
from bot.domain.review import MAX_REASON
from bot.views import PhrasingsView, ReviewItem, ReviewView
from bot.wording import labels

_MOST, _MOST_LEARNT, _MOST_REPORTS, _MOST_OPTIONS = 3, 120, 20, 100


def review_message(view: ReviewView) -> Message:
    older = (
        [buttons(button(labels.OLDER, names.COMMAND, f"quiz-admin review after {view.after}"))] if view.after else []
    )
    items = [block for item in view.items[:_MOST] for block in (*item_blocks(item), _ways(item))]
    reports = [
        [*rich.said(f"{one.question}: ", bold=True), *rich.said(one.said)] for one in view.reports[:_MOST_REPORTS]
    ]
    said = titled(labels.SAID_OF_QUESTIONS, [rich.bullets(reports)])
    return message([header(labels.REVIEW), *prose(view.notice), *items, *said, *older])


def review_modal(view: ReviewView, place: PlaceId) -> Json | None:
    """Return the form that decides about the one item of a view; None if there is not one."""
    if len(view.items) != 1:
        return None
    (item,) = view.items
    options = [{"text": plain(label, MAX_OPTION), "value": value} for value, label in labels.DECISIONS.items()]
    choice = {"type": "radio_buttons", "options": options, "initial_option": options[0]}
    reason = text_input(multiline=True, at_most=MAX_REASON)
    return modal(
        labels.REVIEW,
        [
            *item_blocks(item),
            field(names.DECISION, labels.DECISION, choice),
            field(names.REASON, labels.DECISION_REASON, reason, hint=labels.DECISION_REASON_HINT, optional=True),
            *_learning(item),
        ],
        form=names.REVIEW_FORM,
        submit=labels.SAVE,
        place=place,
        item=item.id,
    )


def _learning(item: ReviewItem) -> list[Json]:
    """Return the choice of a key point that the team is to learn, and its passage: what the grader saw of the first."""
    numbers = [number for number in item.in_question if number <= len(item.points)][:_MOST_OPTIONS]
    if not numbers:
        return []
    options = [
        {"text": plain(f"{number}. {item.points[number - 1].point.statement}", MAX_OPTION), "value": str(number)}
        for number in numbers
    ]
    passage = text_input(item.points[numbers[0] - 1].verdict.evidence, multiline=True, at_most=MAX_PHRASING)
    return [
        field(names.LEARN, labels.LEARN, {"type": "static_select", "options": options}, optional=True),
        field(names.TEXT, labels.PASSAGE, passage, hint=labels.LEARN_HINT, optional=True),
    ]


def item_blocks(item: ReviewItem) -> list[Json]:
    """Return what is known of an item, without the writer."""
    day = programme_and_date(item.round)[1]
    about = [*rich.said(f"{item.what} · {day:%a %d %b} · ", bold=True), rich.at(item.since)]
    wanted = f"{labels.IN_QUESTION}: {', '.join(map(str, item.in_question))}" if item.in_question else ""
    return [
        *rich.block(rich.section(*about)),
        *question(item.text),
        *reply_block(item.reply, item.points, labels.REPLY),
        *point_lines(item.points),
        *titled(labels.SECOND_OPINION, [rich.bullets(rich.said(labels.second_opinion(one)) for one in item.second)]),
        *rich.block(rich.section(*rich.said(wanted, bold=True))),
        *rich.block(rich.section(*rich.said(item.reason and f"{labels.WHY}: {item.reason}"))),
    ]


def _ways(item: ReviewItem) -> Json:
    accept = button(labels.ACCEPT, names.COMMAND, f"quiz-admin review {item.id} accept", style="primary")
    return buttons(accept, button(labels.DECIDE, names.REVIEW, item.id))


def phrasings_message(view: PhrasingsView) -> Message:
    learnt = [
        [
            rich.text(f"{one.point}. " if one.point else f"{labels.GONE_POINT}: ", bold=True),
            *rich.said(one.text),
            rich.text(f" · {one.id}", italic=True),
        ]
        for one in view.learnt[:_MOST_LEARNT]
    ]
    points = rich.bullets((rich.said(point) for point in view.points), ordered=True)
    return message(
        [
            header(labels.LEARNT),
            *question(view.text),
            *titled(labels.KEY_POINTS, [points]),
            *titled(labels.LEARNT, [rich.bullets(learnt)]),
            *prose(view.notice),
        ]
    )
