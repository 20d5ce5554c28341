"""The bot's own posts are found again, whatever stands in the channel and whatever the server can tell."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.discord import open_discord
from adapters.discord.chat import DiscordChat
from adapters.discord.posts import channel_and_message
from adapters.discord.refusals import DiscordRefusal
from adapters.redis.once import RedisOnce
from adapters.redis.store import Store
from bot.domain.ids import last_part
from bot.ports import Limited, OutcomeUnknown, Post
from tests.adapters.console import samples
from tests.adapters.discord.world import (
    BEN,
    CHANNEL,
    OTHER_CHANNEL,
    PLACE,
    QUESTION,
    REVEAL,
    access,
    channel,
    chatter,
    found,
    message_of,
    person,
    thread_of,
)
from tests.fakes.discord import FakeDiscord, Message
from tests.fakes.discord.rest import messages
from tests.fakes.discord.rest.call import Call, Reply

CREATE = "POST /channels/{channel}/messages"
HISTORY = "GET /channels/{channel}/messages"


@pytest.mark.parametrize("newer", [40, 250])
async def test_a_post_is_found_behind_newer_messages(chat: DiscordChat, fake: FakeDiscord, newer: int) -> None:
    post = await chat.post_question(QUESTION)
    chatter(fake, newer)

    assert await found(chat) == [post]


async def test_a_post_whose_answer_was_lost_is_found(chat: DiscordChat, fake: FakeDiscord) -> None:
    fake.faults.next(CREATE, "lost")

    with pytest.raises(OutcomeUnknown):
        await chat.post_question(QUESTION)

    assert len(await found(chat)) == 1


async def test_two_processes_that_post_one_round_within_minutes_have_one_post(
    chat: DiscordChat, fake: FakeDiscord, store: Store
) -> None:
    post = await chat.post_question(QUESTION)

    async with open_discord(access(fake), RedisOnce(store), samples.StillClock()) as other:
        assert await found(other) == [post]
        assert await other.post_question(QUESTION) == post

    assert len(fake.visible(channel(fake))) == 1


async def test_what_others_post_is_not_taken_for_the_bot_s(chat: DiscordChat, fake: FakeDiscord) -> None:
    post = await chat.post_question(QUESTION)
    copied = message_of(fake, post).components
    there = channel(fake)
    there.messages.append(
        Message(id=fake.world.new_id(), channel=CHANNEL, author=last_part(BEN), components=copied, flags=1 << 15)
    )

    assert await found(chat) == [post]


async def test_what_was_posted_before_the_round_began_is_not_looked_at(chat: DiscordChat) -> None:
    await chat.post_question(QUESTION)

    assert await found(chat, since=datetime.now(UTC) + timedelta(minutes=1)) == []


@pytest.mark.parametrize("empty", [True, False], ids=["empty channel", "old messages"])
async def test_without_the_permission_to_read_the_history_nothing_counts_as_absent(
    chat: DiscordChat, fake: FakeDiscord, empty: bool
) -> None:
    if not empty:
        chatter(fake, 3)
    fake.deny(channel(fake), fake.bot, "read_message_history")

    with pytest.raises(DiscordRefusal, match="Read Message History"):
        await found(chat)


@pytest.mark.parametrize("newer", [0, 230])
async def test_a_post_is_found_on_a_server_whose_ids_do_not_tell_the_time(
    chat: DiscordChat, fake: FakeDiscord, newer: int
) -> None:
    post = await chat.post_question(QUESTION)
    chatter(fake, newer)
    fake._server.methods[HISTORY] = numbered_otherwise

    assert await found(chat) == [post]
    assert await found(chat, since=datetime.now(UTC) + timedelta(minutes=1)) == []


def numbered_otherwise(call: Call) -> Reply:
    """No id is as high as one of an instant would be."""
    return (200, []) if "after" in call.query else messages.history(call)


async def test_an_old_channel_costs_one_look_more_than_a_post_that_is_found(
    chat: DiscordChat, fake: FakeDiscord
) -> None:
    chatter(fake, 120)

    await found(chat, since=datetime.now(UTC) + timedelta(minutes=1))

    assert fake.log.count(HISTORY) == 2


async def test_an_empty_channel_that_may_be_read_is_empty(chat: DiscordChat) -> None:
    assert await found(chat) == []


async def test_an_answer_about_permissions_that_cannot_be_read_leaves_it_unknown(
    chat: DiscordChat, fake: FakeDiscord
) -> None:
    fake._server.methods["GET /guilds/{guild}"] = lambda _call: (200, {"id": "1", "roles": [{"id": "1"}]})

    with pytest.raises(OutcomeUnknown):
        await found(chat)


async def test_threads_of_other_channels_are_not_looked_into(chat: DiscordChat, fake: FakeDiscord) -> None:
    elsewhere = fake.say(person(fake, BEN), channel(fake, OTHER_CHANNEL), "something else")
    fake.open_thread(person(fake, BEN), elsewhere, "else")

    assert await found(chat, Post.REVEAL) == []

    assert not any(elsewhere.id in called.path for called in fake.log.of(HISTORY))


@pytest.mark.parametrize("kind", ["404", "405", "501"])
@pytest.mark.parametrize(
    "unknown", ["GET /channels/{channel}", "GET /guilds/{guild}", "GET /guilds/{guild}/members/{user}"]
)
async def test_a_server_that_knows_only_what_it_must_can_be_posted_on(
    chat: DiscordChat, fake: FakeDiscord, unknown: str, kind: str
) -> None:
    """Not Discord's own: it answers no such call, or no number, to what Discord has had for years."""
    fake.faults.next(unknown, kind, times=9)
    fake.faults.next("GET /guilds/{guild}/threads/active", kind, times=9)

    assert await found(chat) == []
    assert await found(chat, Post.REVEAL) == []


async def test_a_server_that_does_not_know_the_bot_as_a_member_is_asked_to_post(
    chat: DiscordChat, fake: FakeDiscord
) -> None:
    fake.faults.next("GET /guilds/{guild}/members/{user}", "404 10007")

    assert await found(chat) == []


async def test_a_member_of_whom_only_the_roles_are_told_is_the_bot(chat: DiscordChat, fake: FakeDiscord) -> None:
    fake._server.methods["GET /guilds/{guild}/members/{user}"] = lambda _call: (200, {"roles": []})

    assert await found(chat) == []

    fake.deny(channel(fake), fake.bot, "read_message_history")
    with pytest.raises(DiscordRefusal, match="Read Message History"):
        await found(chat)


@pytest.mark.parametrize(
    ("kind", "raised"),
    [
        ("503", OutcomeUnknown),
        ("429", Limited),
        ("401", DiscordRefusal),
        ("403", DiscordRefusal),
    ],
)
@pytest.mark.parametrize("page", [0, 2], ids=["first page", "later page"])
async def test_trouble_while_looking_is_never_taken_for_absence(
    chat: DiscordChat, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch, kind: str, raised: type[Exception], page: int
) -> None:
    chatter(fake, 250)
    take, asked = fake.faults.take, 0

    def taken(route: str, path: str) -> object:
        nonlocal asked
        if route == HISTORY:
            if asked == page:
                fake.faults.next(HISTORY, kind, retry_after=90)
            asked += 1
        return take(route, path)

    monkeypatch.setattr(fake.faults.__class__, "take", lambda _faults, route, path: taken(route, path))

    with pytest.raises(raised):
        await found(chat)


@pytest.mark.parametrize("kind", ["404", "405", "404 10003"])
async def test_a_question_without_a_thread_has_no_reveal_in_one(
    chat: DiscordChat, fake: FakeDiscord, kind: str
) -> None:
    question = await chat.post_question(QUESTION)
    fake.faults.next(HISTORY, kind, containing=f"/{channel_and_message(question)[1]}/")

    assert await found(chat, Post.REVEAL) == []


async def test_a_reveal_is_found_in_its_thread_behind_what_is_said_there(chat: DiscordChat, fake: FakeDiscord) -> None:
    question = await chat.post_question(QUESTION)
    reveal = await chat.post_reveal(replace(REVEAL, post=question))
    chatter(fake, 120, where=channel_and_message(question)[1])

    assert await found(chat, Post.REVEAL) == [reveal]


@pytest.mark.parametrize("archived", [True, False])
async def test_a_reveal_is_found_in_the_thread_of_a_question_that_was_deleted_since(
    chat: DiscordChat, fake: FakeDiscord, archived: bool
) -> None:
    question = await chat.post_question(QUESTION)
    reveal = await chat.post_reveal(replace(REVEAL, post=question))
    other = fake.say(person(fake, BEN), channel(fake), "something else")
    fake.open_thread(person(fake, BEN), other, "else")
    if archived:
        fake.archive(thread_of(fake, question))

    await chat.delete_post(PLACE, question)

    assert await found(chat) == []
    assert await found(chat, Post.REVEAL) == [reveal]
