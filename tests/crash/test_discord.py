"""A quiz day in Discord with real processes: undisturbed, with everything that can go wrong at once, and killed where it hurts.

A sample: ``python -m benchmarks discord-crashes`` goes on until 200 processes have been killed.
"""

import signal

from bot.wording import labels
from tests.crash.discord.case import Point, Trouble, carried_out, free_shard, open_day
from tests.crash.discord.day import set_up
from tests.crash.discord.people import SECONDS
from tests.crash.mishaps import one_per_store
from tests.fakes.discord import words
from tests.fakes.discord.gateway import STARTS_A_DAY

DAYS = [
    Trouble(rough=True, seed=3, kills=1),
    Trouble(at=[Point.QUESTION, Point.REVEAL]),
    Trouble(at=[Point.CLOSED, Point.THREAD]),
    Trouble(size=2),
]


async def test_a_day_ends_with_one_post_one_thread_one_reveal_and_the_right_points(urls: list[str]) -> None:
    results = [result async for _, result in one_per_store(urls, DAYS, carried_out)]

    assert [(result.trouble, result.faults) for result in results if result.faults] == []
    assert all(result.kills for result in results if result.trouble.kills or result.trouble.at)


async def test_a_loop_of_crashes_does_not_burn_the_starts_of_a_day(urls: list[str]) -> None:
    async with open_day(urls[0], Trouble()) as day:
        gateway, crew = day.people.discord.gateway, day.crew
        gateway.starts_left = STARTS_A_DAY // 2 + 1
        for held_back in (0, 1):
            await crew.kill(crew.seats[0])
            await free_shard(day)
            await day.people.discord.until(
                lambda: gateway.identifies == 2 and crew.log.read_text().count("few starts are left") == held_back,  # noqa: B023 - awaited here
                seconds=SECONDS,
            )


async def test_a_process_that_stood_still_gives_the_shard_up_that_another_has_taken(urls: list[str]) -> None:
    async with open_day(urls[0], Trouble()) as day:
        people, crew = day.people, day.crew
        discord, ana = people.discord, people.ana
        await set_up(day)
        (first,) = crew.seats
        assert first.process
        first.process.send_signal(signal.SIGSTOP)
        await free_shard(day)
        await crew.join()
        await discord.until(lambda: discord.gateway.identifies == 2, seconds=SECONDS)
        await discord.until(lambda: day.watch.longest, seconds=SECONDS)
        first.process.send_signal(signal.SIGCONT)
        await discord.until(lambda: len(discord.gateway.connections) == 1, seconds=SECONDS)
        await people.shown(lambda: discord.type_command(ana, people.channel, "/leaderboard"), labels.LEADERBOARD)
        await crew.end()

    assert day.watch.longest
    assert day.watch.of_connections(0, 2) == crew.faults == []
    assert sum(labels.LEADERBOARD in words(one) for one in discord.ephemerals(ana)) == 1
