"""A channel in which much is written costs a reveal one reading: Discord hands its history out slowly."""

from tests.adapters.discord.inbound.quiz import Quiz
from tests.fakes.discord import words

HISTORY = "GET /channels/{channel}/messages"


async def test_a_reveal_reads_what_was_said_since_the_question_once(quiz: Quiz) -> None:
    await quiz.set_up()
    post = await quiz.ask()
    quiz.discord.say(quiz.ana, quiz.channel, "Look whether the labels come late.", reply_to=post, ping=True)
    for number in range(250):
        quiz.discord.say(quiz.ben, quiz.channel, f"{number} and counting")
    before = len(quiz.discord.log.of(HISTORY))

    reveal = await quiz.reveal()

    pages = [one for one in quiz.discord.log.of(HISTORY)[before:] if quiz.channel.id in one.path]
    assert len(pages) == 3
    assert len(quiz.reveals(post)) == 1
    assert "1 reply" in words(reveal)
