"""``python -m bot run`` with Slack and Discord configured: one process lives both days side by side."""

import asyncio
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import ClientError, ClientSession

from adapters.grading.lexical import suggest_all
from adapters.redis.boards import RedisBoards
from adapters.redis.rounds import RedisRounds
from adapters.redis.store import Store
from bot.domain.ids import PlaceId, RoundId, last_part
from bot.domain.score import PeriodKind, period, points
from tests.cli.command import ROOT, bot, environment
from tests.conftest import Server
from tests.fakes.discord import Answer as DiscordAnswer
from tests.fakes.discord import FakeDiscord, pressable
from tests.fakes.discord import Message as DiscordMessage
from tests.fakes.discord import Person as DiscordPerson
from tests.fakes.discord import words as discord_words
from tests.fakes.slack import FakeSlack
from tests.fakes.slack import Message as SlackMessage
from tests.fakes.slack import Person as SlackPerson
from tests.fakes.slack.deliveries import Answer as SlackAnswer

A = TypeVar("A", SlackAnswer, DiscordAnswer)

SOON = 30.0
REPLY = "Look first whether the feed is broken, because labels come late and accuracy lags behind."


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    slack: FakeSlack
    discord: FakeDiscord
    slack_lead: SlackPerson
    discord_lead: DiscordPerson
    store: Store

    async def in_slack(self) -> None:
        slack, lead = self.slack, self.slack_lead
        there = slack.workspace.channels["C17"]

        def post(name: str) -> Callable[[], SlackMessage | None]:
            return lambda: next((one for one in there.messages if name in str(one.metadata)), None)

        async def typed(line: str) -> None:
            await until_heard(lambda: slack.type_command(lead, there, line))

        await typed("/quiz-admin setup days=daily zone=Europe/Berlin")
        await slack.until(lambda: "09:00" in str(slack.ephemerals(lead)), seconds=SOON)
        await typed("/quiz-admin ask-now")
        question = await slack.until(post("mlops_quiz_question"), seconds=SOON)
        while "saved" not in str(
            slack.ephemerals(lead)
        ):  # who sees the post at once may be told that it is just opening
            await typed(f"/quiz answer {REPLY}")
            await asyncio.sleep(0.2)
        await typed("/quiz-admin reveal-now")
        reveal = await slack.until(post("mlops_quiz_reveal"), seconds=SOON)
        assert reveal.thread_ts == question.ts
        assert sum("mlops_quiz_question" in str(one.metadata) for one in there.messages) == 1
        await self.is_worth(question.blocks[0]["block_id"].partition(":")[2], lead.id)

    async def in_discord(self) -> None:
        discord, lead = self.discord, self.discord_lead
        (there,) = [one for one in discord.world.channels.values() if one.name == "quiz"]

        async def typed(line: str, **options: object) -> None:
            await until_heard(lambda: discord.type_command(lead, there, line, options))

        def ours() -> DiscordMessage | None:
            return next((one for one in discord.visible(there) if one.author == discord.bot.id), None)

        await discord.until(lambda: discord.world.commands, seconds=SOON)
        await typed("/quiz-admin setup", days="daily", zone="Europe/Berlin")
        await discord.until(
            lambda: any("09:00" in discord_words(one) for one in discord.ephemerals(lead)), seconds=SOON
        )
        await typed("/quiz-admin ask-now")
        question = await discord.until(ours, seconds=SOON)
        while not (form := (await until_heard(lambda: discord.click(lead, question, "Answer"))).modal):
            await asyncio.sleep(0.2)  # the same
        receipt = await until_heard(lambda: discord.submit(lead, form, {"text": REPLY}))
        await discord.until(lambda: receipt.message and "saved" in discord_words(receipt.message), seconds=SOON)
        await typed("/quiz-admin reveal-now")
        thread = await discord.until(lambda: discord.thread(question), seconds=SOON)
        await discord.until(lambda: discord.visible(thread), seconds=SOON)
        assert sum(one.author == discord.bot.id for one in discord.visible(there)) == len(discord.visible(thread)) == 1
        (round_,) = {one["custom_id"].partition(":")[2] for _, one in pressable(question)}
        await self.is_worth(round_, lead.id)

    async def is_worth(self, round_: str, member: str) -> None:
        """See that the one who replied has, on the board of the place, the points that the key points in the reply are worth."""
        known = await RedisRounds(self.store).get(RoundId(round_))
        assert known
        (suggestion,) = suggest_all(known.asked(), {}, [REPLY])
        worth = points(known.asked(), suggestion.ticks, good_faith=True)
        place = PlaceId(round_.rpartition(":")[0])
        boards = RedisBoards(self.store)
        page = await boards.page(place, period(PeriodKind.ALL, known.date), None)
        assert {last_part(one.member): one.points for one in page.top} == {member: worth}


async def until_heard(act: Callable[[], Awaitable[A]]) -> A:
    """Do something, and again if the chat says that the app did not respond, as people do on a busy day."""
    async with asyncio.timeout(SOON):
        while not (done := await act()).ok:
            pass
    return done


@asynccontextmanager
async def both(store: Store) -> AsyncIterator[Both]:
    async with FakeSlack() as slack, FakeDiscord() as discord:
        lead = slack.add_user("Lea", is_admin=True)
        slack.add_channel("quiz", channel_id="C17", creator=lead)
        discord.add_channel("quiz")
        manager = discord.add_role("lead", "manage_guild")
        other = discord.add_user("Lea", roles=[manager])
        yield Both(slack=slack, discord=discord, slack_lead=lead, discord_lead=other, store=store)
        assert not discord.invalid
        assert not slack.invalid


def settings_of(there: Both, url: str) -> dict[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    return {
        "STUDYBOT_HTTP_PORT": str(port),
        "STUDYBOT_REDIS_URL": url,
        "STUDYBOT_SLACK_BOT_TOKEN": there.slack.bot_token,
        "STUDYBOT_SLACK_APP_TOKEN": there.slack.app_token,
        "STUDYBOT_SLACK_API_URL": there.slack.api_url,
        "STUDYBOT_DISCORD_TOKEN": there.discord.token,
        "STUDYBOT_DISCORD_API_URL": there.discord.api_url.removesuffix("v10/"),
    }


@asynccontextmanager
async def running(settings: dict[str, str]) -> AsyncIterator[set[str]]:
    """Start the bot, yield the chats that can reach it, and end it: that must be clean, and nothing of what was said logged."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment(settings), stdin=DEVNULL, stderr=PIPE
    )
    assert process.stderr
    async with AsyncExitStack() as stack:
        stack.callback(lambda: process.kill() if process.returncode is None else None)
        reading = asyncio.create_task(process.stderr.read())
        yield await ready(settings["STUDYBOT_HTTP_PORT"])
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(15):
            await process.wait()
        said = (await reading).decode()
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert REPLY not in said


async def ready(port: str) -> set[str]:
    async with ClientSession() as session, asyncio.timeout(SOON):
        while True:
            with suppress(ClientError):
                async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == 200:
                        return set((await answer.json())["gateways"])
            await asyncio.sleep(0.05)


async def test_one_process_lives_both_days_side_by_side(server: Server, store: Store) -> None:
    async with both(store) as there, running(settings_of(there, server.url)) as reached:
        assert reached == {"slack", "discord"}
        async with asyncio.timeout(60):
            await asyncio.gather(there.in_slack(), there.in_discord())


async def test_the_doctor_looks_at_both(server: Server, store: Store) -> None:
    async with both(store) as there:
        done = await asyncio.to_thread(bot, "doctor", settings=settings_of(there, server.url))

    told = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("ok")}
    assert done.returncode == 0, done.stdout
    assert told >= {"slack", "discord"}
    assert "oauth2/authorize" in done.stdout
