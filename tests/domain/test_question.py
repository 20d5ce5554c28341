from datetime import date

import pytest

from tests.world import question


def test_a_questions_weight_is_that_of_all_its_key_points() -> None:
    assert question().weight == 4


@pytest.mark.parametrize(
    ("review_after", "day", "stale"),
    [
        (None, date(2027, 1, 1), False),
        (None, date(2027, 1, 2), True),
        (date(2025, 6, 1), date(2025, 6, 1), False),
        (date(2025, 6, 1), date(2025, 6, 2), True),
        (date(2030, 1, 1), date(2029, 1, 1), False),
    ],
)
def test_a_review_holds_for_two_years_or_as_long_as_the_question_says(
    review_after: date | None, day: date, *, stale: bool
) -> None:
    assert question(reviewed=date(2025, 1, 1), review_after=review_after).is_stale(day) is stale
