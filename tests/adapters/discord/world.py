"""A server of ours on loopback as the tests of the adapter find it, and what people do on it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.discord.access import Access
from adapters.discord.chat import DiscordChat
from adapters.discord.posts import channel_and_message
from bot.domain.ids import MemberId, last_part, member_id, place_id, programme_of, round_id
from bot.domain.round import MessageRef
from bot.ports import Post
from tests.adapters.console import samples
from tests.fakes.discord import Channel, FakeDiscord, Message, Person, words

GUILD, CHANNEL, OTHER_CHANNEL = "101", "117", "118"
PLACE, OTHER_PLACE = (place_id("discord", GUILD, channel) for channel in (CHANNEL, OTHER_CHANNEL))
ANA, BEN, CHRIS = (member_id("discord", GUILD, user) for user in ("121", "122", "123"))

ROUND = round_id(programme_of(PLACE), samples.NOW.date())
QUESTION = replace(samples.QUESTION, place=PLACE, round=ROUND)
REVEAL = replace(samples.REVEAL, place=PLACE, round=ROUND)


@asynccontextmanager
async def server() -> AsyncIterator[FakeDiscord]:
    """Two channels, with the bot, Ana, Ben and Chris in them."""
    async with FakeDiscord() as fake:
        guild = fake.add_guild("Quiz", guild_id=GUILD)
        for name, member in (("Ana", ANA), ("Ben", BEN), ("Chris", CHRIS)):
            fake.add_user(name, user_id=last_part(member), guilds=[guild])
        for channel in (CHANNEL, OTHER_CHANNEL):
            fake.add_channel(f"c{channel}", guild=guild, channel_id=channel)
        yield fake


def access(fake: FakeDiscord) -> Access:
    return Access(token=fake.token, api_url=fake.api_url)


def person(fake: FakeDiscord, member: MemberId) -> Person:
    return fake.world.people[last_part(member)]


def channel(fake: FakeDiscord, id_: str = CHANNEL) -> Channel:
    return fake.world.channels[id_]


def message_of(fake: FakeDiscord, post: MessageRef) -> Message:
    where, id_ = channel_and_message(post)
    found = channel(fake, where).find(id_)
    assert found
    return found


def said(fake: FakeDiscord, post: MessageRef, member: MemberId, text: str, *, ping: bool = True) -> Message:
    """Let somebody reply to a post, in its channel."""
    where, _ = channel_and_message(post)
    return fake.say(person(fake, member), channel(fake, where), text, reply_to=message_of(fake, post), ping=ping)


def told(fake: FakeDiscord, member: MemberId) -> list[str]:
    """Return what the bot has told somebody directly."""
    return [words(message) for message in fake.dms(person(fake, member))]


def chatter(fake: FakeDiscord, count: int, where: str = CHANNEL) -> None:
    """Let Ben write so many messages."""
    for number in range(count):
        fake.say(person(fake, BEN), channel(fake, where), f"{number} and counting")


def minutes_pass(fake: FakeDiscord) -> None:
    """Let Discord forget which nonces it has seen."""
    before = fake.world.clock
    fake.world.clock = lambda: before() + 600


async def found(chat: DiscordChat, post: Post = Post.QUESTION, since: datetime | None = None) -> Sequence[MessageRef]:
    """Return the round's posts that the bot finds, of the last hour unless told otherwise."""
    return await chat.find_posts(PLACE, ROUND, post, since or datetime.now(UTC) - timedelta(hours=1))


def thread_of(fake: FakeDiscord, post: MessageRef) -> Channel:
    thread = fake.thread(message_of(fake, post))
    assert thread
    return thread
