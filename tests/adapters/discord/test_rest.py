"""Calls of the REST API: whatever comes of one is said in the words of the port, and nothing of it in the logs."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from discord.http import HTTPClient, Route

from adapters.discord import rest as rest_module
from adapters.discord.access import Access
from adapters.discord.refusals import BY_PLACE, BY_TOKEN, LIMITED, OURS, OVER, PASSING, DiscordRefusal
from adapters.discord.rest import PAGE, Rest, open_rest
from bot.ports import BotRefused, Limited, OutcomeUnknown
from tests.adapters.discord.world import CHANNEL, OTHER_CHANNEL, access, channel, server
from tests.fakes.discord import FakeDiscord, words

PATH = "/channels/{channel_id}/messages"
POST = "POST /channels/{channel}/messages"
HISTORY = "GET /channels/{channel}/messages"
EDIT = "PATCH /channels/{channel}/messages/{message}"
SAID = {"content": "hello", "nonce": "1", "enforce_nonce": True}


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with server() as opened:
        yield opened


@pytest.fixture
async def rest(fake: FakeDiscord) -> AsyncIterator[Rest]:
    async with open_rest(access(fake), time.monotonic) as opened:
        yield opened


async def say(rest: Rest, where: str = CHANNEL, **more: object) -> None:
    await rest.one("POST", PATH, json={**SAID, **more}, channel_id=where)


async def test_whose_token_it_is_is_known(rest: Rest, fake: FakeDiscord) -> None:
    assert (rest.user, rest.application.id) == (fake.bot.id, fake.world.app)


async def test_an_address_is_used_for_as_long_as_it_is_open(fake: FakeDiscord) -> None:
    before = Route.BASE

    async with open_rest(access(fake), time.monotonic):
        assert f"{Route.BASE}/" == fake.api_url

    assert before == Route.BASE


@pytest.mark.parametrize("kind", ["500", "502"])
async def test_trouble_on_discord_s_side_passes_without_anybody_noticing(
    rest: Rest, fake: FakeDiscord, kind: str
) -> None:
    post = await rest.one("POST", PATH, json=SAID, channel_id=CHANNEL)
    fake.faults.next(EDIT, kind)

    await rest.call(
        "PATCH", f"{PATH}/{{message_id}}", json={"content": "bye"}, channel_id=CHANNEL, message_id=post["id"]
    )

    assert [words(message) for message in fake.visible(channel(fake))] == ["bye"]


@pytest.mark.parametrize("kind", ["500", "502"])
async def test_what_may_stand_already_is_not_sent_again_without_a_look(
    rest: Rest, fake: FakeDiscord, kind: str
) -> None:
    fake.faults.next(POST, kind)

    with pytest.raises(OutcomeUnknown):
        await say(rest)

    assert fake.log.count(POST) == 1


@pytest.mark.parametrize("kind", ["503", "cut", "lost"])
async def test_trouble_that_may_have_done_its_work_leaves_the_outcome_unknown(
    rest: Rest, fake: FakeDiscord, kind: str
) -> None:
    fake.faults.next(POST, kind)

    with pytest.raises(OutcomeUnknown):
        await say(rest)


async def test_an_answer_that_does_not_come_leaves_the_outcome_unknown(
    rest: Rest, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rest_module, "_SECONDS", 0.2)
    fake.faults.next(POST, "timeout")

    with pytest.raises(OutcomeUnknown):
        await say(rest)


@pytest.mark.parametrize("kind", ["429", "429 shared", "429 global"])
async def test_a_short_limit_is_waited_for(rest: Rest, fake: FakeDiscord, kind: str) -> None:
    fake.faults.next(POST, kind, retry_after=0.1)

    await say(rest)

    assert fake.log.count(POST) == 2


async def test_a_long_limit_is_for_the_caller_to_wait_for(rest: Rest, fake: FakeDiscord) -> None:
    fake.faults.next(POST, "429", retry_after=90)

    with pytest.raises(Limited) as limited:
        await say(rest)

    assert limited.value.retry_after == 90
    await say(rest, OTHER_CHANNEL)


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "1"}], ids=["body", "both"])
async def test_a_limit_of_a_server_that_is_not_discord_s_own_lasts_as_long_as_it_says(
    rest: Rest, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    body = {"message": "slow", "retry_after": 0.6, "global": False}
    monkeypatch.setattr("tests.fakes.discord.server.limited", lambda _seconds, _scope: (body, headers))
    fake.faults.next(POST, "429")

    with pytest.raises(Limited) as limited:
        await say(rest)

    assert limited.value.retry_after == 0.6
    await say(rest)


@pytest.mark.parametrize(
    ("body", "seconds"),
    [({"message": "slow", "retry_after": 0}, 0), ({"message": "slow"}, rest_module._UNSAID_SECONDS)],
    ids=["no time", "unsaid"],
)
async def test_a_limit_of_no_time_is_over_at_once_and_one_that_names_none_soon(
    rest: Rest, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch, body: dict[str, object], seconds: float
) -> None:
    monkeypatch.setattr("tests.fakes.discord.server.limited", lambda _seconds, _scope: (body, {}))
    fake.faults.next(POST, "429")

    with pytest.raises(Limited) as limited:
        await say(rest)

    assert limited.value.retry_after == seconds


async def test_a_limit_on_everything_holds_everything_without_a_request(rest: Rest, fake: FakeDiscord) -> None:
    fake.faults.next(POST, "429 global", retry_after=90)
    with pytest.raises(Limited):
        await say(rest)

    with pytest.raises(Limited):
        await say(rest, OTHER_CHANNEL)

    assert fake.log.count(POST) == 1


async def test_who_gives_up_while_everything_is_limited_does_not_leave_all_others_waiting(
    rest: Rest, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.faults.next(POST, "429 global", retry_after=1)
    monkeypatch.setattr(rest_module, "_SECONDS", 0.3)
    with pytest.raises(OutcomeUnknown):
        await say(rest)
    monkeypatch.undo()

    await asyncio.sleep(1)

    async with asyncio.timeout(2):
        await say(rest)


async def test_buckets_and_the_limit_of_a_second_are_kept_by_themselves(rest: Rest, fake: FakeDiscord) -> None:
    async def asked(number: int) -> None:
        where = CHANNEL if number % 2 else OTHER_CHANNEL
        await say(rest, where, nonce=str(number))

    await asyncio.gather(*(asked(number) for number in range(40)))

    assert fake.log.count(POST) == 40
    assert len(fake.visible(channel(fake))) == len(fake.visible(channel(fake, OTHER_CHANNEL))) == 20


async def test_a_call_for_which_there_is_room_goes_out_however_long_its_bucket_s_time_is(
    rest: Rest, fake: FakeDiscord
) -> None:
    fake.limits.pace = 1000
    for number in range(2):
        await say(rest, nonce=str(number))

    assert len(fake.visible(channel(fake))) == 2
    assert fake.log.count(POST) == 2


async def test_a_call_for_which_there_is_no_room_for_long_is_for_the_caller_to_make_again(
    rest: Rest, fake: FakeDiscord
) -> None:
    fake.limits.pace = 1000
    for number in range(5):
        await say(rest, nonce=str(number))

    with pytest.raises(Limited) as limited:
        await say(rest, nonce="one more")

    assert 4000 < limited.value.retry_after <= 5000
    assert fake.log.count(POST) == 5


async def test_an_answer_is_handed_out_though_its_bucket_is_empty_now(rest: Rest, fake: FakeDiscord) -> None:
    fake.limits.pace = 1
    began = time.monotonic()

    for number in range(5):
        await say(rest, nonce=str(number))

    assert time.monotonic() - began < 2


async def test_who_gives_up_a_place_in_a_bucket_keeps_nobody_from_it(rest: Rest, fake: FakeDiscord) -> None:
    for number in range(5):
        await say(rest, nonce=str(number))
    waiting = [asyncio.create_task(say(rest, nonce=str(number))) for number in range(5, 15)]
    await asyncio.sleep(0.05)
    for one in waiting[::2]:
        one.cancel()

    await asyncio.wait(waiting, timeout=5)

    assert all(one.done() for one in waiting)
    assert len(fake.visible(channel(fake))) == 10


async def test_what_is_refused_has_its_sentence(rest: Rest, fake: FakeDiscord) -> None:
    with pytest.raises(DiscordRefusal, match="the channel is gone") as refused:
        await say(rest, "999")
    assert refused.value.code == 10003

    fake.deny(channel(fake), fake.bot, "send_messages")
    with pytest.raises(DiscordRefusal, match="lacks a permission"):
        await say(rest)

    assert not isinstance(refused.value, BotRefused)


@pytest.mark.parametrize(("code", "seconds"), LIMITED.items())
async def test_an_error_that_asks_to_wait_is_obeyed(rest: Rest, fake: FakeDiscord, code: int, seconds: float) -> None:
    fake.faults.next(POST, f"400 {code}")

    with pytest.raises(Limited) as limited:
        await say(rest)

    assert limited.value.retry_after == seconds


@pytest.mark.parametrize("code", PASSING)
async def test_trouble_that_passes_leaves_the_outcome_unknown(rest: Rest, fake: FakeDiscord, code: int) -> None:
    fake.faults.next(POST, f"403 {code}")

    with pytest.raises(OutcomeUnknown):
        await say(rest)


@pytest.mark.parametrize("code", [*BY_PLACE, *BY_TOKEN, *OURS, *OVER, 99999])
async def test_every_other_error_is_a_refusal_with_its_number(rest: Rest, fake: FakeDiscord, code: int) -> None:
    fake.faults.next(POST, f"403 {code}")

    with pytest.raises(DiscordRefusal) as refused:
        await say(rest)

    assert refused.value.code == code
    assert isinstance(refused.value, BotRefused) is (code in {*BY_TOKEN, *OURS})


async def test_a_token_that_is_refused_meanwhile_is_the_bot_s_fault(rest: Rest, fake: FakeDiscord) -> None:
    fake.world.token = "another"

    with pytest.raises(BotRefused, match="does not know the token"):
        await say(rest)


async def test_what_discord_does_not_take_is_logged_by_its_place_and_without_its_text(
    rest: Rest, fake: FakeDiscord, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    with pytest.raises(BotRefused, match="a fault of the bot"):
        await say(rest, content="secret" * 400)

    (record,) = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert (record.__dict__["code"], record.__dict__["at"]) == (50035, ["content"])
    assert "secret" not in caplog.text
    fake.invalid.clear()


@pytest.mark.parametrize("answer", ["nothing", [], "text", {"id": ""}])
async def test_an_answer_that_names_no_post_leaves_the_outcome_unknown(
    rest: Rest, fake: FakeDiscord, answer: object
) -> None:
    fake._server.methods[POST] = lambda _call: (200, answer)

    with pytest.raises(OutcomeUnknown):
        await say(rest)


async def test_a_server_that_shows_the_same_page_again_and_again_is_read_once(rest: Rest, fake: FakeDiscord) -> None:
    page = [{"id": str(number)} for number in range(1, PAGE + 1)]
    fake._server.methods[HISTORY] = lambda _call: (200, page)

    async with asyncio.timeout(5):
        read = [one["id"] async for one in rest.messages(CHANNEL, 40)]

    assert read == [str(number) for number in range(41, PAGE + 1)]


@pytest.mark.parametrize("lost", [1, 3])
async def test_what_is_sent_again_after_a_lost_answer_stands_once(rest: Rest, fake: FakeDiscord, lost: int) -> None:
    fake.faults.next(POST, "lost", times=lost)
    for _ in range(lost):
        with pytest.raises(OutcomeUnknown):
            await say(rest)

    await say(rest)

    assert len(fake.visible(channel(fake))) == 1


@pytest.mark.parametrize(
    ("address", "used"),
    [("https://discord.com/api/v10/", True), ("http://127.0.0.1:9/api/v10/", False)],
)
async def test_a_proxy_of_the_system_is_used_for_what_is_out_there_alone(
    monkeypatch: pytest.MonkeyPatch, address: str, used: bool
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    opened: list[str | None] = []

    async def no_log_in(http: HTTPClient, _token: str) -> str:
        opened.append(http.proxy)
        raise OutcomeUnknown

    monkeypatch.setattr(rest_module, "_log_in", no_log_in)
    with pytest.raises(OutcomeUnknown):
        async with open_rest(Access(token="t", api_url=address), time.monotonic):
            pass

    assert opened == ["http://127.0.0.1:9" if used else None]


Planted = Callable[[Access], Access]


@pytest.mark.parametrize(
    ("planted", "raised"),
    [
        (lambda sound: replace(sound, token="of.somebody.else"), BotRefused),
        (lambda sound: replace(sound, api_url=sound.api_url.replace("/api/v10/", "/elsewhere/")), BotRefused),
        (lambda sound: replace(sound, api_url="http://127.0.0.1:9/api/v10/"), OutcomeUnknown),
    ],
    ids=["token", "address", "nobody"],
)
async def test_a_log_in_that_fails_leaves_nothing_behind(
    fake: FakeDiscord, planted: Planted, raised: type[Exception]
) -> None:
    before = Route.BASE

    with pytest.raises(raised):
        async with open_rest(planted(access(fake)), time.monotonic):
            pass

    assert before == Route.BASE
    fake.invalid.clear()
