"""The quiz in Discord: everything of Discord is in here."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from adapters.discord.access import Access
from adapters.discord.gateway import DiscordGateway
from adapters.discord.refusals import DiscordRefusal
from adapters.discord.rest import Rest, open_rest
from bot.ports import Clock, Limited, Once, OutcomeUnknown, StartError

__all__ = ["Access", "DiscordGateway", "open_discord"]

log = logging.getLogger(__name__)

_UNAVAILABLE = 69
_PATIENCE = 60.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0


@asynccontextmanager
async def open_discord(
    access: Access, once: Once, clock: Clock, *, patience: float = _PATIENCE
) -> AsyncIterator[DiscordGateway]:
    """Open the servers of the bot's token. Raises StartError: at once if Discord refuses it, after ``patience`` seconds if Discord cannot be reached."""
    async with AsyncExitStack() as stack:
        rest = await _logged_in(stack, access, clock, patience)
        yield DiscordGateway(rest, once, access)


async def _logged_in(stack: AsyncExitStack, access: Access, clock: Clock, patience: float) -> Rest:
    loop = asyncio.get_running_loop()
    pause, until = _FIRST_PAUSE, loop.time() + patience
    while True:
        try:
            return await stack.enter_async_context(open_rest(access, lambda: clock.now().timestamp()))
        except DiscordRefusal as refusal:
            raise StartError(f"Discord refuses the start ({refusal.code}): {refusal}.") from None
        except (OutcomeUnknown, Limited) as trouble:
            wait = max(pause, trouble.retry_after if isinstance(trouble, Limited) else 0.0)
            if loop.time() + wait > until:
                sentence = f"Discord cannot be reached at {access.api_url} ({trouble}): look at the network and at STUDYBOT_DISCORD_API_URL."
                raise StartError(sentence, code=_UNAVAILABLE) from None
            log.warning("Discord cannot be reached, trying again", extra={"why": str(trouble), "seconds": wait})
            await asyncio.sleep(wait)
            pause = min(pause * 2, _LONGEST_PAUSE)
