"""What waits for those who look after a place: each reply with its key points, and the buttons that decide."""

from collections.abc import Sequence

from adapters.discord import names
from adapters.discord.forms import Decided
from adapters.discord.views import rich
from adapters.discord.views.components import (
    MOST_POINTS,
    PRIMARY,
    RADIO,
    SELECT,
    Json,
    Message,
    Part,
    Text,
    button,
    buttons,
    custom_id,
    field,
    heading,
    message,
    modal,
    option,
    packed,
    select,
    text,
    text_input,
    titled,
)
from adapters.discord.views.grades import point_line, point_lines, quoted, reply_part
from adapters.discord.views.questions import question
from adapters.discord.views.rich import Line
from adapters.discord.views.text import at
from bot.domain.ids import programme_and_date
from bot.domain.question import MAX_PHRASING
from bot.domain.review import MAX_REASON
from bot.views import PhrasingsView, ReviewItem, ReviewView
from bot.wording import labels
from bot.wording.texts import shortened, tidy

_MOST, _MOST_REPORTS, _MOST_LEARNT = 3, 20, 60
_REPLY_IN_FORM = 700
"""Characters of the reply in the form; the whole of it stands in the message behind it."""


def review_messages(view: ReviewView) -> list[Message]:
    """Return what waits in as few messages as there is room in; each reply stands in one beside its question."""
    items = [section for item in view.items[:_MOST] for section in _sections(item)]
    reports: list[Line] = [
        [*rich.words(f"{one.question}:", "**"), " ", *rich.words(one.said)] for one in view.reports[:_MOST_REPORTS]
    ]
    older = button(labels.OLDER, custom_id(names.COMMAND, f"quiz-admin review after {view.after}"))
    below = [*titled(labels.SAID_OF_QUESTIONS, rich.bullets(reports)), *([buttons(older)] if view.after else [])]
    return packed([[heading(labels.REVIEW), *text(rich.prose(view.notice))], *items, below])


def review_modal(view: ReviewView, written: Decided | None = None) -> Json | None:
    """Return the form that decides about the one item of a view, with what was ``written``; None if there is not one."""
    if len(view.items) != 1:
        return None
    (item,) = view.items
    known = written or Decided()
    decisions = [
        option(value, label, default=(value == "accept") is known.accept) for value, label in labels.DECISIONS.items()
    ]
    reason = text_input(names.REASON, known.reason, lines=True, at_most=MAX_REASON, required=False)
    return modal(
        labels.REVIEW,
        custom_id(names.REVIEW_FORM, item.id),
        [
            *_in_form(item),
            field(labels.DECISION, select(RADIO, names.DECISION, decisions)),
            field(labels.DECISION_REASON, reason, labels.DECISION_REASON_HINT),
            *_learning(item, written),
        ],
    )


def phrasings_message(view: PhrasingsView) -> Message:
    points: list[Line] = [
        [f"{number}. ", *rich.words(point)] for number, point in enumerate(view.points[:MOST_POINTS], 1)
    ]
    learnt: list[Line] = [
        [
            f"**{one.point}.** " if one.point else f"**{labels.GONE_POINT}:** ",
            *rich.words(one.text),
            " · ",
            *rich.words(one.id, "*"),
        ]
        for one in view.learnt[:_MOST_LEARNT]
    ]
    return message(
        [
            heading(labels.LEARNT),
            *question(view.text),
            *titled(labels.KEY_POINTS, points),
            *titled(labels.LEARNT, rich.bullets(learnt)),
            *text(rich.prose(view.notice)),
        ]
    )


def _sections(item: ReviewItem) -> Sequence[Sequence[Part]]:
    """Return what is known of an item, without its writer, and the buttons that decide, in two sections."""
    wanted = ", ".join(map(str, item.in_question))
    accept = button(labels.ACCEPT, custom_id(names.COMMAND, f"quiz-admin review {item.id} accept"), PRIMARY)
    return (
        [
            Text((*_head(item), " · ", *rich.words(item.id, "*"))),
            *question(item.text),
            *reply_part(item.reply, item.points, labels.REPLY),
        ],
        [
            *point_lines(item.points),
            *titled(labels.SECOND_OPINION, rich.bullets(rich.words(labels.second_opinion(one)) for one in item.second)),
            *text(rich.fact(labels.IN_QUESTION, wanted) if wanted else []),
            *text(_why(item)),
            buttons(accept, button(labels.DECIDE, custom_id(names.REVIEW, item.id))),
        ],
    )


def _head(item: ReviewItem) -> Line:
    day = programme_and_date(item.round)[1]
    return ["### ", *rich.words(f"{item.what} · {day:%a %d %b}"), " · ", at(item.since)]


def _why(item: ReviewItem) -> Line:
    return rich.lines(f"{labels.WHY}: {item.reason}") if item.reason else []


def _in_form(item: ReviewItem) -> list[Part]:
    """Return what is in question, as one part: a form has five at most."""
    reply = quoted(shortened(tidy(item.reply), _REPLY_IN_FORM), (one.verdict.evidence for one in item.points))
    wanted = [point_line(number, item.points[number - 1]) for number in _numbers(item)]
    said = [_head(item), rich.lines(item.text, "**"), reply, *wanted, _why(item)]
    return text(rich.joined(line for line in said if line))


def _learning(item: ReviewItem, written: Decided | None) -> list[Json]:
    """Return the choice of a key point that the team is to learn, and its passage: what the grader saw of the first."""
    numbers = _numbers(item)
    if not numbers:
        return []
    chosen = written.point if written else 0
    options = [
        option(str(number), f"{number}. {item.points[number - 1].point.statement}", default=number == chosen)
        for number in numbers
    ]
    passage = written.passage if written else item.points[numbers[0] - 1].verdict.evidence
    return [
        field(labels.LEARN, select(SELECT, names.LEARN, options, required=False)),
        field(
            labels.PASSAGE,
            text_input(names.TEXT, passage, lines=True, at_most=MAX_PHRASING, required=False),
            labels.LEARN_HINT,
        ),
    ]


def _numbers(item: ReviewItem) -> Sequence[int]:
    return [number for number in item.in_question if 1 <= number <= len(item.points)][:MOST_POINTS]
