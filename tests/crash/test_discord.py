"""A quiz day in Discord with real processes: undisturbed, with everything that can go wrong at once, and killed where it hurts.

A sample: ``python -m benchmarks discord-crashes`` goes on until 200 processes have been killed.
"""

from tests.crash.discord.case import Point, Trouble, carried_out
from tests.crash.mishaps import one_per_store

DAYS = [
    Trouble(size=2),
    Trouble(rough=True, seed=3, kills=1),
    Trouble(at=[Point.QUESTION, Point.REVEAL]),
    Trouble(at=[Point.THREAD]),
]


async def test_a_day_ends_with_one_post_one_thread_one_reveal_and_the_right_points(urls: list[str]) -> None:
    results = [result async for _, result in one_per_store(urls, DAYS, carried_out)]

    assert [(result.trouble, result.faults) for result in results if result.faults] == []
    assert all(result.kills for result in results if result.trouble.kills or result.trouble.at)
