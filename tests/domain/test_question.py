from tests.world import question


def test_a_questions_weight_is_that_of_all_its_key_points() -> None:
    assert question().weight == 4
