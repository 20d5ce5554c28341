from datetime import timedelta

import pytest

from bot.domain.score import PeriodKind
from bot.ports import Post, Refused
from bot.views import BoardView
from tests.world import LEASE, MONDAY, PLACE, TODAY, DiedError, World

HALF = "alpha above all"


async def open_round(world: World, **replies: str) -> None:
    await world.set_up()
    await world.at(9)
    for name, text in replies.items():
        await world.reply(name, text)


async def test_a_second_reveal_post_left_by_a_dead_process_is_gone_when_the_round_settles(world: World) -> None:
    await open_round(world, ana=HALF)
    await world.at(16)
    world.room.post(PLACE, TODAY, Post.REVEAL, dict(world.posts(Post.REVEAL)[0]))

    await world.admin("pause")
    await world.at(16, day=MONDAY + timedelta(days=2))

    (left,) = [post.ref for post in world.room.posts(PLACE, TODAY, Post.REVEAL)]
    assert left == (await world.get()).reveal_post


async def test_settling_makes_the_ranking_final(world: World) -> None:
    await open_round(world, ana=HALF)
    await world.at(16)
    await world.admin("pause")
    await world.desk.check(world.caller("ana"), TODAY, [True, True, True])

    await world.at(15, 59, day=MONDAY + timedelta(days=2))
    assert not world.posts(Post.REVEAL)[0]["final"]
    await world.at(16)

    (reveal,) = world.posts(Post.REVEAL)
    assert reveal["final"]
    assert not reveal["day"]["provisional"]
    assert [one["points"] for one in reveal["day"]["top"]] == [10]
    board = await world.desk.leaderboard(world.caller("ana"), PeriodKind.MONTH)
    assert isinstance(board, BoardView)
    assert not board.provisional
    assert await world.entries() == {}
    assert (await world.rounds.history(PLACE)).asked[(await world.get()).asked().id].share == 1.0


async def test_a_week_stays_provisional_while_another_of_its_rounds_can_be_checked(world: World) -> None:
    await open_round(world, ana=HALF)
    await world.at(16)
    await world.at(9, day=MONDAY + timedelta(days=1))
    await world.at(16)

    await world.at(16, day=MONDAY + timedelta(days=2))

    (reveal,) = world.posts(Post.REVEAL)
    assert reveal["final"]
    assert (reveal["day"]["provisional"], reveal["week"]["provisional"]) == (False, True)


async def test_a_final_ranking_that_the_chat_refuses_does_not_keep_the_round_unsettled(world: World) -> None:
    await open_round(world, ana=HALF)
    await world.at(16)
    world.mischief.before("edit_reveal", Refused("gone"))

    await world.at(16, day=MONDAY + timedelta(days=2))

    assert (await world.get()).settled


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["board", "edit_reveal", "settle"])
async def test_whoever_dies_at_settling_leaves_it_to_the_next(world: World, step: str, when: str) -> None:
    await open_round(world, ana=HALF)
    await world.at(16)
    await world.admin("pause")
    getattr(world.mischief, when)(step, DiedError())

    await world.at(16, day=MONDAY + timedelta(days=2))
    await world.later(seconds=LEASE)

    assert (await world.get()).settled
    assert world.posts(Post.REVEAL)[0]["final"]
    assert await world.entries() == {}
