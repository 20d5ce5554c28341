import pytest

from bot.domain.ids import RoundId
from bot.domain.reply import Appeal, Grade, PointVerdict, Suggestion, Verdict
from bot.domain.review import above, decided, in_question, is_worth_an_appeal, unseen
from bot.domain.score import Award, Cause, Streak, streak_of
from tests.mischief import MORNING
from tests.world import ANA, question

SUGGESTED = Suggestion(
    verdicts=tuple(PointVerdict(verdict=one) for one in (Verdict.COVERED, Verdict.MAYBE, Verdict.NOT_SEEN)),
    grader="words",
    version="1",
)


def grade(ticks: str = "100", *, good_faith: bool = True, appeal: str = "") -> Grade:
    return Grade(
        ticks=read(ticks),
        good_faith=good_faith,
        points=6,
        appeal=Appeal(ticks=read(appeal), reason="why") if appeal else None,
    )


def read(ticks: str) -> tuple[bool, ...]:
    return tuple(tick == "1" for tick in ticks)


def test_what_is_ticked_and_was_not_suggested_is_above_the_suggestion() -> None:
    assert above(SUGGESTED, read("011")) == read("011")
    assert above(SUGGESTED, read("100")) == read("000")


@pytest.mark.parametrize(("ticks", "asked"), [("110", False), ("001", True)])
def test_a_reason_is_asked_for_what_was_not_seen(ticks: str, asked: bool) -> None:
    assert unseen(SUGGESTED, read(ticks)) is asked


def test_in_question_is_what_was_ticked_above_and_what_is_appealed_for() -> None:
    assert in_question(SUGGESTED, grade("110", appeal="101")) == read("011")
    assert in_question(SUGGESTED, grade("110")) == read("010")


@pytest.mark.parametrize(
    ("ticks", "appeal", "good_faith", "worth"),
    [("110", "110", True, False), ("110", "001", True, True), ("000", "000", False, True)],
)
def test_an_appeal_asks_for_what_does_not_count(ticks: str, appeal: str, good_faith: bool, worth: bool) -> None:
    assert is_worth_an_appeal(grade(ticks, good_faith=good_faith), read(appeal)) is worth


@pytest.mark.parametrize(
    ("before", "accepted", "ticks", "points"),
    [
        (grade("110"), True, "110", 8),
        (grade("110"), False, "100", 6),
        (grade("010"), False, "000", 2),
        (grade("100", appeal="001"), True, "101", 8),
        (grade("100", appeal="001"), False, "100", 6),
        (grade("000", good_faith=False, appeal="000"), True, "000", 2),
        (grade("000", good_faith=False, appeal="100"), True, "100", 6),
        (grade("000", good_faith=False, appeal="100"), False, "000", 0),
    ],
)
def test_a_decision_lets_all_stand_or_nothing_above_the_suggestion(
    before: Grade, accepted: bool, ticks: str, points: int
) -> None:
    after = decided(question(), SUGGESTED, before, accepted=accepted)

    assert (after.ticks, after.points, after.origin) == (read(ticks), points, "reviewed")


def test_a_streak_is_of_rounds_that_gave_points_whenever_they_did() -> None:
    awards = [
        Award(round=RoundId("r"), member=ANA, points=points, cause=cause, at=MORNING, index=index)
        for index, points, cause in (
            (3, 6, Cause.REPLY),
            (2, 0, Cause.REPLY),
            (2, 2, Cause.APPEAL),
            (1, 4, Cause.REPLY),
            (1, -2, Cause.SELF_CHECK),
            (5, 0, Cause.REPLY),
            (0, 9, Cause.REPLY),
        )
    ]

    assert streak_of(awards) == Streak(length=3, index=3, best=3)
