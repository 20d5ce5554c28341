"""Values of the domain as values to show."""

from collections.abc import Collection, Sequence

from bot import wording
from bot.domain.question import Question
from bot.domain.reply import Grade, Suggestion
from bot.domain.review import unseen
from bot.domain.round import Round
from bot.domain.score import POINTS_FOR_KEY_POINTS, POINTS_FOR_REPLY, Period, Scope
from bot.ports import BoardPage
from bot.views import BoardView, GradedPoint, GradeView, PointShare, QuestionView, RevealView

OF_POINTS = POINTS_FOR_REPLY + POINTS_FOR_KEY_POINTS
FEWEST_SHARED = 3
"""Of fewer repliers no shares are shown to all: they would be somebody's own grade."""


def question_view(round_: Round, *, closed: bool = False, late: bool = False, note: str = "") -> QuestionView:
    question = round_.asked()
    return QuestionView(
        round=round_.id,
        place=round_.place,
        topic=question.topic,
        level=question.level,
        text=question.text,
        reveals_at=round_.reveals_at,
        hints=question.hints,
        collect=round_.collect,
        closed=closed,
        late=late,
        note=note,
    )


def board_view(scope: Scope, period: Period, page: BoardPage, before: Period | None = None) -> BoardView:
    return BoardView(
        scope=scope,
        period=period,
        top=page.top,
        tied_others=page.tied_others,
        members=page.members,
        own=page.own,
        around=page.around,
        provisional=bool(page.open_checks),
        updating=page.updating,
        before=before,
        podium=page.podium,
        podium_others=page.podium_others,
        podium_provisional=page.podium_open,
        hidden=page.hidden,
    )


def reveal_view(
    round_: Round, grades: Collection[Grade], day: BoardView, week: BoardView, *, final: bool = False
) -> RevealView:
    """``round_`` must have its ``settles_at``; ``grades`` are those of members who are not hidden."""
    question = round_.asked()
    if round_.settles_at is None:
        raise ValueError(f"round {round_.id} has no end of its self-check yet")
    return RevealView(
        round=round_.id,
        place=round_.place,
        post=round_.post,
        topic=question.topic,
        level=question.level,
        text=question.text,
        model_answer=question.model_answer,
        points=_shares(question, [grade.ticks for grade in grades if _is_own(grade)]),
        sources=question.sources,
        follow_up=question.follow_up,
        repliers=len(grades),
        day=day,
        week=week,
        settles_at=round_.settles_at,
        final=final,
    )


def grade_view(round_: Round, reply: str, suggestion: Suggestion, grade: Grade, *, open_now: bool) -> GradeView:
    question = round_.asked()
    open_now = open_now and grade.good_faith and grade.decision is None
    return GradeView(
        round=round_.id,
        text=question.text,
        reply=reply,
        points=graded_points(question, suggestion, grade.ticks),
        total=grade.points,
        of=OF_POINTS,
        for_reply=POINTS_FOR_REPLY if grade.good_faith else 0,
        origin=grade.origin,
        notice=_grade_notice(suggestion, grade, open_now=open_now),
        open_until=round_.settles_at if open_now else None,
        version=grade.version,
        reason=grade.reason,
        may_appeal=grade.decision is None,
    )


def _grade_notice(suggestion: Suggestion, grade: Grade, *, open_now: bool) -> str:
    if grade.decision:
        return wording.review.decision(accepted=grade.decision.accepted, reason=grade.decision.reason)
    if grade.appeal:
        return wording.review.APPEALED
    if not grade.good_faith:
        return wording.grades.COPIED if grade.copied else wording.grades.NOT_IN_GOOD_FAITH
    if open_now and unseen(suggestion, grade.ticks) and not grade.reason:
        return f"{wording.grades.CHECK_KEPT} {wording.review.WHY_WANTED}"
    return wording.grades.grade_notice(grade.origin, open_now=open_now)


def late_view(round_: Round, reply: str, suggestion: Suggestion) -> GradeView:
    """What a late reply covers, for learning: no points, no self-check."""
    return GradeView(
        round=round_.id,
        text=round_.asked().text,
        reply=reply,
        points=graded_points(round_.asked(), suggestion, suggestion.ticks),
        total=0,
        of=OF_POINTS,
        for_reply=0,
        origin="late",
        notice=wording.grades.LATE_NOTICE,
    )


def graded_points(question: Question, suggestion: Suggestion, ticks: Sequence[bool]) -> tuple[GradedPoint, ...]:
    return tuple(
        GradedPoint(point=point, verdict=verdict, ticked=ticked)
        for point, verdict, ticked in zip(question.key_points, suggestion.verdicts, ticks, strict=True)
    )


def mean_share(question: Question, grades: Collection[Grade]) -> float | None:
    """Return the team's share of the question, 0 to 1; None if nobody replied in words of their own."""
    own = [grade.ticks for grade in grades if _is_own(grade)]
    if not own:
        return None
    ticked = [sum(p.weight for p, tick in zip(question.key_points, ticks, strict=True) if tick) for ticks in own]
    return sum(ticked) / question.weight / len(ticked)


def _is_own(grade: Grade) -> bool:
    """A copy tells nothing of what people know, unless a lead has let it count."""
    return grade.good_faith or not grade.copied


def _shares(question: Question, ticks: Sequence[Sequence[bool]]) -> tuple[PointShare, ...]:
    count = len(ticks)
    return tuple(
        PointShare(point=point, share=sum(one[i] for one in ticks) / count if count >= FEWEST_SHARED else None)
        for i, point in enumerate(question.key_points)
    )
