"""A process dies while a member is erased or hidden, and the next to start finishes it: the day of the others ends as ever.

A sample: ``python -m benchmarks crashes`` kills before and after every script of both, with the round open and revealed.
"""

from tests.crash.mishaps import one_per_store
from tests.crash.rights import ERASE, HIDE, Death, faults_after

DEATHS = [
    *(
        Death(asked=asked, point=f"{point}#1", revealed=True)
        for asked, point in (
            (ERASE, "after:script:begin_erasure"),
            (ERASE, "after:script:erase_replies"),
            (ERASE, "after:script:erase_awards"),
            (ERASE, "before:script:end_erasure"),
            (HIDE, "after:script:hide"),
            (HIDE, "after:script:move_points"),
        )
    ),
    Death(asked=ERASE, point="after:script:begin_erasure#1", revealed=False),
    Death(asked=HIDE, point="after:script:hide#1", revealed=False),
]


async def test_what_a_dead_process_had_begun_for_a_member_is_finished_by_the_next(urls: list[str]) -> None:
    found = [result async for result in one_per_store(urls, DEATHS, faults_after)]

    assert [(death, faults) for death, faults in found if faults] == []
    assert len(found) == len(DEATHS)
