"""Telling those who look after a programme: by direct message, once, and nobody who was not named."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time

import pytest

from adapters.discord import open_discord
from adapters.discord.chat import DiscordChat
from adapters.discord.refusals import DiscordRefusal
from adapters.redis.once import RedisOnce
from adapters.redis.store import Store
from bot.domain.ids import MemberId, member_id, programme_of
from bot.domain.programme import Programme, Schedule
from bot.ports import OutcomeUnknown
from bot.views import NoticeView
from tests.adapters.console.samples import StillClock
from tests.adapters.discord.world import ANA, BEN, CHANNEL, CHRIS, PLACE, access, person, server, told
from tests.fakes.discord import FakeDiscord

NOTICE = NoticeView(text="The quiz is paused.")
CREATE = "POST /channels/{channel}/messages"
PROGRAMME = Programme(
    id=programme_of(PLACE),
    place=PLACE,
    schedule=Schedule(at=time(9), reveal_at=time(16), zone="Europe/Berlin"),
    set_up_by=ANA,
    admins=frozenset({BEN}),
)


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with server() as opened:
        yield opened


@pytest.fixture
async def chat(fake: FakeDiscord, store: Store) -> AsyncIterator[DiscordChat]:
    async with open_discord(access(fake), RedisOnce(store), StillClock()) as opened:
        yield opened


def all_told(fake: FakeDiscord) -> dict[MemberId, int]:
    return {member: len(told(fake, member)) for member in (ANA, BEN, CHRIS)}


async def test_who_set_it_up_and_who_is_named_are_told_and_nobody_else(chat: DiscordChat, fake: FakeDiscord) -> None:
    await chat.tell_admins(PROGRAMME, NOTICE, "a")

    assert all_told(fake) == {ANA: 1, BEN: 1, CHRIS: 0}
    assert told(fake, ANA)[0].startswith(f"<#{CHANNEL}>")


async def test_who_takes_no_direct_messages_is_left_alone_and_the_others_are_told(
    chat: DiscordChat, fake: FakeDiscord
) -> None:
    person(fake, ANA).takes_dms = False

    await chat.tell_admins(PROGRAMME, NOTICE, "a")

    assert all_told(fake) == {ANA: 0, BEN: 1, CHRIS: 0}


async def test_where_nobody_can_be_told_that_is_said(chat: DiscordChat, fake: FakeDiscord) -> None:
    for member in (ANA, BEN):
        person(fake, member).takes_dms = False

    with pytest.raises(DiscordRefusal, match="nobody who looks after the quiz"):
        await chat.tell_admins(PROGRAMME, NOTICE, "a")

    person(fake, BEN).takes_dms = True
    await chat.tell_admins(PROGRAMME, NOTICE, "a")
    assert all_told(fake) == {ANA: 0, BEN: 1, CHRIS: 0}


async def test_members_of_other_platforms_are_not_looked_for(chat: DiscordChat) -> None:
    elsewhere = replace(PROGRAMME, set_up_by=member_id("slack", "T1", "U1"), admins=frozenset())

    with pytest.raises(DiscordRefusal, match="nobody who looks after the quiz"):
        await chat.tell_admins(elsewhere, NOTICE, "a")


async def test_a_message_whose_answer_was_lost_is_sent_again_and_stands_once(
    chat: DiscordChat, fake: FakeDiscord
) -> None:
    fake.faults.next(CREATE, "lost")
    with pytest.raises(OutcomeUnknown):
        await chat.tell_admins(PROGRAMME, NOTICE, "a")

    await chat.tell_admins(PROGRAMME, NOTICE, "a")

    assert all_told(fake) == {ANA: 1, BEN: 1, CHRIS: 0}
