import pytest

from bot.domain.progress import mean, weakest


def test_the_mean_of_shares() -> None:
    assert mean([0.5, 1.0]) == 0.75


@pytest.mark.parametrize(
    ("shares", "topic"),
    [
        ({"data": [0.2, 0.4], "serving": [0.5, 0.5]}, "data"),
        ({"data": [0.0], "serving": [0.5, 0.5]}, "serving"),
        ({"data": [0.4, 0.4], "a": [0.4, 0.4]}, "a"),
        ({"data": [0.8, 0.7]}, ""),
        ({"data": [0.1]}, ""),
        ({}, ""),
    ],
    ids=[
        "the lowest",
        "one round is not enough",
        "the first of equals",
        "what is known is not weak",
        "too little",
        "nothing",
    ],
)
def test_the_weakest_topic(shares: dict[str, list[float]], topic: str) -> None:
    assert weakest(shares) == topic
