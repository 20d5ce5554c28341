"""Practising alone: the question, what a reply makes of it, and the model answer."""

from adapters.slack import names
from adapters.slack.views import questions
from adapters.slack.views.answers import reply_field
from adapters.slack.views.blocks import Message, button, buttons, context, header, message, modal, paragraph, prose
from adapters.slack.views.grades import point_fields, point_lines, reply_block
from adapters.slack.views.rich import Json
from adapters.slack.views.text import moment
from bot.domain.ids import PlaceId
from bot.views import AnswerView, PracticeGradeView, PracticeView
from bot.wording import labels


def practice_message(view: PracticeView) -> Message:
    answer = button(labels.ANSWER, names.PRACTICE_ANSWER, view.question, style="primary")
    wanted = " ".join(filter(None, (view.topic_wanted, view.level_wanted)))
    ways = buttons(answer, *_ways_out(view), another(view.question, wanted))
    return message([header(_title(view)), *_asked(view), ways])


def practice_modal(view: PracticeView, place: PlaceId) -> Json:
    """Return the form for a practice reply."""
    return modal(
        labels.PRACTICE,
        [
            *paragraph(labels.about(view.topic, view.level)),
            *_asked(view),
            reply_field(labels.PRACTICE_HINT),
            buttons(*_ways_out(view)),
        ],
        form=names.PRACTICE_FORM,
        submit=labels.SEND,
        place=place,
        question=view.question,
        times=str(view.times),
    )


def practice_grade_message(view: PracticeGradeView) -> Message:
    check = [button(labels.CHECK, names.PRACTICE_GRADE, view.question)] if view.open else []
    ways = buttons(*check, _answer(view), another(view.question))
    return message([header(labels.PRACTICE), *_above(view), *point_lines(view.points), _return(view), ways])


def practice_grade_modal(view: PracticeGradeView, place: PlaceId) -> Json:
    """Return the key points to be confirmed or changed or, where that is over, to be read."""
    points = point_fields(view.points) if view.open else point_lines(view.points)
    blocks = [*_above(view), *points, _return(view), buttons(_answer(view), another(view.question))]
    form, submit = (names.PRACTICE_GRADE_FORM, labels.SAVE) if view.open else ("", "")
    return modal(labels.PRACTICE, blocks, form=form, submit=submit, place=place, question=view.question)


def answer_message(view: AnswerView) -> Message:
    returns = [context(f"{labels.COMES_BACK} {moment(view.returns_at)}.")] if view.returns_at else []
    return message(
        [
            header(labels.about(view.topic, view.level)),
            *questions.question(view.text),
            *questions.model_answer(view.model_answer),
            *questions.key_points((point, labels.weight(point)) for point in view.points),
            *questions.sources(view.sources),
            *questions.follow_up(view.follow_up),
            *returns,
            buttons(another(view.question)),
        ]
    )


def another(question: str, wanted: str = "") -> Json:
    """Return the button that gives another question instead of this one."""
    return button(labels.ANOTHER, names.PRACTISE, f"{wanted}|{question}")


def _title(view: PracticeView) -> str:
    return f"{labels.PRACTICE}: {labels.about(view.topic, view.level)}"


def _asked(view: PracticeView) -> list[Json]:
    return [*questions.question(view.text), *prose(view.note)]


def _ways_out(view: PracticeView) -> list[Json]:
    hint = button(labels.HINT, names.PRACTICE_HINT, f"{view.question} 1 {len(view.hints)}")
    show = button(labels.SHOW_ANSWER, names.PRACTICE_SHOW, f"{view.question} {view.times}")
    return [hint, show] if view.hints else [show]


def _above(view: PracticeGradeView) -> list[Json]:
    return [*questions.question(view.text), *reply_block(view.reply, view.points), *prose(view.notice)]


def _return(view: PracticeGradeView) -> Json:
    return context(f"{labels.COMES_BACK} {moment(view.returns_at)}.")


def _answer(view: PracticeGradeView) -> Json:
    return button(labels.SHOW_ANSWER, names.PRACTICE_SHOW, view.question)
