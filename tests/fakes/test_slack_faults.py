"""What goes wrong on demand: calls, sockets, deliveries."""

import time
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import Channel, FakeSlack, Person
from tests.fakes.small_bot import SmallBot, over_requests, over_sockets


async def post(client: AsyncWebClient, channel: Channel) -> Any:
    return await client.chat_postMessage(channel=channel.id, text="x")


async def test_a_limited_call_is_told_when_to_come_again(
    slack: FakeSlack, client: AsyncWebClient, quiz: Channel
) -> None:
    slack.faults.next("chat.postMessage", "429", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        await post(client, quiz)
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    await post(client, quiz)
    assert [called.fault for called in slack.log.of("chat.postMessage")] == ["429", None]


async def test_a_fault_may_be_of_one_channel(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, quiz: Channel
) -> None:
    other = slack.add_channel("other", creator=ann)
    slack.faults.next("chat.postMessage", "ratelimited", channel=quiz.id)
    await post(client, other)
    with pytest.raises(SlackApiError, match="ratelimited"):
        await post(client, quiz)


async def test_a_server_error_does_nothing(slack: FakeSlack, client: AsyncWebClient, quiz: Channel) -> None:
    slack.faults.next("*", "500", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await post(client, quiz)
        assert caught.value.response.status_code == 500
    assert not slack.visible(quiz)


@pytest.mark.parametrize(("kind", "posted"), [("lost", 1), ("cut", 0)])
async def test_a_cut_connection_leaves_open_whether_the_work_was_done(
    slack: FakeSlack, client: AsyncWebClient, quiz: Channel, kind: str, posted: int
) -> None:
    slack.faults.next("chat.postMessage", kind)
    with pytest.raises(aiohttp.ClientError):
        await post(client, quiz)
    assert len(slack.visible(quiz)) == posted
    assert [called.fault for called in slack.log.calls] == [kind]


@pytest.mark.parametrize(("kind", "posted"), [("slow", 1), ("timeout", 0)])
async def test_an_answer_may_not_come_in_time(
    slack: FakeSlack, client: AsyncWebClient, quiz: Channel, kind: str, posted: int
) -> None:
    client.timeout = 1
    slack.faults.next("chat.postMessage", kind)
    with pytest.raises(TimeoutError):
        await post(client, quiz)
    assert len(slack.visible(quiz)) == posted


async def test_a_share_of_all_calls_fails_the_same_way_each_time(client: AsyncWebClient) -> None:
    outcomes = []
    for _ in range(2):
        async with FakeSlack() as slack:
            client.base_url, quiz = slack.api_url, slack.add_channel("quiz", creator=slack.add_user("Ann"))
            slack.faults.at_random(0.3, ("500", "ratelimited"), seed=4)
            for _ in range(20):
                try:
                    await post(client, quiz)
                except SlackApiError:
                    continue
            outcomes.append([called.error for called in slack.log.calls])
    assert outcomes[0] == outcomes[1]
    assert {None, "500", "ratelimited"} == set(outcomes[0])


async def test_calls_are_counted_with_their_times(slack: FakeSlack, client: AsyncWebClient, quiz: Channel) -> None:
    before = time.monotonic()
    await post(client, quiz)
    [called] = slack.log.of("chat.postMessage")
    assert before <= called.at <= time.monotonic()
    assert called.args["channel"] == quiz.id
    assert slack.log.count("chat.update") == 0


@pytest.mark.parametrize("way", [over_sockets, over_requests])
async def test_everything_may_come_twice(slack: FakeSlack, bot: SmallBot, ann: Person, quiz: Channel, way: Any) -> None:
    slack.deliveries.twice = True
    async with way(slack, bot):
        slack.say(ann, quiz, "hello")
        await slack.until(lambda: len(bot.heard) == 2)
        await slack.type_command(ann, quiz, "/quiz ask")
        await slack.until(lambda: len(slack.visible(quiz)) == 3)
    assert bot.heard[0]["event_id"] == bot.heard[1]["event_id"]


async def test_an_event_comes_again_until_it_is_acknowledged(
    slack: FakeSlack, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    slack.say(ann, quiz, "hello")
    async with over_sockets(slack, bot):
        await slack.deliveries.settled()
    assert [answer.ok for kind, answer in slack.deliveries.answers] == [False, True]
    assert len(bot.heard) == 1


async def test_a_late_acknowledgement_is_none(slack: FakeSlack, bot: SmallBot, ann: Person, quiz: Channel) -> None:
    slack.deliveries.patience = 0.05
    async with over_sockets(slack, bot):
        slack.sockets.silent = True
        answer = await slack.type_command(ann, quiz, "/quiz")
    assert answer.error == "operation_timeout"


async def test_without_a_socket_a_command_fails_at_once(slack: FakeSlack, ann: Person, quiz: Channel) -> None:
    assert (await slack.type_command(ann, quiz, "/quiz")).error == "dispatch_failed"


async def test_a_payload_goes_to_one_socket_any_of_them(
    slack: FakeSlack, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    async with over_sockets(slack, bot), over_sockets(slack, bot):
        await slack.until(lambda: len(slack.sockets.connections) == 2)
        for number in range(8):
            slack.say(ann, quiz, str(number))
        await slack.deliveries.settled()
        took_part = [connection.acknowledged for connection in slack.sockets.connections]
    assert sum(took_part) == len(bot.heard) == 8
    assert all(took_part)


@pytest.mark.parametrize("how", ["drop", "disconnect"])
async def test_a_socket_that_goes_is_opened_anew(
    slack: FakeSlack, bot: SmallBot, ann: Person, quiz: Channel, how: str
) -> None:
    async with over_sockets(slack, bot):
        if how == "drop":
            slack.sockets.drop()
        else:
            await slack.sockets.disconnect()
        await slack.until(lambda: slack.sockets.opened == 2 and slack.sockets.connections)
        slack.say(ann, quiz, "hello")
        await slack.until(lambda: bot.heard)


async def test_sockets_may_be_dropped_again_and_again(slack: FakeSlack, bot: SmallBot) -> None:
    slack.sockets.drop_every(0.2)
    async with over_sockets(slack, bot, ping_interval=0.05):
        await slack.until(lambda: slack.sockets.opened >= 3)


async def test_a_silent_socket_is_noticed(slack: FakeSlack, bot: SmallBot) -> None:
    async with over_sockets(slack, bot, ping_interval=0.05):
        slack.sockets.silent = True
        await slack.until(lambda: slack.sockets.opened > 1)


async def test_a_request_with_a_wrong_signature_or_an_old_one_is_turned_away(
    slack: FakeSlack, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    async with over_requests(slack, bot):
        assert await slack.requests.verify()
        slack.requests.clock_shift = -400
        assert (await slack.type_command(ann, quiz, "/quiz")).error == "dispatch_failed"
        slack.requests.clock_shift, slack.requests.signing_secret = 0, "another"
        assert (await slack.type_command(ann, quiz, "/quiz")).error == "dispatch_failed"
        assert not await slack.requests.verify()


async def test_a_response_url_answers_five_times(slack: FakeSlack, bot: SmallBot, ann: Person, quiz: Channel) -> None:
    async with over_sockets(slack, bot):
        await slack.type_command(ann, quiz, "/quiz later")
        await slack.until(lambda: slack.ephemerals(ann))
    [key] = slack.workspace.response_urls
    async with aiohttp.ClientSession() as session:
        url = f"{slack.workspace.address}/commands/{key}"
        statuses = [(await session.post(url, json={"text": "again"})).status for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 404]
    assert [message.text for message in slack.ephemerals(ann)] == ["Later", *["again"] * 4]
    assert not slack.invalid  # nothing was wrong with what was sent
