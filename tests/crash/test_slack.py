"""A quiz day in Slack with real processes: undisturbed, and with everything that can go wrong at once.

A sample: ``python -m benchmarks slack-crashes`` goes on until 200 processes have been killed.
"""

import pytest

from adapters.slack.access import Mode
from tests.crash.mishaps import one_per_store
from tests.crash.slack.case import Trouble, carried_out

CALM = [Trouble(mode=Mode.SOCKET), Trouble(mode=Mode.HTTP, size=2)]
KILLED = [
    Trouble(mode=Mode.SOCKET, rough=True, seed=3, kills=2),
    Trouble(mode=Mode.HTTP, size=2, rough=True, seed=4, kills=2),
]


@pytest.mark.parametrize("days", [pytest.param(CALM, id="calm"), pytest.param(KILLED, id="killed")])
async def test_a_day_ends_with_one_post_one_reveal_and_the_right_points(urls: list[str], days: list[Trouble]) -> None:
    results = [result async for _, result in one_per_store(urls, days, carried_out)]

    assert [(result.trouble, result.faults) for result in results if result.faults] == []
    assert all(result.kills for result in results if result.trouble.kills)
