"""What ``/readyz`` says of this process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.app.core import Core
from bot.ports import Chat, Gated, Listening
from bot.views import Load
from scheduler.clock import Ticker


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """``ticker`` and ``gateways`` are those of a process that has a clock, or listens."""

    core: Core
    ticker: Ticker | None
    gateways: Mapping[str, Listening]
    chats: Mapping[str, Chat]

    async def ready(self) -> tuple[bool, dict[str, object]]:
        """Ready: the store answers, and where this process has a clock or listens, it has ticked lately and can be reached.

        A chat that is asked nothing for a while is told of and no more: whoever is sent here is heard and answered.
        """
        agenda = {platform: await self.core.agenda.backlog(platform) for platform in self.chats}
        ticking_now = self.ticker is None or self.ticker.is_ticking()
        reached = {platform: gateway.ready() for platform, gateway in self.gateways.items()}
        shut = {platform: chat.shut_for() for platform, chat in gated(self.chats).items()}
        details: dict[str, object] = {
            "agenda": {platform: {"entries": n, "late_s": round(late, 1)} for platform, (n, late) in agenda.items()}
        }
        if self.ticker:
            details["ticking"] = ticking_now
        if reached:
            details["gateways"] = {platform: {"ready": is_, **more} for platform, (is_, more) in reached.items()}
        if any(shut.values()):
            details["nothing_is_asked_for_s"] = {platform: round(seconds, 1) for platform, seconds in shut.items()}
        return ticking_now and all(is_ for is_, _ in reached.values()), details

    async def loads(self) -> Sequence[Load]:
        return [await self.core.overview.load(platform) for platform in self.chats]


def gated(chats: Mapping[str, Chat]) -> Mapping[str, Gated]:
    """Return the chats that may stop asking their platform, by platform."""
    return {platform: chat for platform, chat in chats.items() if isinstance(chat, Gated)}
