"""Replies to the question's post: counted, changed, withdrawn, and left alone once it is revealed."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.discord.inbound import marks as marks_module
from adapters.discord.inbound import messages as messages_module
from adapters.discord.inbound.aside import CANNOT_READ
from adapters.discord.inbound.marks import MARK
from adapters.redis.store import Store
from bot import wording
from bot.ports import StoreUnavailable
from tests.adapters.discord.inbound.quiz import Quiz, open_quiz
from tests.fakes.discord import Channel, Message, words

SUPPRESSED = 1 << 12
REACT = "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me"


async def counted(quiz: Quiz, post: Message, text: str = "alpha", where: Channel | None = None) -> Message:
    channel = where or quiz.channel
    message = quiz.discord.say(quiz.chris, channel, text, reply_to=None if where else post)
    await quiz.discord.until(lambda: message.reactions.get(MARK))
    return message


async def test_a_counted_reply_is_marked_and_its_writer_told_once_ever_who_can_read_it(
    quiz: Quiz, post: Message
) -> None:
    first = await counted(quiz, post, "alpha")
    await counted(quiz, post, "beta")
    await quiz.rest()

    (aside,) = quiz.asides()
    assert "Everyone can read it here" in words(aside)
    assert aside.reply_to == first.id
    assert aside.flags & SUPPRESSED
    assert not aside.pings


async def test_an_edit_changes_the_reply(quiz: Quiz, post: Message) -> None:
    message = await counted(quiz, post, "nothing yet")
    quiz.discord.edit(message, "alpha beta gamma")
    await quiz.rest()

    await quiz.reveal()

    assert await quiz.points() == {"chris": 10}


async def test_an_edit_to_nothing_but_the_ping_takes_the_mark_away(quiz: Quiz, post: Message) -> None:
    message = await counted(quiz, post)
    quiz.discord.edit(message, quiz.discord.bot.mention)
    await quiz.discord.until(lambda: not message.reactions)


async def test_a_deleted_reply_is_withdrawn_without_a_word(quiz: Quiz, post: Message) -> None:
    message = await counted(quiz, post)
    await quiz.discord.until(quiz.asides)
    said = len(quiz.ours())
    quiz.discord.delete(message)
    await quiz.discord.until(lambda: quiz.mischief.calls.count("submit") == 2)
    await quiz.rest()

    form = await quiz.opened(quiz.chris, post, "Answer")

    assert "alpha" not in str(form.components)
    assert len(quiz.ours()) == said


async def test_a_reply_that_is_deleted_before_it_was_looked_at_is_withdrawn(quiz: Quiz, post: Message) -> None:
    await quiz.stall(0.5)
    message = quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post)
    quiz.discord.delete(message)
    await quiz.discord.until(lambda: quiz.mischief.calls.count("submit") == 2)

    form = await quiz.opened(quiz.chris, post, "Answer")

    assert "alpha" not in str(form.components)


async def test_a_deletion_that_could_not_be_saved_for_a_moment_withdraws_the_reply(quiz: Quiz, post: Message) -> None:
    message = await counted(quiz, post)
    quiz.mischief.before("submit", StoreUnavailable())
    quiz.discord.delete(message)
    await quiz.discord.until(lambda: quiz.mischief.calls.count("submit") == 3)

    form = await quiz.opened(quiz.chris, post, "Answer")

    assert "alpha" not in str(form.components)


async def test_what_was_deleted_while_nobody_remembered_it_does_not_count(quiz: Quiz, post: Message) -> None:
    message = await counted(quiz, post)
    await counted(quiz, post, "beta")
    quiz.channel.messages.remove(message)

    await quiz.reveal()

    assert await quiz.points() == {"chris": 4}


async def test_why_something_does_not_count_is_said_once_a_round_and_nothing_of_the_private_answer(
    quiz: Quiz, post: Message
) -> None:
    await quiz.answered(quiz.chris, post, "a private alpha")
    for text in ("beta", "gamma"):
        quiz.discord.say(quiz.chris, quiz.channel, text, reply_to=post)
    await quiz.discord.until(quiz.asides)
    await quiz.rest()

    (aside,) = quiz.asides()
    assert "Your private answer stands" in words(aside)
    assert "alpha" not in words(aside)
    assert "shown here to you alone" not in words(aside)


async def test_where_only_forms_are_collected_one_is_told_once(quiz: Quiz) -> None:
    await quiz.set_up(collect="form")
    post = await quiz.ask()
    for _ in range(2):
        quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post)
    await quiz.discord.until(quiz.asides)
    await quiz.rest()

    (aside,) = quiz.asides()
    assert wording.replies.NOT_COLLECTED in words(aside)


async def test_a_reply_that_does_not_ping_cannot_be_read_and_leaves_no_trace(quiz: Quiz, post: Message) -> None:
    message = quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post, ping=False)
    await quiz.discord.until(quiz.asides)

    assert CANNOT_READ in words(quiz.asides()[0])
    assert not message.reactions
    await quiz.reveal()
    assert await quiz.points() == {}


async def test_after_the_reveal_replies_are_discussion(quiz: Quiz, post: Message) -> None:
    await quiz.reveal()
    message = quiz.discord.say(quiz.chris, quiz.channel, "I should have said alpha", reply_to=post)
    await quiz.rest()
    assert not message.reactions
    assert not quiz.asides()


async def test_everything_else_in_the_channel_is_left_alone_and_asks_nothing_of_the_store(
    quiz: Quiz, post: Message
) -> None:
    other = quiz.discord.say(quiz.ben, quiz.channel, "Lunch?")
    quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=other)
    await quiz.stall(1.2)
    quiz.discord.say(quiz.chris, quiz.channel, "alpha again", reply_to=other)
    await asyncio.sleep(1.3)
    await quiz.rest()
    assert not quiz.asides()
    assert "submit" not in quiz.mischief.calls


async def test_a_reply_that_came_while_the_store_was_away_is_marked_once_it_is_back(quiz: Quiz, post: Message) -> None:
    await quiz.stall(2.5)
    message = quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post)

    await quiz.discord.until(lambda: message.reactions.get(MARK), seconds=10)
    await quiz.discord.until(quiz.asides)

    assert "Everyone can read it here" in words(quiz.asides()[0])


async def test_a_reply_that_could_not_be_saved_for_a_moment_is_marked(quiz: Quiz, post: Message) -> None:
    quiz.mischief.before("submit", StoreUnavailable())

    await counted(quiz, post)

    assert not [one for one in quiz.asides() if "NOT" in words(one)]


async def test_a_store_that_does_not_answer_is_made_up_for_at_the_reveal(
    quiz: Quiz, post: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages_module, "_PAUSES", ())
    quiz.mischief.before("submit", StoreUnavailable())
    message = quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post)
    await quiz.rest()
    assert not message.reactions

    await quiz.reveal()

    assert await quiz.points() == {"chris": 6}


async def test_where_marks_are_not_allowed_a_sentence_says_it(quiz: Quiz, post: Message) -> None:
    quiz.discord.deny(quiz.channel, quiz.discord.bot, "add_reactions")
    quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post)
    await quiz.discord.until(quiz.asides)
    assert "Your reply counts" in words(quiz.asides()[0])


async def test_where_marks_are_not_allowed_discord_is_not_asked_for_each_reply(quiz: Quiz, post: Message) -> None:
    quiz.discord.deny(quiz.channel, quiz.discord.bot, "add_reactions")
    for person in (quiz.chris, quiz.ben, quiz.ana):
        quiz.discord.say(person, quiz.channel, "alpha", reply_to=post)
    await quiz.discord.until(lambda: len(quiz.asides()) == 3)

    before = quiz.discord.log.count(REACT)
    await counted_without_a_mark(quiz, post)
    assert quiz.discord.log.count(REACT) == before


async def counted_without_a_mark(quiz: Quiz, post: Message) -> None:
    calls = quiz.mischief.calls.count("submit")
    quiz.discord.say(quiz.chris, quiz.channel, "beta", reply_to=post)
    await quiz.discord.until(lambda: quiz.mischief.calls.count("submit") > calls)
    await quiz.rest()


async def test_where_marks_are_allowed_again_they_are_put_after_a_while(
    quiz: Quiz, post: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks_module, "_LET_BE_SECONDS", 0.0)
    quiz.discord.deny(quiz.channel, quiz.discord.bot, "add_reactions")
    await counted_without_a_mark(quiz, post)

    quiz.discord.allow(quiz.channel, quiz.discord.bot, "add_reactions")

    await counted(quiz, post, "beta")


async def test_a_message_without_room_loses_its_mark(quiz: Quiz, post: Message) -> None:
    first = await counted(quiz, post, "a" * 1900)
    second = await counted(quiz, post, "b" * 1000)
    quiz.discord.edit(first, "a" * 2000)
    await quiz.discord.until(lambda: not second.reactions)


async def test_no_text_of_anybody_s_pings(quiz: Quiz, post: Message) -> None:
    await quiz.answered(quiz.ana, post, f"@everyone @here <@{quiz.ben.id}> alpha")
    reveal = await quiz.reveal()
    await quiz.shown(await quiz.press(quiz.ana, reveal, "My grade"))
    said = [*quiz.ours(), *quiz.reveals(post), *quiz.discord.ephemerals(quiz.ana)]
    assert not any(one.pings for one in said)


# Where the bot may read everything


@pytest.fixture
async def reader(store: Store) -> AsyncIterator[Quiz]:
    """A server whose bot may read what does not ping it."""
    async with open_quiz(store, message_content=True) as opened:
        await opened.set_up()
        yield opened
        assert not opened.discord.invalid


async def test_replies_without_a_ping_count(reader: Quiz) -> None:
    post = await reader.ask()
    message = reader.discord.say(reader.chris, reader.channel, "alpha", reply_to=post, ping=False)
    await reader.discord.until(lambda: message.reactions.get(MARK))


async def test_what_is_written_in_the_post_s_own_thread_counts_with_its_edits_and_deletions(reader: Quiz) -> None:
    post = await reader.ask()
    thread = reader.discord.open_thread(reader.ben, post, "Let us think")
    first = await counted(reader, post, "alpha", thread)
    second = await counted(reader, post, "nothing", thread)
    reader.discord.edit(second, "beta gamma")
    reader.discord.delete(first)
    await reader.rest()

    await reader.reveal()

    assert await reader.points() == {"chris": 6}


async def test_other_threads_are_left_alone(reader: Quiz) -> None:
    await reader.ask()
    other = reader.discord.say(reader.ben, reader.channel, "Lunch?")
    thread = reader.discord.open_thread(reader.ben, other, "Lunch")
    message = reader.discord.say(reader.chris, thread, "alpha")
    await reader.rest()
    assert not message.reactions
    assert not reader.asides()


async def test_a_thread_that_was_there_before_the_bot_began_to_listen_is_known(reader: Quiz) -> None:
    post = await reader.ask()
    thread = reader.discord.open_thread(reader.ben, post, "Let us think")
    reader.discord.gateway.drop(resumable=False)
    await reader.discord.until(lambda: reader.discord.gateway.identifies == 2)
    await reader.discord.until(lambda: reader.listening.ready()[0])

    await counted(reader, post, "alpha", thread)
