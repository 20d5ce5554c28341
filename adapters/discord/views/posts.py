"""What everybody in a channel sees: the question, and the reveal in its thread."""

from collections.abc import Sequence
from dataclasses import replace

from adapters.discord import names
from adapters.discord.views import questions, rich, ways
from adapters.discord.views.boards import LISTED, podium, ranking
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
    fits,
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

_WAYS: Sequence[tuple[int, bool, bool]] = (
    (LISTED, True, True),
    (5, True, True),
    (5, False, True),
    (3, False, True),
    (3, False, False),
)
"""How much of a reveal can be seen elsewhere, most first: standings of each ranking and podiums are behind the button
Leaderboard, and the question stands above the thread."""


def question_message(view: QuestionView) -> Message:
    """Return the post that asks or, once it is closed, that tells so. Its first button is by what it is found again."""
    state = [labels.CLOSED] if view.closed else [labels.LATE] if view.late else []
    parts = [
        heading(labels.about(view.topic, view.level, *state)),
        *questions.question(view.text),
        *text(rich.words(view.note)),
    ]
    if view.closed:
        own = button(ways.MY_REPLY, custom_id(names.CLOSED, view.round))
        return message([*parts, *text([ways.IS_CLOSED]), buttons(own)], colour=GREY)
    until = f"{labels.ANSWER_UNTIL} {moment(view.reveals_at)}. {ways.HOW[view.collect]}"
    return message([*parts, *text([until]), _ways_in(view)], colour=BLUE)


def reveal_message(view: RevealView) -> Message:
    """Return the post that reveals. A long answer stands whole: what can be seen elsewhere makes room for it."""
    ways_out = (_reveal(view, *way) for way in _WAYS)
    return message(next(filter(fits, ways_out), _reveal(view, *_WAYS[-1])), colour=BLUE)


def leaderboard_button() -> Json:
    return button(labels.LEADERBOARD, custom_id(names.LEADERBOARD, PeriodKind.WEEK))


def _reveal(view: RevealView, listed: int, podiums: bool, question: bool) -> list[Part]:  # noqa: FBT001 - as in _WAYS
    state = labels.FINAL if view.final else labels.PROVISIONAL
    replies = counted(view.repliers, "reply", "replies")
    until = "" if view.final else f" {labels.SELF_CHECK_UNTIL} {moment(view.settles_at)}."
    return [
        heading(f"{labels.REVEAL}: {labels.about(view.topic, view.level)}"),
        *(questions.question(view.text) if question else []),
        *questions.model_answer(view.model_answer),
        *questions.key_points((share.point, _told(share)) for share in view.points),
        *questions.sources(view.sources),
        *questions.follow_up(view.follow_up),
        *_ranking(labels.TODAY, view.day, view, listed, podiums=podiums),
        *_ranking(labels.THIS_WEEK, view.week, view, listed, podiums=podiums),
        *text([f"{replies}. Ranking {state}.{until}"]),
        buttons(button(labels.MY_GRADE, custom_id(names.GRADE, view.round), PRIMARY), leaderboard_button()),
        _feedback(view),
    ]


def _feedback(view: RevealView) -> Json:
    """Return a button for each word that one may say of the question."""
    about = f"quiz feedback {view.round.rpartition(':')[2]}"
    return buttons(
        *(button(label, custom_id(names.COMMAND, f"{about} {word}")) for word, label in labels.FEEDBACK.items())
    )


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


def _ranking(title: str, board: BoardView, reveal: RevealView, listed: int, *, podiums: bool) -> list[Part]:
    """A week may be provisional when its last day is final; the title says so, and the board need not."""
    state = labels.FINAL if reveal.final and not board.provisional else labels.PROVISIONAL
    shown = replace(board, provisional=False)
    return [*titled(title, ranking(shown, listed), state), *(podium(shown) if podiums else [])]
