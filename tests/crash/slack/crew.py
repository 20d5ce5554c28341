"""Processes of the bot in one Slack of ours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from adapters.slack.access import Mode
from adapters.slack.inbound.http import PATH
from tests.crash import crew
from tests.crash.crew import LEASE, Crew, free_ports
from tests.fakes.slack import FakeSlack


def settings_of(slack: FakeSlack, mode: Mode, port: int) -> dict[str, str]:
    """Return what a process is told so that it works in this workspace."""
    return {
        "STUDYBOT_HTTP_PORT": str(port),
        "STUDYBOT_SLACK_MODE": mode,
        "STUDYBOT_SLACK_API_URL": slack.api_url,
        "STUDYBOT_SLACK_BOT_TOKEN": slack.bot_token,
        "STUDYBOT_SLACK_APP_TOKEN": slack.app_token,
        "STUDYBOT_SLACK_SIGNING_SECRET": slack.signing_secret,
    }


@asynccontextmanager
async def open_crew(
    slack: FakeSlack, url: str, mode: Mode, log: Path, size: int, lease: float = LEASE
) -> AsyncIterator[Crew]:
    """Start so many processes and wait until they are ready; in HTTP mode Slack's requests go to any of them."""
    ports = free_ports(size)
    if mode is Mode.HTTP:
        slack.requests.addresses += [f"http://127.0.0.1:{port}{PATH}" for port in ports]
    async with crew.open_crew(url, partial(settings_of, slack, mode), log, ports, lease) as opened:
        yield opened
