"""Real processes die, stand still or lose an answer somewhere in a quiz day, which ends as if nothing had happened.

A sample: ``python -m benchmarks crashes`` kills before and after every call.
"""

import pytest

from tests.crash.mishaps import Mishap, all_carried_out

ALONE = (
    "after:script:begin#2",
    "after:chat:post_question#1",
    "before:script:opened#1",
    "after:script:close#1",
    "after:script:award#1",
    "after:chat:post_reveal#1",
    "before:script:settle#1",
)
OF_TWO = (
    "after:script:claim#1",
    "after:chat:post_question#2",
    "after:script:opened#2",
    "before:script:award#1",
    "after:chat:edit_question#1",
    "after:chat:edit_reveal#1",
)
STOPPED = tuple(f"{when}:chat:post_{post}#1" for when in ("before", "after") for post in ("question", "reveal"))
LOST = ("chat:post_question#2", "chat:post_reveal#1", "chat:edit_question#1", "chat:tell_admins#1")


@pytest.mark.parametrize(
    "mishaps",
    [
        pytest.param([Mishap(point=point) for point in ALONE], id="killed alone"),
        pytest.param([Mishap(point=point, size=2) for point in OF_TWO], id="killed of two"),
        # Who stands still past its lease right before its send sends all the same, and takes its post away again.
        pytest.param(
            [Mishap(point=point, arm="STOP_AT", spare=point.startswith("before"), others=False) for point in STOPPED],
            id="stopped past its lease",
        ),
        pytest.param([Mishap(point=point, arm="LOSE_ANSWER_AT") for point in LOST], id="an answer is lost"),
    ],
)
async def test_nothing_is_lost_or_doubled(urls: list[str], mishaps: list[Mishap]) -> None:
    results = [result async for result in all_carried_out(urls, mishaps)]

    assert [(result.mishap, result.faults) for result in results if result.faults] == []
    assert [result.befell for result in results] == [1] * len(mishaps)
