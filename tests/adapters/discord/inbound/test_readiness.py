import pytest

from bot.ports import Limited
from tests.adapters.discord.inbound.quiz import Quiz


async def test_who_may_ask_nothing_of_discord_is_not_ready(quiz: Quiz) -> None:
    assert quiz.listening.ready()[0]
    quiz.discord.faults.next("GET /users/@me/guilds", "429 global", retry_after=90)

    with pytest.raises(Limited):
        await quiz.chat.rest.many("/users/@me/guilds")

    well, told = quiz.listening.ready()
    assert not well
    assert told["nothing_is_asked_for_s"] == pytest.approx(90, abs=5)
