"""What everybody in a channel sees: the question, and the reveal in its thread."""

from dataclasses import replace

from adapters.discord import names
from adapters.discord.views import questions, ways
from adapters.discord.views.boards import podium, ranking
from adapters.discord.views.components import (
    BLUE,
    GREY,
    PRIMARY,
    Json,
    Message,
    Part,
    button,
    buttons,
    custom_id,
    heading,
    message,
    text,
    titled,
)
from adapters.discord.views.text import moment
from bot.domain.programme import Collect
from bot.domain.score import PeriodKind
from bot.views import BoardView, PointShare, QuestionView, RevealView
from bot.wording import labels
from bot.wording.texts import counted


def question_message(view: QuestionView) -> Message:
    """Return the post that asks or, once it is closed, that tells so. Its first button is by what it is found again."""
    state = [labels.CLOSED] if view.closed else [labels.LATE] if view.late else []
    parts = [heading(labels.about(view.topic, view.level, *state)), *questions.question(view.text)]
    if view.closed:
        own = button(ways.MY_REPLY, custom_id(names.CLOSED, view.round))
        return message([*parts, *text([ways.IS_CLOSED]), buttons(own)], colour=GREY)
    until = f"{labels.ANSWER_UNTIL} {moment(view.reveals_at)}. {ways.HOW[view.collect]}"
    return message([*parts, *text([until]), _ways_in(view)], colour=BLUE)


def reveal_message(view: RevealView) -> Message:
    """Return the post that reveals."""
    state = labels.FINAL if view.final else labels.PROVISIONAL
    replies = counted(view.repliers, "reply", "replies")
    until = "" if view.final else f" {labels.SELF_CHECK_UNTIL} {moment(view.settles_at)}."
    return message(
        [
            heading(f"{labels.REVEAL}: {labels.about(view.topic, view.level)}"),
            *questions.question(view.text),
            *questions.model_answer(view.model_answer),
            *questions.key_points((share.point, _told(share)) for share in view.points),
            *questions.sources(view.sources),
            *questions.follow_up(view.follow_up),
            *_ranking(labels.TODAY, view.day, view),
            *_ranking(labels.THIS_WEEK, view.week, view),
            *text([f"{replies}. Ranking {state}.{until}"]),
            buttons(
                button(labels.MY_GRADE, custom_id(names.GRADE, view.round), PRIMARY),
                leaderboard_button(),
            ),
        ],
        colour=BLUE,
    )


def leaderboard_button() -> Json:
    return button(labels.LEADERBOARD, custom_id(names.LEADERBOARD, PeriodKind.WEEK))


def _ways_in(view: QuestionView) -> Json:
    """Return the buttons. Where replies are only collected in the open, the same button says how: the post is found by it."""
    ways_in = [button(labels.ANSWER, custom_id(names.ANSWER, view.round), PRIMARY)]
    if view.collect is Collect.THREAD:
        ways_in = [button(ways.HOW_TO_ANSWER, custom_id(names.ANSWER, view.round))]
    if view.hints:
        ways_in.append(button(labels.HINT, custom_id(names.HINT, f"{view.round} 1 {len(view.hints)}")))
    return buttons(*ways_in)


def _told(share: PointShare) -> str:
    weight = labels.weight(share.point)
    return weight if share.share is None else f"{weight}, {share.share:.0%} {labels.OF_REPLIES}"


def _ranking(title: str, board: BoardView, reveal: RevealView) -> list[Part]:
    """A week may be provisional when its last day is final; the title says so, and the board need not."""
    state = labels.FINAL if reveal.final and not board.provisional else labels.PROVISIONAL
    shown = replace(board, provisional=False)
    return [*titled(title, ranking(shown), state), *podium(shown)]
