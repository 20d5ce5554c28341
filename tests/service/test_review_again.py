"""What was asked of a process that died, what a backup brings back, and what a copy holds."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from adapters.redis.review import RedisReviews
from adapters.redis.store import Store
from bot import wording
from bot.domain.ids import PlaceId
from bot.ports import Waiting
from bot.service import review
from bot.views import ReviewView
from tests.backups import backed_up, restored
from tests.expiry import keys_without_expiry
from tests.mischief import DiedError
from tests.service.reviewing import HALF, IDLE, grade, item, revealed, ticked, ticks, waiting
from tests.world import ANA, World


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("script", ["check", "appeal", "decide"])
async def test_what_a_dead_process_had_begun_and_is_asked_again_ends_as_if_nothing_had_been(
    world: World, script: str, when: str
) -> None:
    await revealed(world, ana=HALF, ben=HALF)
    getattr(world.mischief, when)(script, DiedError())

    async def insist(step: Any) -> None:
        with suppress(DiedError):
            await step()
        await step()

    await insist(partial(ticked, world))
    await insist(lambda: world.quiz("ana", "appeal 2 3 -- gamma too"))
    one = await item(world)
    await insist(lambda: world.admin(f"review {one.id} accept"))

    own = await grade(world)
    assert (own.total, ticks(own), own.origin) == (10, (True, True, True), "reviewed")
    assert await world.points() == {"ana": 10, "ben": 6}
    assert (await waiting(world)).items == ()
    assert await world.is_sound()


async def test_what_waits_and_what_was_decided_is_in_a_backup(world: World) -> None:
    await revealed(world, ana=HALF, ben=HALF, chris=IDLE)
    await ticked(world)
    await world.admin(f"review {(await item(world)).id} overrule it is not there")
    await ticked(world, "ben")
    await world.quiz("chris", "appeal -- a name")
    before = await waiting(world)

    rows = await backed_up(world.store)
    await world.store.steady.flushall()
    await restored(Store(steady=world.store.steady, quick=world.store.quick, limits=world.store.limits), rows)

    assert await waiting(world) == before
    assert (await grade(world)).notice == wording.review.decision(accepted=False, reason="it is not there")
    assert await keys_without_expiry(world.store.steady) == []
    assert await world.is_sound()


async def test_a_copy_of_what_is_kept_has_the_appeal_and_the_decision(world: World) -> None:
    await revealed(world)
    await world.quiz("ana", "appeal 2 -- beta is meant")
    await world.admin(f"review {(await item(world)).id} overrule it is not")

    exported: Any = await world.members.export(ANA)

    (round_,) = exported["rounds"]
    assert round_["grade"]["appeal"] == {"asked_for": [2], "reason": "beta is meant"}
    assert round_["grade"]["decision"] == {"accepted": False, "reason": "it is not"}


async def test_what_is_meant_is_found_among_many_a_few_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review, "LOOKED_THROUGH", 2)
    read: list[int] = []
    names = ("ana", "ben", "chris", "dana", "eva")
    await revealed(world, **dict.fromkeys(names, HALF))
    for name in names:
        await ticked(world, name)
        world.clock.go(seconds=1)
    (*_, oldest) = (await waiting(world, "after 3")).items

    many = RedisReviews.waiting

    async def some(self: RedisReviews, place: PlaceId, first: int, count: int) -> Sequence[Waiting]:
        read.append(count)
        return await many(self, place, first, count)

    monkeypatch.setattr(RedisReviews, "waiting", some)
    view = await world.admin(f"review {oldest.id}")

    assert isinstance(view, ReviewView)
    assert [one.id for one in view.items] == [oldest.id]
    assert read == [2, 2, 2]
