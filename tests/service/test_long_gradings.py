"""What changes in the chat while a reveal grades, which takes minutes with a model: it is looked at right before the reveal is sent."""

import pytest

from bot.domain.round import MessageRef
from bot.ports import Post
from tests.mischief import DiedError
from tests.world import LEASE, PLACE, TODAY, World


async def test_a_question_that_is_sent_late_while_the_reveal_grades_is_taken_away(world: World) -> None:
    await world.set_up()
    world.mischief.before("post_question", DiedError())  # as who stands still over it, and goes on during the reveal
    await world.at(9)
    await world.later(seconds=LEASE)
    await world.reply("ana", "alpha")

    async def sent_late() -> None:
        world.room.post(PLACE, TODAY, Post.QUESTION, {})

    world.mischief.before("award", sent_late)
    await world.at(16)

    assert len(world.posts(Post.QUESTION)) == 1


@pytest.mark.parametrize("shown", [True, False], ids=["shown at once", "shown late"])
async def test_a_reveal_of_before_a_restore_is_kept(world: World, *, shown: bool) -> None:
    """A store restored from a backup has the round as open, though its reveal stands; a chat may show that late."""
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")

    stands: list[MessageRef] = []

    async def show() -> None:
        stands.append(world.room.post(PLACE, TODAY, Post.REVEAL, {}))

    if shown:
        await show()
    else:
        world.mischief.before("award", show)
    await world.at(16)

    assert [(await world.get()).reveal_post] == stands
    assert len(world.posts(Post.REVEAL)) == 1
    assert await world.points() == {"ana": 6}


async def test_a_reveal_of_before_a_restore_that_is_deleted_meanwhile_is_posted_again(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    stands = world.room.post(PLACE, TODAY, Post.REVEAL, {})

    async def delete() -> None:
        world.room.delete(PLACE, stands)

    world.mischief.before("award", delete)
    await world.at(16)

    assert len(world.posts(Post.REVEAL)) == 1
