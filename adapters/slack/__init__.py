"""The quiz in Slack: everything of Slack is in here."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.slack.access import Access, Mode
from adapters.slack.chat import SlackChat
from adapters.slack.client import SlackClient, open_client
from adapters.slack.gateway import SlackGateway
from adapters.slack.posts import NO_TEAM, Identity, identity_of
from adapters.slack.refusals import SlackRefusal
from bot.ports import Clock, Limited, Once, OutcomeUnknown, StartError

__all__ = ["Access", "Mode", "SlackChat", "SlackGateway", "open_slack"]

log = logging.getLogger(__name__)

_UNAVAILABLE = 69
_PATIENCE = 60.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0


@asynccontextmanager
async def open_slack(
    access: Access, once: Once, clock: Clock, *, patience: float = _PATIENCE
) -> AsyncIterator[SlackGateway]:
    """Open the workspace of the bot token. Raises StartError: at once if Slack refuses it, after ``patience`` seconds if Slack cannot be reached."""
    async with open_client(access, lambda: clock.now().timestamp()) as client:
        yield SlackGateway(client, await _identified(client, access, patience), once, access)


async def _identified(client: SlackClient, access: Access, patience: float) -> Identity:
    loop = asyncio.get_running_loop()
    pause, until = _FIRST_PAUSE, loop.time() + patience
    while True:
        try:
            return identity_of(await client.call("auth.test"), access.bot_token)
        except SlackRefusal as refusal:
            if refusal.error == NO_TEAM:
                raise StartError(f"Slack did not say enough of the bot token: {refusal}.") from None
            raise StartError(f"Slack refuses the bot token ({refusal.error}): {refusal}.") from None
        except (OutcomeUnknown, Limited) as trouble:
            wait = max(pause, trouble.retry_after if isinstance(trouble, Limited) else 0.0)
            if loop.time() + wait > until:
                sentence = f"Slack cannot be reached at {access.api_url} ({trouble}): look at the network and at STUDYBOT_SLACK_API_URL."
                raise StartError(sentence, code=_UNAVAILABLE) from None
            log.warning("Slack cannot be reached, trying again", extra={"why": str(trouble), "seconds": wait})
            await asyncio.sleep(wait)
            pause = min(pause * 2, _LONGEST_PAUSE)
