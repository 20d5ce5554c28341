"""Wires a grader out of the house, if the settings name one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from adapters.redis.store import Store
from bot.ports import Grader, Meter
from bot.service.disclosure import Outside
from bot.settings import Settings

if TYPE_CHECKING:
    from adapters.grading.llm import Access


@asynccontextmanager
async def open_outside(settings: Settings, store: Store, inside: Grader, meter: Meter) -> AsyncIterator[Outside | None]:
    """Open the grader out of the house if the settings name one, and let it fall back on the one inside."""
    access = llm_access(settings)
    if access is None:
        yield None
        return
    from adapters.grading.llm import open_llm
    from adapters.redis.allowance import RedisAllowance

    allowance = RedisAllowance(store=store, name="llm", a_day=settings.llm_daily_limit)
    async with open_llm(access, inside, allowance, meter.judged) as grader:
        yield Outside(grader=grader, name=access.name)


def llm_access(settings: Settings) -> "Access | None":
    """Return what the settings say of a grader out of the house, if they name one."""
    if settings.llm_url is None or settings.llm_model is None:
        return None
    from adapters.grading.llm import Access

    return Access(
        url=settings.llm_url,
        model=settings.llm_model,
        key=settings.llm_key.get_secret_value() if settings.llm_key else "",
        seconds=settings.llm_seconds,
    )
