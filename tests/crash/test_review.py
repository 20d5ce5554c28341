"""A process dies while somebody checks, appeals, decides, teaches or has a round graded anew: it ends as if nobody had died.

A sample: ``python -m benchmarks crashes`` kills before and after every script of it.
"""

from tests.crash.case import ANA, BEN
from tests.crash.mishaps import one_per_store
from tests.crash.reviews import ALL, WAY, played

POINTS = [
    "after:script:check#1",
    "after:script:decide#1",
    "after:script:ask_step#1",
    "before:script:regrade#1",
    "after:script:regrade#1",
    "after:chat:edit_reveal#1",
]


async def test_whoever_dies_over_a_review_or_a_regrading_leaves_no_trace(urls: list[str]) -> None:
    assert set(POINTS) < set(ALL)
    undisturbed = await played(urls[0], "")
    assert undisturbed.faults == []
    assert undisturbed.learnt == [WAY]
    assert undisturbed.points[ANA] == undisturbed.points[BEN] > 0

    found = [result async for result in one_per_store(urls, POINTS, played)]

    assert [(point, result) for point, result in found if result != undisturbed] == []
    assert len(found) == len(POINTS)
