"""A round that people have replied to is never skipped, whatever becomes of its post."""

import pytest

from bot.domain.reply import ReceiptState
from bot.domain.round import RoundState
from bot.ports import Post, Refused
from tests.mischief import DiedError
from tests.world import BY_HAND, LEASE, PLACE, TODAY, World


async def answered_while_opening(world: World) -> None:
    """The question is posted and answered, and its process has died before it could tell the store."""
    await world.set_up()
    world.mischief.before("opened", DiedError())
    await world.at(9)
    assert (await world.reply("ana", "alpha, beta and gamma")).state is ReceiptState.ACCEPTED


async def post_is_deleted(world: World) -> None:
    for post in world.room.posts(PLACE, TODAY, Post.QUESTION):
        await world.chat.delete_post(PLACE, post.ref)


async def test_a_paused_programme_whose_post_is_gone_still_reveals_what_was_answered(world: World) -> None:
    await answered_while_opening(world)
    await post_is_deleted(world)
    await world.admin("pause")

    await world.later(seconds=LEASE)
    opened = await world.get()
    await world.at(16)

    assert (opened.state, opened.post) == (RoundState.OPEN, None)
    assert (await world.get()).state is RoundState.REVEALED
    assert len(world.posts(Post.REVEAL)) == 1
    assert await world.points() == {"ana": 10}
    assert await world.is_sound()


async def test_a_chat_that_refuses_everything_costs_nobody_the_points(world: World) -> None:
    await answered_while_opening(world)
    gone = [Refused("the channel is gone")] * 9
    for call in ("find_posts", "post_reveal", "read_back", "edit_question"):
        world.mischief.before(call, *gone)

    await world.later(seconds=LEASE)
    await world.at(16)

    assert (await world.get()).state is RoundState.REVEALED
    assert await world.points() == {"ana": 10}


async def test_a_bot_that_comes_back_after_the_grace_opens_what_was_answered(world: World) -> None:
    await answered_while_opening(world)
    await post_is_deleted(world)

    await world.at(15, 30)
    await world.at(16)

    assert (await world.get()).state is RoundState.REVEALED
    assert await world.points() == {"ana": 10}


@pytest.mark.parametrize("withdrawn", [True, False])
async def test_an_answer_taken_back_leaves_nothing_to_reveal(world: World, *, withdrawn: bool) -> None:
    await answered_while_opening(world)
    await post_is_deleted(world)
    if withdrawn:
        await world.reply("ana", "", withdrawn=True)
    await world.admin("pause")

    await world.later(seconds=LEASE)

    assert (await world.get()).state is (RoundState.SKIPPED if withdrawn else RoundState.OPEN)


async def test_after_a_round_without_a_post_the_next_one_can_be_asked(world: World) -> None:
    await answered_while_opening(world)
    await post_is_deleted(world)
    await world.at(15, 30)
    await world.at(16)

    await world.admin("ask-now")
    await world.due()

    assert (await world.get(BY_HAND)).state is RoundState.OPEN
