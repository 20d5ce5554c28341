"""Practising alone: the question, what a reply makes of it, and the model answer."""

from adapters.discord import names
from adapters.discord.views import questions, rich
from adapters.discord.views.answers import reply_field
from adapters.discord.views.components import (
    PRIMARY,
    Json,
    Message,
    button,
    buttons,
    custom_id,
    heading,
    message,
    modal,
    text,
)
from adapters.discord.views.grades import point_lines, points_field, reply_in_form, reply_part
from adapters.discord.views.text import moment
from bot.views import AnswerView, PracticeGradeView, PracticeView
from bot.wording import labels


def practice_message(view: PracticeView) -> Message:
    hint = button(labels.HINT, custom_id(names.PRACTICE_HINT, f"{view.question} 1 {len(view.hints)}"))
    ways = buttons(
        button(labels.ANSWER, custom_id(names.PRACTICE_ANSWER, view.question), PRIMARY),
        *([hint] if view.hints else []),
        _answer(f"{view.question} {view.times}"),
        _another(view.question, f"{view.topic_wanted}|{view.level_wanted}"),
    )
    return message(
        [
            heading(f"{labels.PRACTICE}: {labels.about(view.topic, view.level)}"),
            *questions.question(view.text),
            *text(rich.prose(view.note)),
            ways,
        ]
    )


def practice_modal(view: PracticeView) -> Json:
    """Return the form for a practice reply."""
    asked = rich.joined(filter(None, (rich.lines(view.text, "**"), rich.prose(view.note))))
    id_ = custom_id(names.PRACTICE_FORM, view.question)
    return modal(labels.PRACTICE, id_, [*text(asked), reply_field(labels.PRACTICE_HINT)])


def practice_grade_message(view: PracticeGradeView) -> Message:
    check = button(labels.CHECK, custom_id(names.PRACTICE_CHECK, view.question))
    return message(
        [
            heading(labels.PRACTICE),
            *questions.question(view.text),
            *reply_part(view.reply, view.points),
            *text(rich.prose(view.notice)),
            *point_lines(view.points),
            *text([f"{labels.COMES_BACK} {moment(view.returns_at)}."]),
            buttons(*([check] if view.open else []), _answer(view.question), _another(view.question)),
        ]
    )


def practice_grade_modal(view: PracticeGradeView) -> Json:
    """Return the self-check of a practice reply."""
    id_ = custom_id(names.PRACTICE_GRADE_FORM, view.question)
    return modal(labels.PRACTICE, id_, [*reply_in_form(view.reply, view.points), points_field(view.points)])


def answer_message(view: AnswerView) -> Message:
    returns = text([f"{labels.COMES_BACK} {moment(view.returns_at)}."]) if view.returns_at else []
    return message(
        [
            heading(labels.about(view.topic, view.level)),
            *questions.question(view.text),
            *questions.model_answer(view.model_answer),
            *questions.key_points((point, labels.weight(point)) for point in view.points),
            *questions.sources(view.sources),
            *questions.follow_up(view.follow_up),
            *returns,
            buttons(_another(view.question)),
        ]
    )


def _answer(about: str) -> Json:
    return button(labels.SHOW_ANSWER, custom_id(names.PRACTICE_SHOW, about))


def _another(question: str, wanted: str = "|") -> Json:
    """Return the button that gives another question instead of this one; what was wanted is left out if it has no room."""
    return button(labels.ANOTHER, custom_id(names.PRACTISE, f"{wanted}|{question}", f"||{question}"))
