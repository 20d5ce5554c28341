"""Messages, threads and reactions by REST, with discord.py's own HTTP client."""

from collections.abc import AsyncIterator
from typing import Any

import discord as library
import pytest
from discord.http import HTTPClient, Route

from tests.fakes.discord import Channel, FakeDiscord, Person, words
from tests.fakes.of_discord.small_bot import SmallBot, logged_in, question

Json = dict[str, Any]


@pytest.fixture
async def http(discord: FakeDiscord) -> AsyncIterator[HTTPClient]:
    """Without a gateway."""
    async with logged_in(discord, SmallBot()) as client:
        yield client.http


async def post(http: HTTPClient, channel: Channel, **body: Any) -> Json:
    said: Json = await http.request(Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id), json=body)
    return said


async def start_thread(http: HTTPClient, channel: Channel, message: Json) -> Json:
    route = Route(
        "POST", "/channels/{channel_id}/messages/{message_id}/threads", channel_id=channel.id, message_id=message["id"]
    )
    thread: Json = await http.request(route, json={"name": "What is drift?", "auto_archive_duration": 1440})
    return thread


async def refused(code: int, work: Any) -> None:
    with pytest.raises(library.HTTPException) as refusal:
        await work
    assert refusal.value.code == code


async def test_a_message_is_said_changed_and_taken_away(http: HTTPClient, discord: FakeDiscord, quiz: Channel) -> None:
    said = await post(http, quiz, **question("Answer"))
    assert (said["flags"], said["components"][0]["id"]) == (1 << 15, 1)
    route = Route("PATCH", "/channels/{channel_id}/messages/{message_id}", channel_id=quiz.id, message_id=said["id"])
    changed = await http.request(route, json=question("My grade"))
    assert changed["edited_timestamp"]
    assert [words(message) for message in discord.visible(quiz)] == ["What is drift?\nMy grade"]
    await http.delete_message(quiz.id, said["id"])
    assert discord.visible(quiz) == []


async def test_the_same_nonce_says_nothing_twice(http: HTTPClient, discord: FakeDiscord, quiz: Channel) -> None:
    first = await post(http, quiz, content="once", nonce="round-1", enforce_nonce=True)
    again = await post(http, quiz, content="once", nonce="round-1", enforce_nonce=True)
    assert first["id"] == again["id"]
    assert len(discord.visible(quiz)) == 1
    discord.world.nonce_seconds = 0
    await post(http, quiz, content="once", nonce="round-1", enforce_nonce=True)
    assert len(discord.visible(quiz)) == 2


async def test_history_is_read_in_pages_from_newest_to_oldest(
    http: HTTPClient, discord: FakeDiscord, ann: Person, quiz: Channel
) -> None:
    said = [discord.say(ann, quiz, str(number)).id for number in range(5)]
    newest = await http.logs_from(quiz.id, 2)
    assert [message["id"] for message in newest] == [said[4], said[3]]
    following = await http.logs_from(quiz.id, 2, after=int(said[0]))
    assert [message["id"] for message in following] == [said[2], said[1]]
    before = await http.logs_from(quiz.id, 2, before=int(said[2]))
    assert [message["id"] for message in before] == [said[1], said[0]]
    around = await http.logs_from(quiz.id, 3, around=int(said[2]))
    assert [message["id"] for message in around] == [said[3], said[2], said[1]]


async def test_what_others_wrote_is_empty_without_the_intent(
    http: HTTPClient, discord: FakeDiscord, ann: Person, quiz: Channel
) -> None:
    asked = await post(http, quiz, content="What is drift?")
    own = discord.world.message_in(quiz, asked["id"])
    discord.say(ann, quiz, "to all")
    discord.say(ann, quiz, "to the bot", reply_to=own)
    discord.say(ann, quiz, "to it, quietly", reply_to=own, ping=False)
    read = await http.logs_from(quiz.id, 10)
    assert [message["content"] for message in read] == ["", "to the bot", "", "What is drift?"]
    replied = read[1]["referenced_message"]
    assert replied
    assert replied["content"] == "What is drift?"
    discord.privileged.add("message_content")
    assert (await http.logs_from(quiz.id, 10))[0]["content"] == "to it, quietly"


async def test_without_read_message_history_the_history_is_empty_and_replies_are_refused(
    http: HTTPClient, discord: FakeDiscord
) -> None:
    quiz = discord.add_channel("quiz", denied=["read_message_history"])
    said = await post(http, quiz, content="hello")
    assert await http.logs_from(quiz.id, 10) == []
    await refused(160002, post(http, quiz, content="reply", message_reference={"message_id": said["id"]}))
    await refused(50013, http.get_message(quiz.id, said["id"]))


async def test_what_is_not_there_or_not_allowed_is_refused(
    http: HTTPClient, discord: FakeDiscord, ann: Person, quiz: Channel
) -> None:
    await refused(10003, http.get_channel(1))
    await refused(10008, http.get_message(quiz.id, 1))
    await refused(10013, http.get_user(1))
    ben = discord.add_user("Ben", guilds=[])
    await refused(10007, http.get_member(int(discord.guild.id), int(ben.id)))
    await refused(50001, http.get_channel(discord.add_channel("closed", denied=["view_channel"]).id))
    await refused(50013, post(http, discord.add_channel("quiet", denied=["send_messages"]), content="hello"))
    other = discord.say(ann, quiz, "mine")
    route = Route("PATCH", "/channels/{channel_id}/messages/{message_id}", channel_id=quiz.id, message_id=other.id)
    await refused(50005, http.request(route, json={"content": "yours"}))
    await refused(50013, http.delete_message(quiz.id, other.id))
    discord.kick_bot(discord.guild)
    await refused(50001, post(http, quiz, content="hello"))
    discord.delete_channel(quiz)
    await refused(10003, post(http, quiz, content="hello"))
    assert not discord.invalid


async def test_a_message_has_one_thread_with_its_id(
    http: HTTPClient, discord: FakeDiscord, ann: Person, quiz: Channel
) -> None:
    said = await post(http, quiz, **question("Answer"))
    thread = await start_thread(http, quiz, said)
    assert (thread["id"], thread["parent_id"], thread["type"]) == (said["id"], quiz.id, 11)
    await refused(160004, start_thread(http, quiz, said))
    there = discord.world.channels[thread["id"]]
    discord.say(ann, there, "I see")
    await post(http, there, content="Read on")
    assert [message.content for message in discord.visible(there)] == ["I see", "Read on"]
    await http.delete_message(quiz.id, said["id"])
    kept: Any = await http.get_channel(thread["id"])
    assert kept["message_count"] == 2


async def test_threads_need_their_own_permissions(http: HTTPClient, discord: FakeDiscord, ann: Person) -> None:
    quiz = discord.add_channel("quiz", denied=["create_public_threads", "send_messages_in_threads"])
    said = await post(http, quiz, content="What is drift?")
    await refused(50013, start_thread(http, quiz, said))
    there = discord.open_thread(ann, discord.world.message_in(quiz, said["id"]), "Talk")
    await refused(50013, post(http, there, content="hello"))


async def test_who_writes_in_an_archived_thread_opens_it_again_unless_it_is_locked(
    http: HTTPClient, discord: FakeDiscord, ann: Person, quiz: Channel
) -> None:
    thread = discord.open_thread(ann, discord.say(ann, quiz, "talk?"), "Talk")
    said = await post(http, thread, content="yes")
    discord.archive(thread)
    route = Route("PATCH", "/channels/{channel_id}/messages/{message_id}", channel_id=thread.id, message_id=said["id"])
    await refused(50083, http.request(route, json={"content": "no"}))
    await refused(50083, http.add_reaction(thread.id, said["id"], "👍"))
    await post(http, thread, content="yes")
    assert not thread.archived
    discord.archive(thread, locked=True)
    await refused(160005, post(http, thread, content="no"))


async def test_reactions_are_put_once_and_taken_back(
    http: HTTPClient, discord: FakeDiscord, ann: Person, quiz: Channel
) -> None:
    said = discord.say(ann, quiz, "my answer")
    await http.add_reaction(quiz.id, said.id, "👍")
    await http.add_reaction(quiz.id, said.id, "👍")
    assert said.reactions == {"👍": [discord.bot.id]}
    await http.remove_own_reaction(quiz.id, said.id, "👍")
    assert said.reactions == {}
    discord.deny(quiz, discord.bot, "add_reactions")
    await refused(50013, http.add_reaction(quiz.id, said.id, "👍"))
    discord.react(ann, said, "👍")
    await http.add_reaction(quiz.id, said.id, "👍")


async def test_direct_messages_reach_who_takes_them(http: HTTPClient, discord: FakeDiscord, ann: Person) -> None:
    opened = await http.start_private_message(int(ann.id))
    await post(http, discord.world.channels[str(opened["id"])], content="hello")
    assert [message.content for message in discord.dms(ann)] == ["hello"]
    ben = discord.add_user("Ben", takes_dms=False)
    channel = await http.start_private_message(int(ben.id))
    await refused(50007, post(http, discord.world.channels[str(channel["id"])], content="hello"))


async def test_nobody_is_pinged_whom_the_message_may_not_ping(
    http: HTTPClient, discord: FakeDiscord, ann: Person, quiz: Channel
) -> None:
    text = f"{ann.mention} <@&{discord.guild.id}> @everyone"
    quiet = await post(http, quiz, content=text, allowed_mentions={"parse": []})
    assert (quiet["mentions"], quiet["mention_everyone"]) == ([], False)
    asked = discord.say(ann, quiz, "?")
    loud = await post(http, quiz, content="!", message_reference={"message_id": asked.id})
    assert [user["id"] for user in loud["mentions"]] == [ann.id]


async def test_files_are_shown_where_a_component_says_so(http: HTTPClient, discord: FakeDiscord, quiz: Channel) -> None:
    file = library.File(__file__, filename="answer.py")
    body = {
        "flags": 1 << 15,
        "components": [{"type": 13, "file": {"url": "attachment://answer.py"}}],
        "attachments": [{"id": 0, "filename": "answer.py"}],
    }
    form: list[Json] = [
        {"name": "payload_json", "value": library.utils._to_json(body)},
        {"name": "files[0]", "value": file.fp, "filename": "answer.py", "content_type": "application/octet-stream"},
    ]
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=quiz.id)
    said = await http.request(route, files=[file], form=form)
    file.close()
    assert said["components"][0]["name"] == "answer.py"
    [message] = discord.visible(quiz)
    assert b"payload_json" in message.files[0].content
