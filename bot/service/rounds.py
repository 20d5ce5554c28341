"""The life of a round, one agenda entry at a time, and the sweep that finds what fell off the agenda."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.domain.ids import RoundId
from bot.domain.programme import Programme, ProgrammeState
from bot.domain.round import Step
from bot.ports import (
    LONGEST_WAIT,
    Agenda,
    Calendar,
    Later,
    Lease,
    Limited,
    MemberStore,
    Meter,
    OutcomeUnknown,
    ProgrammeStore,
    Superseded,
)
from bot.service.openings import UPCOMING, Openings
from bot.service.regrading import Regrading
from bot.service.reveals import Reveals

log = logging.getLogger(__name__)

_FIRST_RETRY = 1.0
_LONGEST_RETRY = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """``chance`` gives numbers from 0 to 1, for the jitter of retries."""

    openings: Openings
    reveals: Reveals
    regrading: Regrading
    agenda: Agenda
    programmes: ProgrammeStore
    members: MemberStore
    calendar: Calendar
    chance: Callable[[], float]
    meter: Meter

    async def carry_out(self, lease: Lease) -> None:
        """Carry out one claimed entry; what the chat cannot do now is put back. Whoever lost the entry changes nothing."""
        try:
            later = await self._step(lease)
            if later:
                self.meter.retried(lease.platform, lease.step)
                await self.agenda.put_back(lease, later.seconds)
        except Superseded:
            log.info("somebody else took over", extra={"round": lease.round, "step": lease.step})

    async def _step(self, lease: Lease) -> Later | None:
        try:
            return await {
                Step.OPEN: self.openings.open,
                Step.REVEAL: self.reveals.reveal,
                Step.SETTLE: self.reveals.settle,
                Step.REGRADE: self.regrading.regrade,
                Step.AMEND: self.reveals.amend,
            }[lease.step](lease)
        except Limited as limited:
            log.info("the chat asks to wait", extra={"round": lease.round, "seconds": limited.retry_after})
            return Later(seconds=min(limited.retry_after, LONGEST_WAIT - 1.0) + self.chance())
        except OutcomeUnknown as unknown:
            seconds = self._retry_after(lease.attempt)
            log.warning(
                "outcome unknown, trying again", extra={"round": lease.round, "why": str(unknown), "seconds": seconds}
            )
            return Later(seconds=seconds)

    async def sweep(self, platform: str, now: datetime) -> int:
        """Put back what the agenda lacks: an opening per active programme, an entry per unfinished round. Return how many.

        What was begun for members' rights and has not ended is gone on with.
        """
        missing = 0
        for programme in await self.programmes.all(platform):
            if programme.state is ProgrammeState.ACTIVE:
                missing += await self._ensure_opening(programme, now)
        for unfinished in await self.agenda.unfinished(platform):
            missing += await self._restore(unfinished)
        if resumed := await self.members.resume(platform):
            log.warning("members' rights were gone on with", extra={"platform": platform, "members": resumed})
        if missing:
            log.warning("the agenda lacked entries", extra={"platform": platform, "entries": missing})
        return missing

    async def _restore(self, round_: RoundId) -> bool:
        missing = await self.agenda.restore(round_)
        if missing:
            log.info("back on the agenda", extra={"round": round_})
        return missing

    async def _ensure_opening(self, programme: Programme, now: datetime) -> bool:
        try:
            upcoming = list(islice(self.calendar.following(programme.schedule, now), UPCOMING))
        except (LookupError, ValueError) as error:  # such as a zone that this system does not know (any more)
            log.error("a schedule cannot be read", extra={"programme": programme.id, "why": str(error)})  # noqa: TRY400
            return False
        return await self.programmes.ensure_opening(programme, upcoming)

    def _retry_after(self, attempt: int) -> float:
        """Grow with every attempt, with a jitter of half, up to five minutes."""
        grown = min(_LONGEST_RETRY, _FIRST_RETRY * 2.0 ** min(attempt - 1, 10))
        return grown * (0.75 + 0.5 * self.chance())
