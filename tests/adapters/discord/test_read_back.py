"""Reading back in Discord: what stands under a post now, as far as it can be read."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.discord import open_discord
from adapters.discord.chat import DiscordChat
from adapters.discord.refusals import DiscordRefusal
from adapters.redis.once import RedisOnce
from adapters.redis.store import Store
from bot.domain.round import MessageRef, Round, RoundState
from tests.adapters.console import samples
from tests.adapters.discord.world import (
    ANA,
    BEN,
    PLACE,
    QUESTION,
    REVEAL,
    ROUND,
    access,
    channel,
    chatter,
    message_of,
    person,
    said,
)
from tests.fakes.discord import FakeDiscord

HISTORY = "GET /channels/{channel}/messages"


@pytest.fixture
async def reading_all(fake: FakeDiscord, store: Store) -> AsyncIterator[DiscordChat]:
    fake.privileged.add("message_content")
    wanted = replace(access(fake), message_content=True)
    async with open_discord(wanted, RedisOnce(store), samples.StillClock()) as opened:
        yield opened


def a_round(post: MessageRef | None) -> Round:
    return Round(
        id=ROUND,
        place=PLACE,
        question=None,
        state=RoundState.OPEN,
        asks_at=samples.NOW,
        reveals_at=samples.IN_3_H,
        post=post,
    )


async def read_back(chat: DiscordChat, post: MessageRef) -> list[tuple[str, str]] | None:
    read = await chat.read_back(a_round(post))
    return None if read is None else [(reply.member, reply.text) for reply in read]


async def test_without_the_permission_to_read_the_history_nobody_is_taken_for_withdrawn(
    chat: DiscordChat, fake: FakeDiscord
) -> None:
    post = await chat.post_question(QUESTION)
    said(fake, post, ANA, "look first")
    fake.deny(channel(fake), fake.bot, "read_message_history")

    with pytest.raises(DiscordRefusal, match="Read Message History"):
        await read_back(chat, post)


async def test_replies_that_ping_the_bot_are_read_back_and_no_other(chat: DiscordChat, fake: FakeDiscord) -> None:
    post = await chat.post_question(QUESTION)
    said(fake, post, ANA, "look first")
    said(fake, post, BEN, "not meant for it", ping=False)
    fake.say(person(fake, BEN), channel(fake), "by the way")
    thread = fake.open_thread(person(fake, BEN), message_of(fake, post), "talk")
    fake.say(person(fake, BEN), thread, "in here")

    assert await read_back(chat, post) == [(ANA, "look first")]


async def test_where_all_can_be_read_all_replies_and_the_post_s_thread_are_read_back(
    reading_all: DiscordChat, fake: FakeDiscord
) -> None:
    post = await reading_all.post_question(QUESTION)
    said(fake, post, ANA, "look first")
    chatter(fake, 150)
    said(fake, post, BEN, "labels lag", ping=False)
    thread = fake.open_thread(person(fake, BEN), message_of(fake, post), "talk")
    for number in range(120):
        fake.say(person(fake, ANA), thread, str(number))
    await reading_all.post_reveal(replace(REVEAL, post=post))

    read = await read_back(reading_all, post)

    assert read == [(ANA, "look first"), (BEN, "labels lag"), *((ANA, str(number)) for number in range(120))]


async def test_what_cannot_be_read_though_it_should_is_never_taken_for_withdrawn(
    reading_all: DiscordChat, fake: FakeDiscord
) -> None:
    post = await reading_all.post_question(QUESTION)
    said(fake, post, BEN, "labels lag", ping=False)

    fake.privileged.clear()

    assert await read_back(reading_all, post) is None


async def test_of_a_post_that_is_gone_the_replies_are_still_read_back(chat: DiscordChat, fake: FakeDiscord) -> None:
    post = await chat.post_question(QUESTION)
    said(fake, post, ANA, "look first")

    await chat.delete_post(PLACE, post)

    assert await read_back(chat, post) == [(ANA, "look first")]


async def test_without_a_post_there_is_nothing_to_read_back(chat: DiscordChat, fake: FakeDiscord) -> None:
    assert await chat.read_back(a_round(None)) is None
    assert fake.log.count(HISTORY) == 0
