"""Who stood still right before its send goes on, long after others came to an end without it."""

import pytest

from bot.domain.programme import ProgrammeState
from bot.domain.round import RoundState
from bot.ports import OutcomeUnknown, Post, Refused
from tests.mischief import DiedError
from tests.world import LEASE, PLACE, TODAY, World


async def test_a_question_of_a_round_that_was_skipped_meanwhile_is_taken_away(world: World) -> None:
    await world.set_up()

    async def pause_and_let_others_on() -> None:
        await world.admin("pause")
        await world.due()

    world.mischief.before("post_question", pause_and_let_others_on)
    await world.at(9)

    assert (await world.get()).state is RoundState.SKIPPED
    assert world.posts(Post.QUESTION) == []


async def test_a_question_that_stands_only_after_its_round_was_skipped_is_taken_away(world: World) -> None:
    await world.set_up()
    world.mischief.before("post_question", DiedError())
    await world.at(9)
    await world.admin("pause")
    await world.due()
    assert (await world.get()).state is RoundState.SKIPPED
    world.room.post(PLACE, TODAY, Post.QUESTION, {})

    await world.later(minutes=10)

    assert world.posts(Post.QUESTION) == []
    assert await world.entries() == {}


@pytest.mark.parametrize(("post", "hour"), [(Post.QUESTION, 9), (Post.REVEAL, 16)])
async def test_of_two_that_send_one_post_stands(world: World, post: Post, hour: int) -> None:
    await world.set_up()
    if post is Post.REVEAL:
        await world.at(9)

    async def others_on() -> None:
        await world.later(seconds=LEASE)

    world.mischief.before(f"post_{post}", others_on)
    await world.at(hour)

    round_ = await world.get()
    assert [one.ref for one in world.room.posts(PLACE, TODAY, post)] == [
        round_.post if post is Post.QUESTION else round_.reveal_post
    ]


@pytest.mark.parametrize(("post", "hour"), [(Post.QUESTION, 9), (Post.REVEAL, 16)])
async def test_who_does_not_know_what_its_late_send_did_looks_and_clears_up(
    world: World, post: Post, hour: int
) -> None:
    await world.set_up()
    if post is Post.REVEAL:
        await world.at(9)

    async def others_on() -> None:
        await world.later(seconds=LEASE)

    world.mischief.before(f"post_{post}", others_on)
    world.mischief.after(f"post_{post}", _unchanged, OutcomeUnknown("no answer in time"))
    await world.at(hour)

    assert len(world.posts(post)) == 1


async def test_a_reveal_that_was_refused_to_another_meanwhile_is_taken_away(world: World) -> None:
    await world.set_up()
    await world.at(9)

    async def refused_to_others() -> None:
        world.mischief.before("post_reveal", Refused("gone"))
        await world.later(seconds=LEASE)

    world.mischief.before("post_reveal", refused_to_others)
    await world.at(16)

    assert (await world.get()).state is RoundState.REVEALED
    assert world.posts(Post.REVEAL) == []


async def test_a_change_of_time_during_the_send_leaves_one_question(world: World) -> None:
    await world.set_up()

    async def moved_and_taken_up() -> None:
        await world.admin("setup at=09:01")

        async def first_one_lands() -> None:
            world.room.post(PLACE, TODAY, Post.QUESTION, {})

        world.mischief.before("post_question", first_one_lands)
        await world.later(minutes=1)

    world.mischief.before("post_question", moved_and_taken_up)
    await world.at(9)

    assert (await world.get()).state is RoundState.OPEN
    assert [one.ref for one in world.room.posts(PLACE, TODAY, Post.QUESTION)] == [(await world.get()).post]


@pytest.mark.parametrize(("post", "hour"), [(Post.QUESTION, 9), (Post.REVEAL, 16)])
async def test_a_refusal_to_who_was_overtaken_pauses_nothing(world: World, post: Post, hour: int) -> None:
    await world.set_up()
    if post is Post.REVEAL:
        await world.at(9)

    async def others_on_then_refused() -> None:
        await world.later(seconds=LEASE)
        raise Refused("no permission")

    world.mischief.before(f"post_{post}", others_on_then_refused)
    await world.at(hour)

    assert len(world.posts(post)) == 1
    assert (await world.programme()).state is ProgrammeState.ACTIVE
    assert world.told() == []


async def _unchanged() -> None:
    """Let the first of two calls be."""
