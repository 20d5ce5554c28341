"""The quiz in Slack: everything of Slack is in here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.slack.access import Access, Mode
from adapters.slack.chat import SlackChat
from adapters.slack.client import SlackClient, open_client
from adapters.slack.gateway import SlackGateway
from adapters.slack.posts import NO_TEAM, Identity, identity_of
from adapters.slack.refusals import SlackRefusal
from bot.ports import Clock, Once, StartError
from bot.receiving.beginning import PATIENCE_SECONDS, reached

__all__ = ["Access", "Mode", "SlackChat", "SlackGateway", "open_slack"]


@asynccontextmanager
async def open_slack(
    access: Access, once: Once, clock: Clock, *, patience: float = PATIENCE_SECONDS
) -> AsyncIterator[SlackGateway]:
    """Open the workspace of the bot token. Raises StartError: at once if Slack refuses it, after ``patience`` seconds if Slack cannot be reached."""
    async with open_client(access, lambda: clock.now().timestamp()) as client:
        identity = await reached(lambda: _identified(client, access), "Slack", access.api_url, patience)
        yield SlackGateway(client, identity, once, access)


async def _identified(client: SlackClient, access: Access) -> Identity:
    try:
        return identity_of(await client.call("auth.test"), access.bot_token)
    except SlackRefusal as refusal:
        if refusal.error == NO_TEAM:
            raise StartError(f"Slack did not say enough of the bot token: {refusal}.") from None
        raise StartError(f"Slack refuses the bot token ({refusal.error}): {refusal}.") from None
