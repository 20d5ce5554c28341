"""The chat port in Discord, beside its contract: threads, and what is gone or refused."""

from dataclasses import replace

import pytest

from adapters.discord.chat import DiscordChat
from adapters.discord.posts import channel_and_message
from adapters.discord.refusals import DiscordRefusal
from bot.domain.round import MessageRef
from bot.ports import BotRefused, Limited, OutcomeUnknown, Post
from bot.wording.labels import FEEDBACK
from tests.adapters.discord.world import (
    ANA,
    CHANNEL,
    PLACE,
    QUESTION,
    REVEAL,
    channel,
    found,
    message_of,
    minutes_pass,
    person,
    thread_of,
)
from tests.fakes.discord import FakeDiscord, pressable
from tests.fakes.discord.refusals import Refusal
from tests.fakes.discord.rest.call import Call, Reply

CREATE = "POST /channels/{channel}/messages"
THREAD = "POST /channels/{channel}/messages/{message}/threads"


def labels(fake: FakeDiscord, post: MessageRef) -> list[str]:
    return [label for label, _ in pressable(message_of(fake, post))]


async def test_the_reveal_stands_in_a_thread_on_the_question_and_notifies_nobody(
    chat: DiscordChat, fake: FakeDiscord
) -> None:
    question = await chat.post_question(QUESTION)

    reveal = await chat.post_reveal(replace(REVEAL, post=question))

    thread = thread_of(fake, question)
    assert channel_and_message(reveal)[0] == thread.id
    assert thread.name.startswith("Reveal: ")
    assert message_of(fake, reveal).pings == []
    assert labels(fake, reveal) == ["My grade", "Leaderboard", *FEEDBACK.values()]


async def test_a_thread_that_a_member_has_opened_will_do(chat: DiscordChat, fake: FakeDiscord) -> None:
    question = await chat.post_question(QUESTION)
    thread = fake.open_thread(person(fake, ANA), message_of(fake, question), "Ana's")

    reveal = await chat.post_reveal(replace(REVEAL, post=question))

    assert channel_and_message(reveal)[0] == thread.id


@pytest.mark.parametrize("lacking", ["create_public_threads", "send_messages_in_threads"])
async def test_where_there_can_be_no_thread_the_reveal_replies_to_the_question(
    chat: DiscordChat, fake: FakeDiscord, lacking: str
) -> None:
    question = await chat.post_question(QUESTION)
    everyone = fake.world.guilds[channel(fake).guild or ""].roles[channel(fake).guild or ""]
    fake.deny(channel(fake), everyone, lacking)
    fake.deny(channel(fake), fake.bot, lacking)

    reveal = await chat.post_reveal(replace(REVEAL, post=question))

    assert channel_and_message(reveal)[0] == CHANNEL
    assert message_of(fake, reveal).reply_to == channel_and_message(question)[1]
    assert message_of(fake, reveal).pings == []
    assert await found(chat, Post.REVEAL) == [reveal]


async def test_a_thread_that_is_locked_leaves_the_reveal_in_the_channel(chat: DiscordChat, fake: FakeDiscord) -> None:
    question = await chat.post_question(QUESTION)
    fake.archive(fake.open_thread(person(fake, ANA), message_of(fake, question), "Ana's"), locked=True)

    reveal = await chat.post_reveal(replace(REVEAL, post=question))

    assert channel_and_message(reveal)[0] == CHANNEL


async def test_a_thread_that_was_deleted_leaves_the_reveal_in_the_channel(chat: DiscordChat, fake: FakeDiscord) -> None:
    question = await chat.post_question(QUESTION)
    fake._server.methods[THREAD] = there_was_one

    reveal = await chat.post_reveal(replace(REVEAL, post=question))

    assert channel_and_message(reveal)[0] == CHANNEL
    assert await found(chat, Post.REVEAL) == [reveal]


def there_was_one(_call: Call) -> Reply:
    raise Refusal(400, 160004)


@pytest.mark.parametrize("kind", ["404", "405", "501", "400", "403 50033", "400 99999"])
async def test_where_threads_are_not_to_be_had_the_reveal_stands_in_the_channel(
    chat: DiscordChat, fake: FakeDiscord, kind: str
) -> None:
    question = await chat.post_question(QUESTION)
    fake.faults.next(THREAD, kind)

    reveal = await chat.post_reveal(replace(REVEAL, post=question))

    assert channel_and_message(reveal)[0] == CHANNEL
    assert await found(chat, Post.REVEAL) == [reveal]
    fake.invalid.clear()


@pytest.mark.parametrize(("kind", "raised"), [("401", BotRefused), ("503", OutcomeUnknown), ("429", Limited)])
async def test_trouble_with_the_thread_that_passes_moves_no_reveal(
    chat: DiscordChat, fake: FakeDiscord, kind: str, raised: type[Exception]
) -> None:
    question = await chat.post_question(QUESTION)
    fake.faults.next(THREAD, kind, retry_after=90)

    with pytest.raises(raised):
        await chat.post_reveal(replace(REVEAL, post=question))

    assert len(fake.visible(channel(fake))) == 1


async def test_with_the_question_s_post_gone_the_reveal_stands_in_the_channel(
    chat: DiscordChat, fake: FakeDiscord
) -> None:
    question = await chat.post_question(QUESTION)
    await chat.delete_post(PLACE, question)

    reveal = await chat.post_reveal(replace(REVEAL, post=question))

    assert message_of(fake, reveal).reply_to is None
    assert await found(chat, Post.REVEAL) == [reveal]


async def test_a_reveal_whose_answer_was_lost_is_not_posted_again_within_minutes(
    chat: DiscordChat, fake: FakeDiscord
) -> None:
    question = await chat.post_question(QUESTION)
    fake.faults.next(CREATE, "lost")
    with pytest.raises(OutcomeUnknown):
        await chat.post_reveal(replace(REVEAL, post=question))

    reveal = await chat.post_reveal(replace(REVEAL, post=question))

    assert await found(chat, Post.REVEAL) == [reveal]
    minutes_pass(fake)
    assert await found(chat, Post.REVEAL) == [reveal]


async def test_a_post_that_was_closed_is_found_and_so_is_one_of_an_edited_reveal(
    chat: DiscordChat, fake: FakeDiscord
) -> None:
    question = await chat.post_question(QUESTION)
    reveal = await chat.post_reveal(replace(REVEAL, post=question))

    await chat.edit_question(question, replace(QUESTION, closed=True))
    await chat.edit_reveal(reveal, replace(REVEAL, post=question, final=True))

    assert labels(fake, question) == ["My reply and grade"]
    assert (await found(chat), await found(chat, Post.REVEAL)) == ([question], [reveal])


async def test_changes_of_what_is_gone_with_its_channel_or_thread_are_no_error(
    chat: DiscordChat, fake: FakeDiscord
) -> None:
    question = await chat.post_question(QUESTION)
    reveal = await chat.post_reveal(replace(REVEAL, post=question))
    fake.delete_channel(channel(fake))

    await chat.edit_question(question, QUESTION)
    await chat.edit_reveal(reveal, REVEAL)
    await chat.delete_post(PLACE, reveal)

    with pytest.raises(DiscordRefusal, match="the channel is gone"):
        await found(chat)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("denied", "lacks a permission"),
        ("hidden", "may not see the channel"),
        ("kicked", "invite it again"),
        ("gone", "the channel is gone"),
    ],
)
async def test_a_channel_that_cannot_be_posted_in_is_refused_with_a_sentence(
    chat: DiscordChat, fake: FakeDiscord, state: str, words: str
) -> None:
    there = channel(fake)
    if state == "denied":
        fake.deny(there, fake.bot, "send_messages")
    elif state == "hidden":
        fake.deny(there, fake.bot, "view_channel")
    elif state == "kicked":
        fake.kick_bot(fake.world.guilds[there.guild or ""])
    else:
        fake.delete_channel(there)

    with pytest.raises(DiscordRefusal, match=words):
        await chat.post_question(QUESTION)


async def test_a_reveal_is_shown_anew_though_its_thread_was_archived_meanwhile(
    chat: DiscordChat, fake: FakeDiscord
) -> None:
    question = await chat.post_question(QUESTION)
    reveal = await chat.post_reveal(replace(REVEAL, post=question))
    fake.archive(thread_of(fake, question))

    await chat.edit_reveal(reveal, replace(REVEAL, post=question, final=True))

    assert message_of(fake, reveal).edited
    assert not thread_of(fake, question).archived


async def test_a_reveal_in_a_thread_that_was_locked_stays_as_it_is(chat: DiscordChat, fake: FakeDiscord) -> None:
    question = await chat.post_question(QUESTION)
    thread = fake.open_thread(person(fake, ANA), message_of(fake, question), "Ana's")
    reveal = await chat.post_reveal(replace(REVEAL, post=question))
    fake.archive(thread, locked=True)

    with pytest.raises(DiscordRefusal):
        await chat.edit_reveal(reveal, replace(REVEAL, post=question, final=True))
