"""Processes of the bot in Discord as who operates them sees it: one holds the shard, and another takes it over."""

import asyncio
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from adapters.discord.inbound.shards import LEASE_SECONDS
from bot.wording import labels
from tests.cli.command import ROOT, environment
from tests.crash.crew import free_ports
from tests.fakes.discord import Answer, Channel, FakeDiscord, Message, Person, words

TEXT = "I would look at the data first."


@dataclass(kw_only=True)
class Crew:
    discord: FakeDiscord
    channel: Channel
    lead: Person
    ana: Person
    log: Path
    processes: dict[int, Process]

    async def page(self, port: int, path: str = "/readyz") -> tuple[int, str]:
        try:
            async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
                return answer.status, await answer.text()
        except aiohttp.ClientError:
            return 0, ""

    async def ready(self) -> None:
        async with asyncio.timeout(30):
            for port in self.processes:
                while (await self.page(port))[0] != 200:
                    await asyncio.sleep(0.05)

    async def holder(self) -> int:
        """Return the port of the process that is connected."""
        (port,) = [port for port in self.processes if '"0": "connected"' in (await self.page(port))[1]]
        return port

    async def shown(self, answer: Answer) -> str:
        message = await self.discord.until(lambda: one if (one := answer.message) and not one.loading else None)
        return words(message)

    def posts(self, button: str) -> list[Message]:
        thread = [self.discord.thread(one) for one in self.channel.messages]
        places = [self.channel, *(one for one in thread if one)]
        return [one for where in places for one in where.messages if f"'{button}:" in str(one.components)]


@asynccontextmanager
async def open_crew(url: str, folder: Path, size: int) -> AsyncIterator[Crew]:
    """Start so many processes on a store and a server of Discord's, and wait until they are ready."""
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(FakeDiscord())
        lead = discord.add_user("Lea", roles=[discord.add_role("lead", "manage_guild")])
        crew = Crew(
            discord=discord,
            channel=discord.add_channel("quiz"),
            lead=lead,
            ana=discord.add_user("Ana"),
            log=folder / "log",
            processes={},
        )
        log = stack.enter_context(crew.log.open("ab"))
        for port in free_ports(size):
            settings = {
                "STUDYBOT_REDIS_URL": url,
                "STUDYBOT_LEASE_SECONDS": "3",
                "STUDYBOT_HTTP_PORT": str(port),
                "STUDYBOT_DISCORD_TOKEN": discord.token,
                "STUDYBOT_DISCORD_API_URL": discord.api_url,
            }
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment(settings), stdin=DEVNULL, stdout=log, stderr=log
            )  # fmt: skip
            stack.push_async_callback(_killed, process)
            crew.processes[port] = process
        await crew.ready()
        yield crew


async def _killed(process: Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()


async def test_of_two_processes_one_dies_and_the_other_takes_over(urls: list[str], tmp_path: Path) -> None:
    async with open_crew(urls[0], tmp_path, 2) as crew:
        discord, (lead, ana) = crew.discord, (crew.lead, crew.ana)
        await discord.until(lambda: discord.world.commands)
        form = (await discord.type_command(lead, crew.channel, "/quiz-admin setup")).modal
        assert form
        await crew.shown(await discord.submit(lead, form))
        await discord.type_command(lead, crew.channel, "/quiz-admin ask-now")
        post = await discord.until(lambda: next(iter(crew.posts("answer")), None), seconds=20)
        answer = (await discord.click(ana, post, labels.ANSWER)).modal
        assert answer

        dead = await crew.holder()
        crew.processes[dead].kill()
        await crew.processes.pop(dead).wait()
        await discord.until(lambda: discord.gateway.identifies == 2, seconds=LEASE_SECONDS + 15)
        await crew.ready()

        assert "Your reply is saved" in await crew.shown(await discord.submit(ana, answer, {"text": TEXT}))
        await discord.type_command(lead, crew.channel, "/quiz-admin reveal-now")
        await discord.until(lambda: crew.posts("grade"), seconds=20)
        (left,) = crew.processes.values()
        left.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(left.wait(), 10) == 0
        assert (len(crew.posts("grade")), len(crew.posts("closed"))) == (1, 1)
    assert "Traceback" not in crew.log.read_text()
    assert discord.token not in crew.log.read_text()
    assert not discord.invalid
