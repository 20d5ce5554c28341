import pytest

from bot.ports import Limited
from tests.adapters.discord.inbound.quiz import Quiz
from tests.fakes.discord import words


async def test_while_nothing_is_asked_of_discord_people_are_heard_and_answered(quiz: Quiz) -> None:
    await quiz.set_up()
    post = await quiz.ask()
    quiz.discord.faults.next("GET /users/@me/guilds", "429 global", retry_after=90)
    with pytest.raises(Limited):
        await quiz.chat.rest.many("/users/@me/guilds")

    receipt = await quiz.answered(quiz.ana, post, "Look whether the labels come late.")

    assert "saved" in words(receipt)
    assert quiz.listening.ready()[0]
    assert quiz.chat.shut_for() == pytest.approx(90, abs=5)
