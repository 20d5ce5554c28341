"""A workspace with a person, a channel and a small bot."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import Channel, FakeSlack, Person
from tests.fakes.small_bot import SmallBot, small_bot


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    """Slack's own client, without its retries."""
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def ann(slack: FakeSlack) -> Person:
    return slack.add_user("Ann")


@pytest.fixture
def quiz(slack: FakeSlack, ann: Person) -> Channel:
    return slack.add_channel("quiz", creator=ann)


@pytest.fixture
def bot(slack: FakeSlack) -> SmallBot:
    return small_bot(slack)
