"""The Web API of our Slack, driven by Slack's own client."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import Channel, FakeSlack, Person


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def web(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def ann(slack: FakeSlack) -> Person:
    return slack.add_user("Ann")


@pytest.fixture
def quiz(slack: FakeSlack, ann: Person) -> Channel:
    return slack.add_channel("quiz", creator=ann)


async def test_posts_and_updates(slack: FakeSlack, web: AsyncWebClient, quiz: Channel) -> None:
    posted = await web.chat_postMessage(
        channel=quiz.id, text="hello", metadata={"event_type": "x", "event_payload": {"a": "b"}}
    )
    await web.chat_postMessage(channel=quiz.id, text="reply", thread_ts=posted["ts"])
    await web.chat_update(channel=quiz.id, ts=posted["ts"], text="bye", blocks=[{"type": "divider"}])
    [message] = slack.visible(quiz)
    assert message.text == "bye"
    assert [reply.text for reply in slack.thread(message)] == ["reply"]
    read = await web.conversations_history(channel=quiz.id, include_all_metadata=True)
    assert read["messages"][0]["metadata"]["event_payload"] == {"a": "b"}
    assert (await web.auth_test())["bot_id"] == slack.workspace.bot_id
    await web.reactions_add(channel=quiz.id, timestamp=message.ts, name="eyes")
    await web.files_upload_v2(channel=quiz.id, content="x" * 10, filename="a.txt")
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await web.chat_postMessage(channel=quiz.id, text="x", blocks=[{"type": "divider"}] * 51)
    assert slack.invalid
