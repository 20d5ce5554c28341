"""Guests of a shared channel, who are of another workspace, take part as everybody does."""

import pytest

from adapters.redis.store import Store
from adapters.slack.access import Mode
from adapters.slack.inbound.marks import MARK
from tests.adapters.slack.inbound.quiz import open_quiz


@pytest.mark.parametrize("mode", Mode)
async def test_a_guest_answers_by_form_and_another_in_the_thread(store: Store, mode: Mode) -> None:
    async with open_quiz(store, mode) as quiz:
        dana, emil = (quiz.slack.add_user(name, guest_of="T777") for name in ("Dana", "Emil"))
        quiz.channel.members += [dana.id, emil.id]
        await quiz.set_up()
        await quiz.type(quiz.lead, "/quiz-admin ask-now")
        post = await quiz.later_until(quiz.post)
        form = await quiz.opened(dana, post, "Answer")
        assert (await quiz.send(dana, form, {"text": "alpha"})).outcome == "closed"
        await quiz.told(dana, "Your reply is saved")
        reply = quiz.slack.say(emil, quiz.channel, "beta", thread=post)
        await quiz.slack.until(lambda: reply.reactions.get(MARK))
        reveal = await quiz.reveal()
        grade = await quiz.opened(dana, reveal, "My grade")
        assert (await quiz.send(dana, grade, {"point:1": ["yes"]})).outcome == "updated"
        await quiz.press(emil, reveal, "Leaderboard")
        await quiz.told(emil, "8")
        assert await quiz.points() == {"dana": 8, "emil": 4}
