"""The gateway, with discord.py's own client: starting, hearing, losing the connection and coming back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
import discord as library
import pytest
from discord.http import Route

from tests.fakes.discord import Channel, FakeDiscord, Person, payloads
from tests.fakes.of_discord.small_bot import SmallBot, connected, logged_in


def heard(bot: SmallBot) -> list[str]:
    """The contents of the messages that it heard of."""
    return [body["content"] for body in bot.of("MESSAGE_CREATE")]


async def test_a_start_greets_with_the_servers_and_their_channels(
    discord: FakeDiscord, bot: SmallBot, quiz: Channel
) -> None:
    assert bot.user
    assert str(bot.user.id) == discord.bot.id
    [guild] = bot.guilds
    assert [channel.name for channel in guild.channels] == ["quiz"]
    assert [name for name, _ in bot.heard] == ["READY", "GUILD_CREATE"]
    assert (await bot.http.get_bot_gateway())[2]["remaining"] == 999


async def test_a_wrong_token_does_not_log_in(discord: FakeDiscord) -> None:
    with pytest.raises(library.LoginFailure):
        async with logged_in(discord, SmallBot(), token="another"):
            pytest.fail("it logged in")


@pytest.mark.parametrize(
    ("token", "intents", "code"), [("another", 1, 4004), (None, 1 << 15, 4014), (None, 1 << 18, 4013)]
)
async def test_what_is_wrong_with_a_start_is_told_by_the_code_of_its_end(
    discord: FakeDiscord, token: str | None, intents: int, code: int
) -> None:
    bot = SmallBot()
    bot._connection._intents = library.Intents._from_value(intents)
    async with logged_in(discord, bot):
        bot.http.token = token or bot.http.token
        with pytest.raises((library.ConnectionClosed, library.PrivilegedIntentsRequired)):
            await bot.connect()
    assert discord.gateway.closes == [code]


@pytest.mark.parametrize("way", ["drop", "code", "reconnect", "invalid"])
async def test_what_was_said_while_the_connection_was_lost_is_heard_after_it(
    discord: FakeDiscord, bot: SmallBot, ann: Person, quiz: Channel, way: str
) -> None:
    ways: dict[str, Callable[[], None]] = {
        "drop": discord.gateway.drop,
        "code": lambda: discord.gateway.drop(code=4000),
        "reconnect": discord.gateway.reconnect,
        "invalid": lambda: discord.gateway.invalidate(resumable=True),
    }
    ways[way]()
    discord.say(ann, quiz, f"{discord.bot.mention} one")
    await discord.until(lambda: discord.gateway.resumes)
    discord.say(ann, quiz, f"{discord.bot.mention} two")
    await discord.until(lambda: len(heard(bot)) == 2)
    assert [text.split()[1] for text in heard(bot)] == ["one", "two"]
    assert (discord.gateway.resumes, discord.gateway.identifies) == (1, 1)


async def test_a_session_that_is_over_starts_anew_and_has_lost_what_came_between(
    discord: FakeDiscord, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    discord.gateway.drop(resumable=False)
    discord.say(ann, quiz, "lost")
    await discord.until(lambda: discord.gateway.identifies == 2)
    await discord.until(lambda: len(bot.of("READY")) == 2)
    assert heard(bot) == []


async def test_a_connection_without_a_sign_of_life_is_given_up_by_the_client(discord: FakeDiscord, ann: Person) -> None:
    discord.gateway.heartbeat = 0.1
    quiz = discord.add_channel("quiz")
    async with connected(discord, SmallBot(heartbeat_timeout=0.4)) as bot:
        discord.gateway.zombify()
        discord.say(ann, quiz, "into the void")
        await discord.until(lambda: heard(bot), 5)
        assert discord.gateway.resumes >= 1


async def test_the_bot_hears_only_of_its_shard_and_each_session_of_everything_in_it(
    discord: FakeDiscord, ann: Person
) -> None:
    other = discord.add_guild("Other", guild_id=str(int(discord.guild.id) + (1 << 22)))
    discord.join(ann, other)
    channels = [discord.add_channel("quiz", guild=guild) for guild in (discord.guild, other)]
    number = (int(discord.guild.id) >> 22) % 2
    async with connected(discord, SmallBot(shard_id=number, shard_count=2)) as bot:
        for channel in channels:
            discord.say(ann, channel, f"in {channel.guild}")
        await discord.until(lambda: bot.of("MESSAGE_CREATE"))
        await asyncio.sleep(0.05)
        assert [body["guild_id"] for body in bot.of("MESSAGE_CREATE")] == [discord.guild.id]


async def test_events_are_delivered_twice_on_demand(
    discord: FakeDiscord, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    discord.gateway.twice = True
    discord.say(ann, quiz, "hello")
    await discord.until(lambda: len(bot.of("MESSAGE_CREATE")) == 2)


async def test_the_starts_of_a_day_are_counted_and_the_last_one_costs_the_token(discord: FakeDiscord) -> None:
    discord.gateway.starts_left = 0
    old = discord.token
    with pytest.raises(library.ConnectionClosed):
        async with connected(discord, SmallBot()):
            pytest.fail("it started")
    assert discord.token != old


async def test_who_starts_too_often_at_once_is_told_that_the_session_is_invalid(discord: FakeDiscord) -> None:
    discord.gateway.start_pause = 5
    async with (
        connected(discord, SmallBot()),
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{discord.gateway.url}?v=10&encoding=json") as ws,
    ):
        assert (await ws.receive_json())["d"] == {"heartbeat_interval": 41250}
        await ws.send_json({"op": 2, "d": {"token": discord.token, "intents": 1, "properties": {}}})
        assert await ws.receive_json() == {"op": 9, "t": None, "s": None, "d": False}


@asynccontextmanager
async def socket(discord: FakeDiscord) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A bare one, without a library."""
    address = f"{discord.gateway.url}?v=10&encoding=json"
    async with aiohttp.ClientSession() as session, session.ws_connect(address) as ws:
        yield ws


async def test_who_sends_too_much_is_cut_off(discord: FakeDiscord) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{discord.gateway.url}?v=10&encoding=json") as ws,
    ):
        for _ in range(121):
            await ws.send_json({"op": 1, "d": None})
        while (message := await ws.receive()).type is aiohttp.WSMsgType.TEXT:
            pass
        assert (message.type, ws.close_code) == (aiohttp.WSMsgType.CLOSE, 4008)


async def test_the_content_of_messages_is_there_with_the_intent_or_for_who_is_mentioned(
    discord: FakeDiscord, ann: Person, quiz: Channel
) -> None:
    discord.privileged.add("message_content")
    async with connected(discord, SmallBot()) as without:
        discord.say(ann, quiz, "hello all")
        discord.say(ann, quiz, f"hello {discord.bot.mention}")
        discord.say(ann, discord.dm(ann), "hello you")
        await discord.until(lambda: len(heard(without)) == 3)
        assert heard(without) == ["", f"hello {discord.bot.mention}", "hello you"]
    async with connected(discord, SmallBot(message_content=True)) as with_it:
        discord.say(ann, quiz, "hello all")
        await discord.until(lambda: heard(with_it) == ["hello all"])


async def test_the_bot_hears_what_becomes_of_its_servers_and_channels(
    discord: FakeDiscord, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    said = discord.say(ann, quiz, "helo")
    discord.edit(said, "hello")
    discord.react(ann, said, "👍")
    discord.unreact(ann, said, "👍")
    thread = discord.open_thread(ann, said, "Talk")
    discord.say(ann, thread, "in the thread")
    discord.archive(thread)
    discord.delete(said)
    discord.deny(quiz, discord.bot, "send_messages")
    discord.delete_channel(quiz)
    discord.outage(discord.guild)
    discord.back(discord.guild)
    discord.kick_bot(discord.guild)
    await discord.until(lambda: len(bot.heard) >= 17)
    assert [name for name, _ in bot.heard][2:] == [
        "MESSAGE_CREATE",
        "MESSAGE_UPDATE",
        "MESSAGE_REACTION_ADD",
        "MESSAGE_REACTION_REMOVE",
        "THREAD_CREATE",
        "MESSAGE_UPDATE",
        "MESSAGE_CREATE",
        "THREAD_UPDATE",
        "MESSAGE_DELETE",
        "CHANNEL_UPDATE",
        "THREAD_DELETE",
        "CHANNEL_DELETE",
        "GUILD_DELETE",
        "GUILD_CREATE",
        "GUILD_DELETE",
    ]
    assert [body.get("unavailable") for body in bot.of("GUILD_DELETE")] == [True, None]
    assert not bot.guilds


@pytest.mark.parametrize(
    ("packet", "code"),
    [
        ({"op": 2, "d": {"token": "another", "intents": 1}}, 4004),
        ({"op": 14, "d": None}, 4001),
        ({"op": 3, "d": {}}, 4003),
        ({"op": 1}, 4002),
        ({"op": 1, "d": "x" * 4100}, 4002),
        ({"op": 2, "d": {"token": "fake.discord.token", "intents": 1, "shard": [2, 2]}}, 4010),
    ],
)
async def test_what_is_wrong_with_a_packet_is_told_by_the_code_of_the_end(
    discord: FakeDiscord, packet: dict[str, object], code: int
) -> None:
    async with socket(discord) as ws:
        await ws.receive_json()
        await ws.send_json(packet)
        assert (await ws.receive()).data == code


async def test_many_messages_that_go_at_once_are_told_of_at_once(
    discord: FakeDiscord, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    said = [discord.say(ann, quiz, text) for text in ("one", "two")]
    discord.purge(said)
    [gone] = await discord.until(lambda: bot.of("MESSAGE_DELETE_BULK"))
    assert gone["ids"] == [message.id for message in said]
    assert discord.visible(quiz) == []


async def test_a_link_that_is_shown_is_an_update_without_an_edit(
    discord: FakeDiscord, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    said = discord.say(ann, quiz, f"{discord.bot.mention} https://example.org/")
    discord.unfurl(said, "An example")
    [update] = await discord.until(lambda: bot.of("MESSAGE_UPDATE"))
    assert (update["edited_timestamp"], update["embeds"][0]["title"]) == (None, "An example")


async def test_a_token_that_is_reset_ends_everything(discord: FakeDiscord, bot: SmallBot) -> None:
    old = discord.token
    discord.reset_token()
    await discord.until(bot.is_closed)
    with pytest.raises(library.LoginFailure):
        async with logged_in(discord, SmallBot(), token=old):
            pytest.fail("it logged in")


async def test_the_bot_hears_nothing_of_channels_that_it_does_not_see(
    discord: FakeDiscord, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    closed = discord.add_channel("closed", denied=["view_channel"])
    discord.say(ann, closed, "not for the bot")
    discord.say(ann, quiz, "for all")
    await discord.until(lambda: bot.of("MESSAGE_CREATE"))
    assert [body["channel_id"] for body in bot.of("MESSAGE_CREATE")] == [quiz.id]


async def test_a_reply_to_the_bots_own_words_is_readable_and_one_to_its_answers_to_interactions_is_not(
    discord: FakeDiscord, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=quiz.id)
    asked = discord.world.message_in(quiz, (await bot.http.request(route, json={"content": "?"}))["id"])
    reply = discord.say(ann, quiz, "my answer", reply_to=asked)
    discord.edit(reply, "my better answer")
    discord.say(ann, quiz, "quietly", reply_to=asked, ping=False)
    asked.interaction = payloads.interaction(discord.world, 2, ann, quiz, {})
    discord.say(ann, quiz, "to what it answered", reply_to=asked)
    await discord.until(lambda: len(bot.of("MESSAGE_CREATE")) == 4)
    assert heard(bot) == ["?", "my answer", "", ""]
    [edited] = bot.of("MESSAGE_UPDATE")
    assert (edited["content"], edited["message_reference"]["message_id"]) == ("my better answer", asked.id)
    assert edited["member"]["joined_at"]
