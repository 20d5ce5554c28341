"""A whole day over our Slack, by socket and by requests, and the same with everything that can go wrong."""

import pytest

from adapters.redis.store import Store
from adapters.slack.access import Mode
from tests.adapters.slack.inbound.day import play
from tests.adapters.slack.inbound.quiz import open_quiz


@pytest.mark.parametrize("mode", Mode)
async def test_a_day(store: Store, mode: Mode) -> None:
    async with open_quiz(store, mode) as quiz:
        await play(quiz)


@pytest.mark.parametrize("mode", Mode)
async def test_a_day_with_everything_delivered_twice(store: Store, mode: Mode) -> None:
    async with open_quiz(store, mode) as quiz:
        quiz.slack.deliveries.twice = True
        await play(quiz)
        assert len(quiz.all_told(quiz.ana, "Your reply is saved")) == 1


@pytest.mark.parametrize("mode", Mode)
async def test_a_day_with_one_call_in_ten_failing(store: Store, mode: Mode) -> None:
    async with open_quiz(store, mode) as quiz:
        quiz.slack.faults.at_random(0.1)
        quiz.slack.deliveries.twice = True
        await play(quiz)
