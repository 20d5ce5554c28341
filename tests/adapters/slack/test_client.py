"""Calls of the Web API: whatever comes of one is said in the words of the port, and nothing of it in the logs."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from adapters.slack import client as client_module
from adapters.slack.access import Access
from adapters.slack.client import SlackClient, open_client
from adapters.slack.refusals import SlackRefusal
from bot.ports import Limited, OutcomeUnknown
from tests.adapters.console.samples import StillClock
from tests.adapters.slack.world import CHANNEL, OTHER_CHANNEL, access, answering, workspace
from tests.fakes.slack import FakeSlack

POST = "chat.postMessage"
_ARGUMENTS: dict[str, dict[str, Any]] = {
    POST: {"channel": CHANNEL, "text": "one"},
    "views.open": {"trigger_id": "1.2.a", "view": {}},
    "users.info": {"user": "U1"},
    "views.publish": {"user_id": "U1", "view": {}},
}


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with workspace() as opened:
        yield opened


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
async def client(fake: FakeSlack, clock: StillClock) -> AsyncIterator[SlackClient]:
    async with open_client(access(fake), lambda: clock.now().timestamp()) as opened:
        yield opened


async def test_a_limited_call_waits_without_a_request_and_others_go_on(
    fake: FakeSlack, client: SlackClient, clock: StillClock
) -> None:
    fake.faults.next(POST, "429", retry_after=7, channel=CHANNEL)

    with pytest.raises(Limited) as limited:
        await client.call(POST, CHANNEL, text="one")
    clock.go(seconds=4)
    with pytest.raises(Limited) as still:
        await client.call(POST, CHANNEL, text="two")

    assert (limited.value.retry_after, still.value.retry_after) == (7, 3)
    assert fake.log.count(POST) == 1
    await client.call(POST, OTHER_CHANNEL, text="elsewhere")
    await client.call("conversations.info", CHANNEL)
    clock.go(seconds=4)
    await client.call(POST, CHANNEL, text="three")


async def test_a_clock_that_is_put_back_makes_no_wait_longer(
    fake: FakeSlack, client: SlackClient, clock: StillClock
) -> None:
    fake.faults.next(POST, "429", retry_after=7)
    with pytest.raises(Limited):
        await client.call(POST, CHANNEL, text="one")

    clock.go(hours=-1)

    await client.call(POST, CHANNEL, text="two")


@pytest.mark.parametrize(
    ("error", "seconds"), [("ratelimited", 30), ("rate_limited", 30), ("message_limit_exceeded", 300)]
)
async def test_an_error_that_asks_to_wait_is_obeyed_too(
    fake: FakeSlack, client: SlackClient, error: str, seconds: float
) -> None:
    fake.faults.next(POST, error)

    for _ in range(2):
        with pytest.raises(Limited) as limited:
            await client.call(POST, CHANNEL, text="one")

    assert limited.value.retry_after == seconds
    assert fake.log.count(POST) == 1


@pytest.mark.parametrize("kind", ["500", "cut", "lost", "internal_error", "fatal_error", "team_added_to_org"])
async def test_trouble_on_slack_s_side_leaves_the_outcome_unknown_and_nothing_is_sent_again(
    fake: FakeSlack, client: SlackClient, kind: str
) -> None:
    fake.faults.next(POST, kind)

    with pytest.raises(OutcomeUnknown):
        await client.call(POST, CHANNEL, text="one")

    assert fake.log.count(POST) == 1


async def test_an_answer_that_does_not_come_leaves_the_outcome_unknown(
    fake: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "_SECONDS", 0.2)
    fake.faults.next(POST, "slow", seconds=5)

    async with open_client(access(fake), StillClock().now().timestamp) as client:
        with pytest.raises(OutcomeUnknown):
            await client.call(POST, CHANNEL, text="one")


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "text/html", "<html>Log in to the network</html>"),
        (200, "application/json", '{"ok": tr'),
        (200, "application/json", "[]"),
        (200, "application/json", "[1]"),
        (200, "application/json", '{"ok": false}'),
        (200, "text/plain", "ok"),
        (404, "text/html", "not here"),
        (503, "application/json", '{"ok": false, "error": "channel_not_found"}'),
    ],
)
async def test_an_answer_that_is_not_slack_s_leaves_the_outcome_unknown(status: int, kind: str, body: str) -> None:
    async with (
        answering(status, kind, body) as address,
        open_client(Access(bot_token="xoxb-1", api_url=address), StillClock().now().timestamp) as client,
    ):
        with pytest.raises(OutcomeUnknown):
            await client.call(POST, CHANNEL, text="one")


@pytest.mark.parametrize("body", ['{"ok": true}', '{"ok": true, "messages": [], "has_more": true}'])
async def test_a_page_that_lacks_its_items_or_the_way_to_the_next_is_not_the_end(body: str) -> None:
    async with (
        answering(200, "application/json", body) as address,
        open_client(Access(bot_token="xoxb-1", api_url=address), StillClock().now().timestamp) as client,
    ):
        with pytest.raises(OutcomeUnknown):
            _ = [one async for one in client.pages("conversations.history", CHANNEL, "messages")]


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "soon"}, {"Retry-After": "inf"}], ids=str)
@pytest.mark.parametrize(
    ("method", "seconds"), [(POST, 30), ("views.open", 1), ("users.info", 1), ("views.publish", 1)]
)
async def test_a_limit_without_a_readable_time_is_long_for_a_post_and_short_for_what_somebody_waits_for(
    headers: dict[str, str], method: str, seconds: float
) -> None:
    async with (
        answering(429, "text/html", "slow down", headers) as address,
        open_client(Access(bot_token="xoxb-1", api_url=address), StillClock().now().timestamp) as client,
    ):
        with pytest.raises(Limited) as limited:
            await client.call(method, **_ARGUMENTS[method])

    assert limited.value.retry_after == seconds


async def test_a_limit_of_no_time_at_all_closes_nothing(fake: FakeSlack, client: SlackClient) -> None:
    fake.faults.next("users.info", "429", retry_after=0)

    with pytest.raises(Limited) as limited:
        await client.call("users.info", user="U1")

    assert limited.value.retry_after == 0
    assert (await client.call("users.info", user="U1"))["ok"]


async def test_slack_out_of_reach_leaves_the_outcome_unknown() -> None:
    nowhere = Access(bot_token="xoxb-1", api_url="http://127.0.0.1:9/api/")

    async with open_client(nowhere, StillClock().now().timestamp) as client:
        with pytest.raises(OutcomeUnknown):
            await client.call(POST, CHANNEL, text="one")


@pytest.mark.parametrize(
    "error", ["channel_not_found", "is_archived", "token_revoked", "restricted_action", "brand_new"]
)
async def test_what_slack_will_never_do_is_a_refusal_with_its_word(
    fake: FakeSlack, client: SlackClient, error: str
) -> None:
    fake.faults.next(POST, error)

    with pytest.raises(SlackRefusal) as refused:
        await client.call(POST, CHANNEL, text="one")

    assert refused.value.error == error


async def test_a_missing_scope_is_named(fake: FakeSlack, client: SlackClient) -> None:
    fake.bot_scopes.discard("chat:write")

    with pytest.raises(SlackRefusal, match=r"the scope chat:write, for chat\.postMessage"):
        await client.call(POST, CHANNEL, text="one")


async def test_a_fault_of_ours_is_logged_with_its_place_and_without_what_was_sent(
    client: SlackClient, caplog: pytest.LogCaptureFixture
) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "a secret reply " * 300}}

    with pytest.raises(SlackRefusal, match="a fault of the bot"):
        await client.call(POST, CHANNEL, text="a secret reply", blocks=[block])

    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert vars(record)["error"] == "invalid_blocks"
    assert vars(record)["at"]
    assert "secret" not in str(vars(record))


async def test_neither_token_nor_text_is_logged_or_told_at_any_level(
    fake: FakeSlack, client: SlackClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = [repr(access(fake)), repr(client)]
    for kind in ("429", "500", "not_in_channel", "lost"):
        fake.faults.next(POST, kind, channel=kind)
        with pytest.raises((Limited, OutcomeUnknown, SlackRefusal)) as raised:
            await client.call(POST, kind, text="a secret reply")
        told.append(repr(raised.value))

    shown = caplog.text + "".join(told)
    assert "secret" not in shown
    assert fake.bot_token not in shown


@pytest.mark.parametrize(
    ("address", "bypassed", "used"),
    [
        ("https://slack.com/api/", "", True),
        ("https://slack.com/api/", "example.org,slack.com", False),
        ("http://slack-proxy.example.org/api/", "", False),
    ],
)
async def test_a_proxy_of_the_system_is_used_for_what_is_out_there_alone(
    monkeypatch: pytest.MonkeyPatch, address: str, bypassed: str, used: bool
) -> None:
    """The proxy is not there: whoever asks it is told so by its name."""
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", bypassed)

    async with open_client(Access(bot_token="xoxb-1", api_url=address), StillClock().now().timestamp) as client:
        assert client.web.session
        assert client.web.session._default_proxy == ("http://127.0.0.1:9" if used else None)
        assert client.web.proxy is None


async def test_a_slack_on_this_machine_is_reached_whatever_proxy_there_is(
    fake: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async with open_client(access(fake), StillClock().now().timestamp) as client:
        assert (await client.call("auth.test"))["ok"]


async def test_an_address_without_its_last_slash_is_the_same_address(fake: FakeSlack) -> None:
    without = replace(access(fake), api_url=fake.api_url.rstrip("/"))

    async with open_client(without, StillClock().now().timestamp) as client:
        assert (await client.call("auth.test"))["ok"]


async def test_a_method_that_the_manifest_does_not_ask_for_cannot_be_called(client: SlackClient) -> None:
    with pytest.raises(LookupError, match=r"admin\.teams\.list"):
        await client.call("admin.teams.list")
