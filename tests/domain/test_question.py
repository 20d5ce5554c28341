from bot.domain.question import TOPICS, Level
from tests.world import question


def test_a_questions_weight_is_that_of_all_its_key_points() -> None:
    assert question().weight == 4


def test_the_bank_has_thirteen_topics_and_three_levels() -> None:
    assert len(set(TOPICS)) == 13
    assert list(Level) == ["foundation", "practitioner", "expert"]
