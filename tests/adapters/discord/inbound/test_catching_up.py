"""What was written while nobody listened is taken in when somebody does again, and not first at the reveal."""

import asyncio

import pytest

from adapters.discord.inbound.marks import MARK
from adapters.redis.store import Store
from tests.adapters.discord.inbound.quiz import Quiz, open_bot, open_quiz
from tests.adapters.discord.inbound.test_messages import REACT, counted
from tests.fakes.discord import Message


async def nobody_listens(quiz: Quiz) -> None:
    """Let the session end, and no other begin."""
    quiz.discord.gateway.refusing = True
    quiz.discord.gateway.drop(resumable=False)
    await quiz.discord.until(lambda: not quiz.listening.ready()[0])


async def somebody_listens(quiz: Quiz) -> None:
    quiz.discord.gateway.refusing = False
    await quiz.discord.until(lambda: quiz.listening.ready()[0])


async def test_a_reply_that_was_written_meanwhile_is_marked(quiz: Quiz, post: Message) -> None:
    await nobody_listens(quiz)
    reply = quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post)
    quiz.discord.say(quiz.ben, quiz.channel, "Lunch?")
    await somebody_listens(quiz)

    await quiz.discord.until(lambda: reply.reactions.get(MARK))

    assert "alpha" in str((await quiz.opened(quiz.chris, post, "Answer")).components)


async def test_a_reply_that_was_edited_meanwhile_is_what_it_says_now(quiz: Quiz, post: Message) -> None:
    reply = await counted(quiz, post, "alpha")
    await nobody_listens(quiz)
    quiz.discord.edit(reply, quiz.discord.bot.mention)
    await somebody_listens(quiz)

    await quiz.discord.until(lambda: not reply.reactions)


async def test_what_has_its_mark_is_not_marked_again_and_withdrawn_when_it_is_deleted(store: Store) -> None:
    async with open_quiz(store, listens=False) as quiz:
        async with open_bot(quiz) as quiz.listening:
            await somebody_listens(quiz)
            await quiz.set_up()
            post = await quiz.ask()
            reply = await counted(quiz, post)
            await quiz.rest()
        marks = quiz.discord.log.count(REACT)
        async with open_bot(quiz) as quiz.listening:
            await somebody_listens(quiz)
            await quiz.rest()
            assert quiz.discord.log.count(REACT) == marks

            quiz.discord.delete(reply)
            await asyncio.sleep(0.5)

            assert "alpha" not in str((await quiz.opened(quiz.chris, post, "Answer")).components)


async def test_where_the_channel_cannot_be_read_the_next_one_is(quiz: Quiz, post: Message) -> None:
    other = quiz.discord.add_channel("another quiz")
    await quiz.discord.type_command(quiz.lead, other, "/quiz-admin setup", {"zone": "Europe/Berlin"})
    await quiz.discord.type_command(quiz.lead, other, "/quiz-admin ask-now")
    await quiz.later_until(lambda: other.messages)
    quiz.discord.deny(other, quiz.discord.bot, "view_channel")
    await nobody_listens(quiz)
    reply = quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post)
    await somebody_listens(quiz)

    await quiz.discord.until(lambda: reply.reactions.get(MARK))


@pytest.mark.parametrize("listing", ["/guilds/{guild}/threads/active", "/channels/{channel}/threads/archived/public"])
async def test_a_reply_nobody_heard_counts_though_its_post_is_gone_and_threads_may_not_be_listed(
    store: Store, listing: str
) -> None:
    async with open_quiz(store, listens=False) as quiz:
        async with open_bot(quiz) as quiz.listening:
            await somebody_listens(quiz)
            await quiz.set_up()
            post = await quiz.ask()
            await quiz.rest()
        quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post, ping=True)
        quiz.discord.delete(post)
        quiz.discord.faults.next(f"GET {listing}", "403 50013", times=100)

        await quiz.at(15)

        assert await quiz.points() == {"chris": 6}
