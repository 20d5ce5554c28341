"""A process dies while somebody checks, appeals, decides, teaches or has a round graded anew: it ends as if nobody had died.

A sample: ``python -m benchmarks crashes`` kills before and after every script of it.
"""

from functools import partial

from tests.crash.case import ANA, BEN, zone_where_it_is_six
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
    zone = zone_where_it_is_six()
    undisturbed = await played(urls[0], "", zone)
    assert undisturbed.faults == []
    assert undisturbed.learnt == [WAY]
    assert undisturbed.points[ANA] == undisturbed.points[BEN] > 0

    found = [result async for result in one_per_store(urls, POINTS, partial(played, zone=zone))]

    assert [(point, result) for point, result in found if result != undisturbed] == []
    assert len(found) == len(POINTS)
