"""Telling those who look after a programme: once, and somebody whenever anybody can be told."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time

import pytest

from adapters.redis.once import RedisOnce
from adapters.redis.store import Store
from adapters.slack import SlackChat, open_slack
from adapters.slack.refusals import SlackRefusal
from bot.domain.ids import last_part, programme_of
from bot.domain.programme import Programme, Schedule
from bot.ports import Limited, OutcomeUnknown
from bot.views import NoticeView
from tests.adapters.console.samples import StillClock
from tests.adapters.slack.world import ANA, BEN, CHANNEL, CHRIS, PLACE, access, told, workspace
from tests.fakes.slack import FakeSlack

DIRECT = "chat.postMessage"
NOTICE = NoticeView(text="The quiz is paused.")
PROGRAMME = Programme(
    id=programme_of(PLACE),
    place=PLACE,
    schedule=Schedule(at=time(9), reveal_at=time(16), zone="Europe/Berlin"),
    set_up_by=ANA,
)
NOBODY_S = replace(PROGRAMME, set_up_by=None)


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with workspace() as opened:
        yield opened


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
async def chat(fake: FakeSlack, store: Store, clock: StillClock) -> AsyncIterator[SlackChat]:
    async with open_slack(access(fake), RedisOnce(store), clock) as opened:
        yield opened


async def test_whoever_set_it_up_is_told_directly_and_of_which_channel(chat: SlackChat, fake: FakeSlack) -> None:
    await chat.tell_admins(PROGRAMME, NOTICE, "refused")

    (message,) = told(fake, ANA)
    assert message.text == f"<#{CHANNEL}>: The quiz is paused."
    assert told(fake, BEN) == told(fake, CHRIS) == []


async def test_everybody_who_was_named_is_told_and_who_could_not_be_does_not_keep_the_others_from_it(
    chat: SlackChat, fake: FakeSlack
) -> None:
    programme = replace(PROGRAMME, admins=frozenset({BEN, CHRIS}))
    fake.faults.next(DIRECT, "user_disabled", channel=last_part(BEN))

    await chat.tell_admins(programme, NOTICE, "refused")

    assert [len(told(fake, member)) for member in (ANA, BEN, CHRIS)] == [1, 0, 1]


async def test_many_who_tell_at_once_tell_once(chat: SlackChat, fake: FakeSlack, store: Store) -> None:
    async with open_slack(access(fake), RedisOnce(store), StillClock()) as other:
        await asyncio.gather(*(one.tell_admins(PROGRAMME, NOTICE, "refused") for one in (chat, other) * 5))

    assert len(told(fake, ANA)) == 1


async def test_who_was_not_told_for_haste_is_told_later(chat: SlackChat, fake: FakeSlack, clock: StillClock) -> None:
    fake.faults.next(DIRECT, "429", retry_after=5)
    with pytest.raises(Limited):
        await chat.tell_admins(PROGRAMME, NOTICE, "refused")

    clock.go(seconds=6)
    for _ in range(2):
        await chat.tell_admins(PROGRAMME, NOTICE, "refused")

    assert len(told(fake, ANA)) == 1


async def test_told_twice_is_better_than_never(chat: SlackChat, fake: FakeSlack) -> None:
    fake.faults.next(DIRECT, "cut")
    with pytest.raises(OutcomeUnknown):
        await chat.tell_admins(PROGRAMME, NOTICE, "refused")

    await chat.tell_admins(PROGRAMME, NOTICE, "refused")

    assert len(told(fake, ANA)) == 1


async def test_who_waits_no_longer_leaves_it_to_the_next(chat: SlackChat, fake: FakeSlack) -> None:
    fake.faults.next(DIRECT, "timeout", seconds=5)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await chat.tell_admins(PROGRAMME, NOTICE, "refused")

    await chat.tell_admins(PROGRAMME, NOTICE, "refused")

    assert len(told(fake, ANA)) == 1


async def test_where_nobody_is_known_the_channel_s_creator_is_told(chat: SlackChat, fake: FakeSlack) -> None:
    await chat.tell_admins(NOBODY_S, NOTICE, "refused")

    assert len(told(fake, CHRIS)) == 1


async def test_where_nobody_takes_direct_messages_they_see_a_note_in_the_channel(
    chat: SlackChat, fake: FakeSlack
) -> None:
    fake.faults.next(DIRECT, "messages_tab_disabled", times=2)

    await chat.tell_admins(PROGRAMME, NOTICE, "refused")

    for member in (ANA, CHRIS):
        (note,) = fake.ephemerals(fake.workspace.people[last_part(member)])
        assert note.text.endswith("The quiz is paused.")


async def test_where_nobody_can_be_told_at_all_that_is_refused_and_tried_again(
    chat: SlackChat, fake: FakeSlack
) -> None:
    fake.faults.next(DIRECT, "messages_tab_disabled", times=2)
    fake.faults.next("chat.postEphemeral", "user_not_in_channel", times=2)
    with pytest.raises(SlackRefusal, match="nobody"):
        await chat.tell_admins(PROGRAMME, NOTICE, "refused")

    await chat.tell_admins(PROGRAMME, NOTICE, "refused")

    assert len(told(fake, ANA)) == 1


async def test_of_a_channel_that_is_gone_nobody_can_be_told_if_nobody_is_known(
    chat: SlackChat, fake: FakeSlack
) -> None:
    del fake.workspace.channels[CHANNEL]

    await chat.tell_admins(PROGRAMME, NOTICE, "refused")
    with pytest.raises(SlackRefusal, match="nobody"):
        await chat.tell_admins(NOBODY_S, NOTICE, "refused as well")

    assert len(told(fake, ANA)) == 1


async def test_a_token_at_fault_is_not_tried_on_everybody(chat: SlackChat, fake: FakeSlack) -> None:
    fake.workspace.tokens[fake.bot_token].revoked = True

    with pytest.raises(SlackRefusal) as refused:
        await chat.tell_admins(PROGRAMME, NOTICE, "refused")

    assert refused.value.error == "token_revoked"
    assert fake.log.count(DIRECT) == 1
