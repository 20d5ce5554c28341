"""What every chat does with what comes in."""

import asyncio

from bot.receiving.work import Work


async def test_an_end_waits_for_what_runs_and_ends_what_takes_too_long() -> None:
    done: list[str] = []

    async def lasts(seconds: float) -> None:
        await asyncio.sleep(seconds)
        done.append(str(seconds))

    work = Work()
    work.begin(lasts(0.05))
    work.begin(lasts(60))

    await work.finish(0.2)

    assert done == ["0.05"]
