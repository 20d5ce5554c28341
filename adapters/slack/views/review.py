"""What waits for those who look after a place: each reply with its key points, and the buttons that decide."""

from adapters.slack import names
from adapters.slack.views import labels, rich
from adapters.slack.views.blocks import Message, button, buttons, header, message, prose
from adapters.slack.views.grades import point_lines, reply_block
from adapters.slack.views.questions import question, titled
from adapters.slack.views.rich import Json
from bot.domain.ids import programme_and_date
from bot.views import PhrasingsView, ReviewItem, ReviewView

_MOST, _MOST_LEARNT, _MOST_REPORTS = 3, 120, 20


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


def item_blocks(item: ReviewItem) -> list[Json]:
    """Return what is known of an item, without the writer."""
    day = programme_and_date(item.round)[1]
    about = [*rich.said(f"{item.what} · {day:%a %d %b} · ", bold=True), rich.at(item.since)]
    wanted = f"{labels.IN_QUESTION}: {', '.join(map(str, item.in_question))}" if item.in_question else ""
    return [
        *rich.block(rich.section(*about)),
        *question(item.text),
        *reply_block(item.reply, item.points),
        *point_lines(item.points),
        *rich.block(rich.section(*rich.said(wanted, bold=True))),
        *rich.block(rich.section(*rich.said(item.reason and f"{labels.WHY}: {item.reason}"))),
    ]


def _ways(item: ReviewItem) -> Json:
    accept = button(labels.ACCEPT, names.COMMAND, f"quiz-admin review {item.id} accept", style="primary")
    return buttons(accept, button(labels.DECIDE, names.REVIEW, item.id))


def phrasings_message(view: PhrasingsView) -> Message:
    learnt = [
        [rich.text(f"{one.point}. ", bold=True), *rich.said(one.text), rich.text(f" · {one.id}", italic=True)]
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
