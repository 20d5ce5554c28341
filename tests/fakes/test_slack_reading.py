"""How a channel and its threads are read."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import Channel, FakeSlack, Person

METADATA = {"event_type": "round", "event_payload": {"id": "r1"}}


def texts(answer: object) -> list[str]:
    return [message["text"] for message in answer["messages"]]  # type: ignore[index]


async def test_a_channel_is_read_from_the_newest_page_by_page(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, quiz: Channel
) -> None:
    for number in range(5):
        slack.say(ann, quiz, str(number))
    first = await client.conversations_history(channel=quiz.id, limit=2)
    assert (texts(first), first["has_more"]) == (["4", "3"], True)

    pages = [texts(page) async for page in await client.conversations_history(channel=quiz.id, limit=2)]
    assert pages == [["4", "3"], ["2", "1"], ["0"]]


async def test_a_span_of_time_has_its_ends_only_if_asked(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, quiz: Channel
) -> None:
    said = [slack.say(ann, quiz, str(number)) for number in range(4)]
    span = {"channel": quiz.id, "oldest": said[1].ts, "latest": said[3].ts}
    assert texts(await client.conversations_history(**span)) == ["2"]  # type: ignore[arg-type]
    assert texts(await client.conversations_history(**span, inclusive=True)) == ["3", "2", "1"]  # type: ignore[arg-type]


@pytest.mark.parametrize(("from_oldest", "first"), [(False, ["3", "2"]), (True, ["1", "0"])])
async def test_reading_from_a_time_on_begins_at_either_end(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, quiz: Channel, from_oldest: bool, first: list[str]
) -> None:
    slack.workspace.history_from_oldest = from_oldest
    for number in range(4):
        slack.say(ann, quiz, str(number))
    assert texts(await client.conversations_history(channel=quiz.id, oldest="1", limit=2)) == first


async def test_metadata_is_read_if_asked_for_and_if_it_may_be(
    slack: FakeSlack, client: AsyncWebClient, quiz: Channel
) -> None:
    await client.chat_postMessage(channel=quiz.id, text="x", metadata=METADATA)
    [plain] = (await client.conversations_history(channel=quiz.id))["messages"]
    [full] = (await client.conversations_history(channel=quiz.id, include_all_metadata=True))["messages"]
    slack.workspace.history_has_metadata = False
    [kept_back] = (await client.conversations_history(channel=quiz.id, include_all_metadata=True))["messages"]

    assert full["metadata"] == METADATA
    assert "metadata" not in plain
    assert "metadata" not in kept_back


async def test_replies_are_read_in_their_thread_alone(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, quiz: Channel
) -> None:
    question = await client.chat_postMessage(channel=quiz.id, text="question")
    [posted] = slack.visible(quiz)
    replies = [slack.say(ann, quiz, text, thread=posted) for text in ("one", "two", "three")]

    assert texts(await client.conversations_history(channel=quiz.id)) == ["question"]
    thread = await client.conversations_replies(channel=quiz.id, ts=question["ts"])
    assert texts(thread) == ["question", "one", "two", "three"]
    assert thread["messages"][0]["reply_count"] == 3
    assert thread["messages"][1]["thread_ts"] == question["ts"]
    pages = [
        texts(page) async for page in await client.conversations_replies(channel=quiz.id, ts=question["ts"], limit=2)
    ]
    assert pages == [["question", "one", "two"], ["question", "three"]]
    later = await client.conversations_replies(channel=quiz.id, ts=question["ts"], oldest=replies[1].ts)
    assert texts(later) == ["question", "three"]


async def test_a_question_that_is_deleted_leaves_a_tombstone_over_its_replies(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, quiz: Channel
) -> None:
    ts = (await client.chat_postMessage(channel=quiz.id, text="question", metadata=METADATA))["ts"]
    slack.say(ann, quiz, "reply", thread=slack.visible(quiz)[0])
    await client.chat_delete(channel=quiz.id, ts=ts)
    thread = (await client.conversations_replies(channel=quiz.id, ts=ts))["messages"]
    assert [message.get("subtype") for message in thread] == ["tombstone", None]


async def test_an_update_keeps_what_it_does_not_name(slack: FakeSlack, client: AsyncWebClient, quiz: Channel) -> None:
    blocks = [{"type": "divider", "block_id": "b"}]
    ts = (await client.chat_postMessage(channel=quiz.id, text="x", blocks=blocks, metadata=METADATA))["ts"]
    await client.chat_update(channel=quiz.id, ts=ts, text="y")
    [message] = slack.visible(quiz)
    assert (message.text, message.blocks, message.metadata) == ("y", blocks, METADATA)

    await client.chat_update(channel=quiz.id, ts=ts, text="y", blocks=[], metadata={})
    assert (message.blocks, message.metadata) == ([], None)


async def test_what_people_type_is_escaped(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, quiz: Channel
) -> None:
    slack.say(ann, quiz, "a < b && <!channel>")
    [message] = (await client.conversations_history(channel=quiz.id))["messages"]
    assert message["text"] == "a &lt; b &amp;&amp; &lt;!channel&gt;"


async def test_people_and_channels_are_described(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, quiz: Channel
) -> None:
    boss = slack.add_user("Boss", tz="Asia/Tokyo", is_owner=True)
    slack.join(boss, quiz)
    described = (await client.users_info(user=boss.id))["user"]
    assert (described["tz"], described["tz_offset"], described["is_owner"]) == ("Asia/Tokyo", 32400, True)
    channel = (await client.conversations_info(channel=quiz.id))["channel"]
    assert (channel["creator"], channel["is_member"], channel["is_archived"]) == (ann.id, True, False)
    members = await client.conversations_members(channel=quiz.id)
    assert members["members"] == [ann.id, slack.workspace.bot.id, boss.id]


async def test_the_bot_sees_the_channels_it_is_in(slack: FakeSlack, client: AsyncWebClient, ann: Person) -> None:
    slack.add_channel("open", creator=ann)
    slack.add_channel("closed", creator=ann, private=True)
    slack.add_channel("without", creator=ann, with_bot=False)
    everything = await client.users_conversations(types="public_channel,private_channel")
    assert [channel["name"] for channel in everything["channels"]] == ["open", "closed"]


async def test_a_file_is_uploaded_and_shared(slack: FakeSlack, client: AsyncWebClient, ann: Person) -> None:
    await client.files_upload_v2(channel=slack.dm(ann).id, content="all about you", filename="export.txt")
    [message] = slack.dms(ann)
    [file] = message.files
    assert (file.name, file.content, file.shared) == ("export.txt", b"all about you", True)
