from dataclasses import replace

from adapters.grading.samples import told_apart, told_apart_by_topic
from bot.domain.question import Label, SampleReply
from tests.adapters.grading.sample import GOOD, QUESTION

MADE, HALF, NOT = Label
POINTS = [point.id for point in QUESTION.key_points]


def with_labels(*labels: Label) -> SampleReply:
    return SampleReply(kind="good", text=GOOD, labels=dict(zip(POINTS, labels, strict=True)))


def test_ticks_are_counted_against_the_labels_and_half_made_is_left_out() -> None:
    found = told_apart(replace(QUESTION, samples=(with_labels(MADE, MADE, HALF), with_labels(MADE, NOT, HALF))))

    assert (found.made, found.ticked, found.not_made, found.not_ticked) == (3, 3, 1, 0)
    assert found.balanced == 0.5


def test_without_both_kinds_there_is_nothing_to_tell_apart() -> None:
    assert told_apart(replace(QUESTION, samples=(with_labels(MADE, MADE, MADE),))).balanced is None
    assert told_apart(QUESTION).balanced is None
    assert (told_apart(QUESTION).right_of_made, told_apart(QUESTION).right_of_not_made) == (None, None)


def test_questions_are_added_up_by_topic() -> None:
    one = replace(QUESTION, samples=(with_labels(MADE, NOT, HALF),))

    found = told_apart_by_topic([one, replace(one, topic="data"), one])

    assert list(found) == ["deployment", "data"]
    assert (found["deployment"].made, found["data"].made) == (2, 1)
