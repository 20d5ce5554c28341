import asyncio
import itertools

from bot.receiving.turns import Turns


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
