"""A whole day over our Slack, by socket and by requests, and the same with everything that can go wrong."""

import pytest

from adapters.redis.store import Store
from adapters.slack.access import Mode
from tests.adapters.slack.inbound.day import play
from tests.adapters.slack.inbound.quiz import another_bot, open_quiz


@pytest.mark.parametrize("mode", Mode)
async def test_a_day(store: Store, mode: Mode) -> None:
    async with open_quiz(store, mode) as quiz:
        await play(quiz)


@pytest.mark.parametrize("mode", Mode)
async def test_a_day_on_which_everything_is_delivered_twice(store: Store, mode: Mode) -> None:
    async with open_quiz(store, mode) as quiz:
        quiz.slack.deliveries.twice = True
        await play(quiz)
        assert len(quiz.all_told(quiz.ana, "Your reply is saved")) == 1


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("seed", range(3))
async def test_a_day_on_which_everything_goes_wrong(
    store: Store, mode: Mode, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Everything comes twice, one call in ten is refused or broken, and the socket is cut again and again."""
    async with open_quiz(store, mode) as quiz:
        quiz.slack.deliveries.twice = True
        quiz.slack.deliveries.retries = (0.05, 0.1, 0.2, 0.5)
        quiz.slack.faults.at_random(0.1, seed=seed)
        quiz.slack.sockets.drop_every(1.2)
        await play(quiz)
    assert not [record for record in caplog.records if record.exc_info]


async def test_a_day_with_two_bots_behind_one_address(store: Store) -> None:
    """What comes twice comes to both of them."""
    async with open_quiz(store, Mode.HTTP) as quiz, another_bot(quiz):
        quiz.slack.deliveries.twice = True
        await play(quiz)
