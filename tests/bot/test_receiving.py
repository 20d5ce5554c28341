"""What every chat does with what comes in."""

import asyncio
import itertools

from bot.receiving.turns import Turns
from bot.receiving.work import Work, ended


async def test_what_loses_a_cancellation_is_ended_all_the_same() -> None:
    lost = 0

    async def deaf() -> None:
        nonlocal lost
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                lost += 1
                if lost > 1:
                    raise

    task = asyncio.create_task(deaf())
    await asyncio.sleep(0)

    async with asyncio.timeout(5):
        await ended(task, again=0.1)

    assert task.cancelled()
    assert lost == 2


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


async def test_of_a_rush_one_goes_on_in_each_turn_of_the_loop_and_who_gave_up_holds_nobody_up() -> None:
    turns, went = Turns(), list[int]()

    async def go(number: int) -> None:
        await turns.next()
        went.append(number)

    going = [asyncio.create_task(go(number)) for number in range(4)]
    await asyncio.sleep(0)
    going[1].cancel()
    lengths = list[int]()
    while len(went) < 3:
        lengths.append(len(went))
        await asyncio.sleep(0)

    assert went == [0, 2, 3]
    assert {later - before for before, later in itertools.pairwise(lengths)} <= {0, 1}
    await asyncio.wait(going)
