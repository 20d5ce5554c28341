"""What everybody in a channel sees: the question, and the reveal in its thread."""

from dataclasses import replace

from adapters.slack import names
from adapters.slack.views import questions, rich, ways
from adapters.slack.views.blocks import Message, button, buttons, context, header, message
from adapters.slack.views.boards import NOBODY, Names, podium, ranking
from adapters.slack.views.questions import titled
from adapters.slack.views.rich import Json
from adapters.slack.views.text import moment
from bot.domain.programme import Collect
from bot.domain.score import PeriodKind
from bot.ports import Post
from bot.views import BoardView, PointShare, QuestionView, RevealView
from bot.wording import labels
from bot.wording.texts import counted


def question_message(view: QuestionView) -> Message:
    """Return the post that asks or, once it is closed, that tells so."""
    state = [labels.CLOSED] if view.closed else [labels.LATE] if view.late else []
    blocks = [
        header(labels.about(view.topic, view.level, *state), block_id=f"{Post.QUESTION}:{view.round}"),
        *questions.question(view.text),
        *(rich.block(rich.section(*rich.said(view.note, italic=True))) if view.note else ()),
    ]
    if view.closed:
        return message([*blocks, context(ways.IS_CLOSED)])
    until = f"{labels.ANSWER_UNTIL} {moment(view.reveals_at)}. {ways.HOW[view.collect]}"
    return message([*blocks, context(until), *_ways_in(view)])


def reveal_message(view: RevealView, names_of: Names = NOBODY) -> Message:
    """Return the post that reveals. Who is not in ``names_of`` is mentioned in the ranking, and notified by that."""
    state = labels.FINAL if view.final else labels.PROVISIONAL
    replies = counted(view.repliers, "reply", "replies")
    until = "" if view.final else f" {labels.SELF_CHECK_UNTIL} {moment(view.settles_at)}."
    return message(
        [
            header(f"{labels.REVEAL}: {labels.about(view.topic, view.level)}", block_id=f"{Post.REVEAL}:{view.round}"),
            *questions.question(view.text),
            *questions.model_answer(view.model_answer),
            *questions.key_points((share.point, _told(share)) for share in view.points),
            *questions.sources(view.sources),
            *questions.follow_up(view.follow_up),
            *_ranking(labels.TODAY, view.day, view, names_of),
            *_ranking(labels.THIS_WEEK, view.week, view, names_of),
            context(f"{replies}. Ranking {state}.{until}"),
            buttons(
                button(labels.MY_GRADE, names.GRADE, view.round, style="primary"),
                button(labels.LEADERBOARD, names.LEADERBOARD, PeriodKind.WEEK),
            ),
            _feedback(view),
        ]
    )


def _feedback(view: RevealView) -> Json:
    """Return a button for each word that one may say of the question; an action's name is its own within its block."""
    about = f"quiz feedback {view.round.rpartition(':')[2]}"
    return buttons(
        *(button(label, f"{names.COMMAND}:{word}", f"{about} {word}") for word, label in labels.FEEDBACK.items())
    )


def _ways_in(view: QuestionView) -> list[Json]:
    ways = []
    if view.collect is not Collect.THREAD:
        ways.append(button(labels.ANSWER, names.ANSWER, view.round, style="primary"))
    if view.hints:
        ways.append(button(labels.HINT, names.HINT, f"{view.round} 1 {len(view.hints)}"))
    return [buttons(*ways)] if ways else []


def _told(share: PointShare) -> str:
    weight = labels.weight(share.point)
    return weight if share.share is None else f"{weight}, {share.share:.0%} {labels.OF_REPLIES}"


def _ranking(title: str, board: BoardView, reveal: RevealView, names_of: Names) -> list[Json]:
    """A week may be provisional when its last day is final; the title says so, and the board need not."""
    state = labels.FINAL if reveal.final and not board.provisional else labels.PROVISIONAL
    shown = replace(board, provisional=False)
    return titled(title, [*ranking(shown, names_of), *podium(shown, names_of)], f"({state})")
