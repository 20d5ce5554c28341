"""What a reveal looks at before it posts, and how often: a chat may take long to tell."""

from bot.ports import Post
from tests.mischief import DiedError
from tests.world import LEASE, PLACE, TODAY, World


async def test_a_reveal_that_stands_while_the_store_has_the_round_as_open_is_kept(world: World) -> None:
    """As after a restore from a backup that was made before it."""
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    stands = world.room.post(PLACE, TODAY, Post.REVEAL, {})

    await world.at(16)

    assert (await world.get()).reveal_post == stands
    assert len(world.posts(Post.REVEAL)) == 1
    assert await world.points() == {"ana": 6}


async def test_a_first_reveal_looks_at_the_chat_once_and_one_that_was_begun_before_looks_anew(world: World) -> None:
    def looks() -> list[str]:
        made = [call for call in world.mischief.calls if call in {"read_back", "find_posts"}]
        world.mischief.calls.clear()
        return made

    await world.set_up()
    await world.at(9)
    looks()
    world.mischief.before("post_reveal", DiedError())

    await world.at(16)
    assert looks() == ["read_back"]

    await world.later(seconds=LEASE)
    assert looks() == ["read_back", "find_posts"]
