import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.question import Level
from bot.domain.wish import TooMany, Unclear, Wish, read_wish
from tests.world import question

TOPICS = ("foundations", "data", "features", "training", "evaluation", "ci-cd", "serving", "deployment", "monitoring")


@pytest.mark.parametrize(
    ("said", "topic", "level"),
    [
        ("", "", None),
        (" \n ", "", None),
        ("monitoring", "monitoring", None),
        ("Expert", "", Level.EXPERT),
        ("MONITORING expert", "monitoring", Level.EXPERT),
        ("expert monitoring", "monitoring", Level.EXPERT),
        ("prac serv", "serving", Level.PRACTITIONER),
        ("ci/cd", "ci-cd", None),
        ("CI CD expert", "ci-cd", Level.EXPERT),
        ("monitoring, expert,", "monitoring", Level.EXPERT),
        ("ci, cd", "ci-cd", None),
        ("foundation", "", Level.FOUNDATION),
        ("foundations", "foundations", None),
        ("foundation foundations", "foundations", Level.FOUNDATION),
        ("expert exp", "", Level.EXPERT),
    ],
)
def test_a_topic_and_a_level_are_read_in_any_order_case_and_length(said: str, topic: str, level: Level | None) -> None:
    assert read_wish(said, TOPICS) == Wish(topic=topic, level=level)


@pytest.mark.parametrize(
    ("said", "wrong", "meant"),
    [
        ("mo expert", "mo", ("model-stores", "monitoring")),
        ("found", "found", ("foundation", "foundations")),
        ("expert montoring", "montoring", ("monitoring",)),
        ("banana", "banana", ()),
        ("xyzzy serving", "xyzzy", ("serving",)),
        ("serving xyzzy", "xyzzy", ()),
        ("easy", "easy", ("foundation",)),
        ("data hard", "hard", ("expert",)),
        ("beginner", "beginner", ("foundation",)),
    ],
)
def test_a_word_that_is_none_or_several_names_is_given_back_with_the_nearest(
    said: str, wrong: str, meant: tuple[str, ...]
) -> None:
    assert read_wish(said, [*TOPICS, "model-stores"]) == Unclear(said=wrong, meant=meant)


def test_two_topics_or_two_levels_are_one_too_many() -> None:
    assert read_wish("data serving", TOPICS) == TooMany(said=("data", "serving"))
    assert read_wish("expert data foundation", TOPICS) == TooMany(said=("expert", "foundation"))


def test_a_wish_takes_what_has_its_topic_and_its_level() -> None:
    one = question(0)  # data, foundation

    assert Wish().takes(one)
    assert Wish(topic="data", level=Level.FOUNDATION).takes(one)
    assert not Wish(topic="serving").takes(one)
    assert not Wish(topic="data", level=Level.EXPERT).takes(one)


@given(said=st.text())
def test_whatever_is_typed_is_a_wish_or_is_said_not_to_be(said: str) -> None:
    assert isinstance(read_wish(said, TOPICS), Wish | Unclear | TooMany)


@given(topic=st.sampled_from(TOPICS), level=st.sampled_from(Level), turned=st.booleans())
def test_every_topic_and_level_is_read_back(topic: str, level: Level, turned: bool) -> None:
    words = [level.upper(), topic.title()] if turned else [topic, level]

    assert read_wish(" ".join(words), TOPICS) == Wish(topic=topic, level=level)
