"""The quiz in Discord: everything of Discord is in here."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from adapters.discord.access import Access
from adapters.discord.gateway import DiscordGateway
from adapters.discord.refusals import DiscordRefusal
from adapters.discord.rest import Rest, open_rest
from bot.ports import Clock, Once, StartError
from bot.receiving.beginning import PATIENCE_SECONDS, reached

__all__ = ["Access", "DiscordGateway", "open_discord"]


@asynccontextmanager
async def open_discord(
    access: Access, once: Once, clock: Clock, *, patience: float = PATIENCE_SECONDS
) -> AsyncIterator[DiscordGateway]:
    """Open the servers of the bot's token. Raises StartError: at once if Discord refuses it, after ``patience`` seconds if Discord cannot be reached."""
    async with AsyncExitStack() as stack:
        rest = await reached(lambda: _logged_in(stack, access, clock), "Discord", access.api_url, patience)
        yield DiscordGateway(rest, once, access)


async def _logged_in(stack: AsyncExitStack, access: Access, clock: Clock) -> Rest:
    try:
        return await stack.enter_async_context(open_rest(access, lambda: clock.now().timestamp()))
    except DiscordRefusal as refusal:
        raise StartError(f"Discord refuses the start ({refusal.code}): {refusal}.") from None
