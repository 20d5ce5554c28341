"""A day on which processes die, stall and are answered late at any step ends as one on which nothing happened."""

import random
from datetime import timedelta

import pytest

from bot.domain.round import RoundState
from bot.ports import OutcomeUnknown, Post, StoreUnavailable
from tests.mischief import DiedError, What
from tests.world import ANA, LEASE, MONDAY, PLACE, World

CHAT = {"find_posts", "post_question", "edit_question", "post_reveal", "edit_reveal", "delete_post", "read_back"}
PER_STEP = 4


class Wild:
    """Lets something happen at one turn in seven, at most a few times between two quiet hours."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._chance = random.Random(seed)
        self._left = 0
        self.happened = 0

    def let_loose(self) -> None:
        self._left = PER_STEP
        self._world.mischief.wild = self._decide

    def _decide(self, name: str) -> What | None:
        if name == "claim" or not self._left or self._chance.random() > 1 / 7:
            return None
        self._left -= 1
        self.happened += 1
        kinds: list[What] = [DiedError(), self._stall]
        kinds.append(OutcomeUnknown("no answer") if name in CHAT else StoreUnavailable("no answer"))
        return self._chance.choice(kinds)

    async def _stall(self) -> None:
        """Stand still past the lease, while others go on."""
        self._world.clock.go(seconds=LEASE)
        await _carried_out(self._world)


async def _carried_out(world: World) -> None:
    while leases := await world.agenda.claim("console", 1):
        try:
            await world.life.carry_out(leases[0])
        except (DiedError, StoreUnavailable):
            continue


async def _passes(world: World, wild: Wild, hour: int, days: int = 0) -> None:
    """Let the hour come, with mischief, and as many leases after it as it takes to come to rest."""
    day = MONDAY + timedelta(days=days)
    world.clock.at = world.clock.at.replace(day=day.day, hour=hour, minute=0, second=0, microsecond=0)
    wild.let_loose()
    for _ in range(3 * PER_STEP):
        await _carried_out(world)
        world.clock.go(seconds=LEASE)
    world.mischief.wild = None
    await _carried_out(world)


@pytest.mark.parametrize("seed", range(40))
async def test_nothing_is_lost_and_nothing_doubled(world: World, seed: int) -> None:
    wild = Wild(world, seed)
    await world.set_up()

    await _passes(world, wild, 9)
    assert (await world.get()).state is RoundState.OPEN
    # Who stalls before its send and then dies right after it leaves a second post; the reveal takes it away at the latest.
    assert len(world.posts(Post.QUESTION)) in {1, 2}
    await world.reply("ana", "alpha and beta")
    await world.reply("ben", "I don't know")
    await world.say("chris", "gamma, if anything")
    await world.admin("pause")
    await _passes(world, wild, 16)
    await _passes(world, wild, 20, days=2)

    assert wild.happened
    round_ = await world.get()
    assert (round_.settled, round_.index) == (True, 1)
    (question,), (reveal,) = world.posts(Post.QUESTION), world.posts(Post.REVEAL)
    assert question["closed"]
    assert (reveal["final"], reveal["repliers"]) == (True, 3)
    assert await world.points() == {"ana": 8, "chris": 4}
    assert await world.boards.streak(PLACE, ANA) == (1, 1)
    assert await world.entries() == {}
    assert await world.agenda.unfinished("console") == []
    assert await world.is_sound()
