"""What comes in from Discord: commands, buttons, forms and messages, by the gateway."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from zoneinfo import available_timezones

import discord

from adapters.discord.access import Access
from adapters.discord.chat import DiscordChat
from adapters.discord.inbound.answers import Answers, open_answers
from adapters.discord.inbound.aside import Aside
from adapters.discord.inbound.buttons import Buttons
from adapters.discord.inbound.catching_up import CatchingUp
from adapters.discord.inbound.command_sync import sync_commands
from adapters.discord.inbound.commands import Commands
from adapters.discord.inbound.drafts import Drafts
from adapters.discord.inbound.heard import Ear
from adapters.discord.inbound.identifies import TURN_SECONDS, Identifies, ask_gateway
from adapters.discord.inbound.line import Line
from adapters.discord.inbound.marks import Marks
from adapters.discord.inbound.messages import Messages
from adapters.discord.inbound.modals import Modals
from adapters.discord.inbound.private import Private
from adapters.discord.inbound.reception import Reception
from adapters.discord.inbound.shard import Shard
from adapters.discord.inbound.shards import LEASE_SECONDS, Shards
from adapters.discord.inbound.submissions import Submissions
from adapters.discord.inbound.whereabouts import Whereabouts
from bot.ports import Doors, Listening
from bot.tasks import ended

_GRACE_SECONDS = 2.0
"""What runs at the end has so long to be done with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long things take on the gateway; Discord's own figures but for the tests.

    ``grace``: so long an answer to a heartbeat may take.
    """

    grace: float = 9.0
    lease: float = LEASE_SECONDS
    turn: float = TURN_SECONDS


PACE = Pace()


@asynccontextmanager
async def listening(access: Access, chat: DiscordChat, doors: Doors, pace: Pace = PACE) -> AsyncIterator[Listening]:
    """Take in what people do in Discord, until the block ends. It waits for no connection."""
    async with AsyncExitStack() as stack:
        answers = await stack.enter_async_context(open_answers(access, chat.rest))
        reception = make_reception(chat, doors, answers)
        stack.push_async_callback(reception.work.finish, _GRACE_SECONDS)
        shards = _shards(access, chat, doors, reception, pace)
        for running in (sync_commands(chat.rest), shards.run()):
            task = asyncio.create_task(running)
            stack.push_async_callback(ended, task)
        yield Listening(ready=shards.ready)


def make_reception(chat: DiscordChat, doors: Doors, answers: Answers) -> Reception:
    ear, private = Ear(), Private(answers=answers)
    marks = Marks(chat.rest, ear)
    drafts = Drafts(lambda: doors.clock.now().timestamp())
    modals = Modals(answers=answers, private=private, drafts=drafts)
    commands = Commands(
        desk=doors.desk,
        answers=answers,
        modals=modals,
        private=private,
        marks=marks,
        topics=doors.topics,
        zones=sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC"),
    )
    return Reception(
        commands=commands,
        buttons=Buttons(desk=doors.desk, modals=modals, private=private, commands=commands),
        submissions=Submissions(desk=doors.desk, private=private, drafts=drafts, marks=marks),
        messages=Messages(
            desk=doors.desk,
            round_in=doors.round_in,
            reading=chat.reading,
            marks=marks,
            ear=ear,
            aside=Aside(rest=chat.rest, once=doors.once),
        ),
        private=private,
        whereabouts=Whereabouts(chat.rest),
    )


def _shards(access: Access, chat: DiscordChat, doors: Doors, reception: Reception, pace: Pace) -> Shards:
    rest, application = chat.rest, chat.rest.application.id
    ask = partial(ask_gateway, rest)
    identifies = Identifies(leases=doors.leases, ask=ask, application=application, turn_seconds=pace.turn)
    intents = intents_of(access)
    catching_up = CatchingUp(chat=chat, places=doors.places, round_in=doors.round_in, reception=reception)

    def make(number: int, count: int) -> Shard:
        def greeted(_: object) -> None:
            shard.ready(greeted=True)
            catching_up.begin(number, count)

        handlers: Mapping[str, Any] = {
            **reception.handlers(),
            "READY": greeted,
            "RESUMED": lambda _: shard.ready(greeted=False),
        }
        line = Line(rest.http, shard=number, count=count, intents=intents, handlers=handlers, grace=pace.grace)
        shard: Shard = Shard(line, identifies, number)
        return shard

    return Shards(leases=doors.leases, application=application, ask=ask, make=make, lease_seconds=pace.lease)


def intents_of(access: Access) -> discord.Intents:
    """Return what Discord is asked to tell: docs/discord.md says what each is for."""
    return discord.Intents(guilds=True, guild_messages=True, message_content=access.message_content)
