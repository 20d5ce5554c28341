"""A whole day over our Discord, and the same with everything that can go wrong."""

import pytest

from adapters.redis.store import Store
from tests.adapters.discord.inbound.day import play
from tests.adapters.discord.inbound.quiz import open_ear, open_quiz


async def test_a_day(store: Store) -> None:
    async with open_quiz(store) as quiz:
        await play(quiz)


async def test_a_day_on_which_everything_is_delivered_twice(store: Store) -> None:
    async with open_quiz(store) as quiz:
        quiz.discord.gateway.twice = True
        await play(quiz)
        assert len(quiz.all_told(quiz.ana, "Your reply is saved")) == 1


async def test_a_day_with_two_bots_that_both_hear_everything(store: Store) -> None:
    """As for moments when a shard goes from one to the other: what comes to both is answered by one."""
    async with open_quiz(store) as quiz, open_ear(quiz):
        await play(quiz)
        assert len(quiz.all_told(quiz.ana, "Your reply is saved")) == 1


async def test_a_day_with_replies_read_without_a_ping(store: Store) -> None:
    async with open_quiz(store, message_content=True) as quiz:
        await play(quiz)


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "text/plain; charset=utf-8"])
async def test_a_day_with_a_discord_that_says_in_its_own_words_that_it_answers_json(
    store: Store, content_type: str
) -> None:
    async with open_quiz(store, content_type=content_type) as quiz:
        await play(quiz)


@pytest.mark.parametrize("seed", range(3))
async def test_a_day_on_which_everything_goes_wrong(store: Store, seed: int, caplog: pytest.LogCaptureFixture) -> None:
    """Everything comes twice, one call in ten is refused or broken, and the socket is cut again and again."""
    async with open_quiz(store) as quiz:
        quiz.discord.gateway.twice = True
        quiz.discord.faults.at_random(0.1, seed=seed)
        quiz.discord.gateway.drop_every(0.7)
        await play(quiz)
        assert quiz.discord.gateway.resumes
        assert any(called.fault for called in quiz.discord.log.calls)
    assert not [record for record in caplog.records if record.exc_info]
