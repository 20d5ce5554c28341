from contextlib import suppress
from datetime import timedelta

import pytest

from bot.domain.round import Step
from bot.domain.score import PeriodKind
from bot.ports import Post, Refused
from bot.views import BoardView
from tests.mischief import DiedError
from tests.service.reviewing import item, ticked
from tests.world import LEASE, MONDAY, PLACE, TODAY, World

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


async def test_a_ranking_stays_final_though_the_round_was_being_graded_anew_as_it_settled(world: World) -> None:
    await open_round(world, ana=HALF)
    await world.at(16)
    await world.admin("pause")
    world.clock.go(hours=47, minutes=59, seconds=30)
    await world.admin("regrade yes")
    regrading = await world.claim()

    async def settle() -> None:
        world.clock.go(seconds=40)
        await world.life.carry_out(await world.claim())

    world.mischief.before("regrade", settle)
    await world.life.carry_out(regrading)
    await world.later(minutes=5)

    assert (await world.get()).settled
    assert world.posts(Post.REVEAL)[0]["final"]
    assert await world.entries() == {}


async def test_what_is_graded_anew_just_before_the_end_is_shown_once_the_ranking_is_final(world: World) -> None:
    await open_round(world, ana=HALF)
    await world.at(16)
    await world.admin("pause")
    world.clock.go(hours=47, minutes=59)
    await world.admin("regrade yes")
    await world.due()

    assert f"{Step.AMEND}:{TODAY}" in await world.entries()
    await world.later(minutes=3)
    assert world.posts(Post.REVEAL)[0]["final"]
    assert await world.entries() == {}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["decide", "edit_reveal", "drop"])
async def test_a_decision_after_the_end_is_shown_in_the_final_ranking_whoever_dies(
    world: World, step: str, when: str
) -> None:
    await open_round(world, ana=HALF, ben="beta")
    await world.at(16)
    await world.admin("pause")
    await ticked(world)
    await world.at(16, day=MONDAY + timedelta(days=2))
    before = [one["points"] for one in world.posts(Post.REVEAL)[0]["day"]["top"]]
    one = await item(world)

    getattr(world.mischief, when)(step, DiedError())
    for _ in range(2):
        with suppress(DiedError):
            await world.admin(f"review {one.id} overrule it is not in it")
    await world.later(minutes=1)
    await world.later(seconds=LEASE)

    (reveal,) = world.posts(Post.REVEAL)
    assert (before, [one["points"] for one in reveal["day"]["top"]]) == ([8, 4], [6, 4])
    assert reveal["final"]
    assert await world.entries() == {}
    assert await world.is_sound()


async def test_a_decision_before_the_end_is_shown_with_the_rest_at_the_end(world: World) -> None:
    await open_round(world, ana=HALF)
    await world.at(16)
    await ticked(world)
    await world.admin(f"review {(await item(world)).id} accept")

    assert f"{Step.AMEND}:{TODAY}" not in await world.entries()


async def test_a_round_that_has_run_out_meanwhile_is_shown_no_more(world: World) -> None:
    await open_round(world, ana=HALF)
    await world.at(16)
    await world.admin("pause")
    await world.at(16, day=MONDAY + timedelta(days=2))
    assert await world.agenda.amend(TODAY)
    await world.store.steady.delete("studybot:console:home:round:general:2025-03-03")

    await world.due()

    assert await world.entries() == {}


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
