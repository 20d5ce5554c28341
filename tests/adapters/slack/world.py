"""A workspace of ours on loopback as the tests of the adapter find it, and what people do in it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiohttp import web

from adapters.slack.access import Access
from adapters.slack.posts import channel_and_ts
from bot.domain.ids import MemberId, last_part, member_id, place_id
from bot.domain.round import MessageRef
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.things import Message

TEAM, CHANNEL, OTHER_CHANNEL = "T024", "C17", "C18"
PLACE, OTHER_PLACE = (place_id("slack", TEAM, channel) for channel in (CHANNEL, OTHER_CHANNEL))
ANA, BEN, CHRIS = (member_id("slack", TEAM, user) for user in ("U1", "U2", "U3"))


@asynccontextmanager
async def workspace() -> AsyncIterator[FakeSlack]:
    """Two channels that Chris created, with Ana and Ben in them."""
    async with FakeSlack() as fake:
        ana, ben, chris = (
            fake.add_user(name, user_id=last_part(member))
            for name, member in (("Ana", ANA), ("Ben", BEN), ("Chris", CHRIS))
        )
        for channel in (CHANNEL, OTHER_CHANNEL):
            fake.add_channel(channel.lower(), channel_id=channel, creator=chris, members=[ana, ben])
        yield fake


def access(fake: FakeSlack) -> Access:
    return Access(bot_token=fake.bot_token, app_token=fake.app_token, api_url=fake.api_url)


def said(fake: FakeSlack, post: MessageRef, user: str, text: str) -> Message:
    """Let somebody write into the thread of a post."""
    channel, ts = channel_and_ts(post)
    there = fake.workspace.channels[channel]
    return fake.say(fake.workspace.people[user], there, text, thread=there.find(ts))


def told(fake: FakeSlack, member: MemberId) -> list[Message]:
    """Return what the bot has told somebody directly."""
    return fake.dms(fake.workspace.people[last_part(member)])


def chatter(fake: FakeSlack, count: int) -> None:
    """Let Ben write so many messages into the channel."""
    for number in range(count):
        message = Message(
            channel=CHANNEL, ts=fake.workspace.new_ts(), user=last_part(BEN), text=f"{number} and counting"
        )
        fake.workspace.say(message)


@asynccontextmanager
async def answering(status: int, kind: str, body: str, headers: Mapping[str, str] | None = None) -> AsyncIterator[str]:
    """Serve this one answer to everything, and yield where."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, content_type=kind, text=body, headers=headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()
