"""What becomes of the quiz when a server, a channel, a permission, the bot or a member goes."""

import asyncio
from datetime import date

import pytest

from adapters.discord.inbound.marks import MARK
from tests.adapters.discord.inbound.quiz import Quiz
from tests.fakes.discord import Message, words


async def status(quiz: Quiz) -> str:
    return words(await quiz.shown(await quiz.type(quiz.lead, "/quiz-admin status")))


async def test_a_server_that_is_away_for_a_while_takes_up_where_it_was(quiz: Quiz, post: Message) -> None:
    quiz.discord.outage(quiz.guild)
    await asyncio.sleep(0.1)
    quiz.discord.back(quiz.guild)

    assert "Your reply is saved" in words(await quiz.answered(quiz.ana, post, "alpha"))
    await quiz.reveal()
    assert await quiz.points() == {"ana": 6}


async def test_a_bot_that_was_taken_out_says_so_and_comes_back_to_everything(
    quiz: Quiz, post: Message, caplog: pytest.LogCaptureFixture
) -> None:
    await quiz.answered(quiz.ana, post, "alpha")
    quiz.discord.kick_bot(quiz.guild)
    await quiz.discord.until(lambda: "taken out of a server" in caplog.text)

    quiz.discord.invite_bot(quiz.guild)
    await quiz.reveal()

    assert await quiz.points() == {"ana": 6}


async def test_a_channel_that_is_gone_pauses_the_quiz_and_points_stay(quiz: Quiz, post: Message) -> None:
    await quiz.answered(quiz.ana, post, "alpha")
    quiz.discord.delete_channel(quiz.channel)

    await quiz.at(15, day=date(2025, 3, 4))
    await quiz.at(8, day=date(2025, 3, 5))

    assert await quiz.points() == {"ana": 6}
    await quiz.discord.until(lambda: quiz.discord.dms(quiz.lead))
    assert "the channel is gone" in words(quiz.discord.dms(quiz.lead)[-1])


async def test_a_permission_that_was_lost_pauses_the_quiz_and_is_named(quiz: Quiz) -> None:
    await quiz.set_up()
    quiz.discord.deny(quiz.channel, quiz.discord.bot, "send_messages")

    await quiz.at(8)

    assert "paused" in await status(quiz)
    assert not quiz.posts()
    quiz.discord.allow(quiz.channel, quiz.discord.bot, "send_messages")
    await quiz.type(quiz.lead, "/quiz-admin resume")
    assert await quiz.ask()


async def test_who_left_keeps_points_and_pings_nobody(quiz: Quiz, post: Message) -> None:
    reply = quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post)
    await quiz.discord.until(lambda: reply.reactions.get(MARK))
    quiz.discord.leave(quiz.chris, quiz.guild)

    reveal = await quiz.reveal()

    assert quiz.chris.mention in words(reveal)
    assert not reveal.pings
    assert await quiz.points() == {"chris": 6}


async def test_a_question_whose_post_was_deleted_is_revealed_all_the_same(quiz: Quiz, post: Message) -> None:
    await quiz.answered(quiz.ana, post, "alpha")
    quiz.discord.delete(post)

    await quiz.type(quiz.lead, "/quiz-admin reveal-now")

    await quiz.later_until(lambda: [one for one in quiz.ours() if "'grade:" in str(one.components)])
    assert await quiz.points() == {"ana": 6}
