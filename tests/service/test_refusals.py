from datetime import timedelta

import pytest

from bot import wording
from bot.domain.programme import ProgrammeState
from bot.domain.round import RoundState
from bot.ports import BotRefused, Post, Refused
from bot.views import NoticeView, StatusView
from tests.mischief import DiedError
from tests.world import BY_HAND, LEASE, MONDAY, PLACE, TODAY, World

ALL_THREE = "alpha, beta and gamma"
HALF = "alpha above all"


async def _unchanged() -> None:
    """Let things be."""


async def test_a_refused_opening_pauses_the_programme_tells_the_admins_once_and_skips_the_round(world: World) -> None:
    await world.set_up()
    world.mischief.before("post_question", Refused("the channel is gone"))
    world.mischief.before("find_posts", _unchanged, Refused("the channel is gone"))

    await world.at(9)

    programme = await world.programme()
    assert (programme.state, programme.pause_reason) == (ProgrammeState.PAUSED, "the channel is gone")
    assert world.told() == [wording.programmes.refused_notice("the channel is gone")]
    assert (await world.get()).state is RoundState.SKIPPED
    assert "the channel is gone" in (await world.get()).note
    assert set(await world.entries()) == {f"settle:{TODAY}"}  # one more look for a post that came too late
    await world.later(minutes=10)
    assert await world.entries() == {}


async def test_a_refusal_by_a_chat_that_then_answers_again_skips_the_round_all_the_same(world: World) -> None:
    await world.set_up()
    world.mischief.before("post_question", Refused("no permission"))

    await world.at(9)

    assert world.posts(Post.QUESTION) == []
    assert (await world.get()).state is RoundState.SKIPPED
    assert (await world.programme()).state is ProgrammeState.PAUSED


async def test_a_chat_that_refuses_even_the_notice_leaves_it_to_status(world: World) -> None:
    await world.set_up()
    world.mischief.before("post_question", Refused("gone"))
    world.mischief.before("tell_admins", Refused("gone"), Refused("gone"))

    await world.at(9)

    status = await world.admin("status")
    assert isinstance(status, StatusView)
    assert "gone" in status.notes[0]
    assert (await world.get()).state is RoundState.SKIPPED


async def test_a_change_made_while_the_chat_refuses_is_not_undone_by_the_pause(world: World) -> None:
    await world.set_up()

    async def meanwhile() -> None:
        await world.admin("setup at=10:00")
        raise Refused("gone")

    world.mischief.before("post_question", meanwhile)

    await world.at(9)

    assert (await world.programme()).schedule.at.hour == 10


async def test_a_refused_round_by_hand_is_skipped_at_once(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.at(16)
    await world.admin("ask-now")
    world.mischief.before("post_question", Refused("gone"))

    await world.due()

    assert (await world.get(BY_HAND)).state is RoundState.SKIPPED
    assert (await world.programme()).state is ProgrammeState.PAUSED
    assert set(await world.entries()) == {f"settle:{TODAY}", f"settle:{BY_HAND}"}


async def open_round(world: World, **replies: str) -> None:
    await world.set_up()
    await world.at(9)
    for name, text in replies.items():
        await world.reply(name, text)


async def test_a_chat_that_refuses_to_be_read_back_does_not_hold_up_the_reveal(world: World) -> None:
    await open_round(world, ana=HALF)
    world.mischief.before("read_back", Refused("no history"))

    await world.at(16)

    assert (await world.get()).state is RoundState.REVEALED
    assert len(world.posts(Post.REVEAL)) == 1


@pytest.mark.parametrize("step", ["edit_question", "delete_post"])
async def test_a_question_that_cannot_be_closed_or_cleared_up_does_not_cost_the_reveal(world: World, step: str) -> None:
    await open_round(world, ana=ALL_THREE)
    world.room.post(PLACE, TODAY, Post.QUESTION, dict(world.posts(Post.QUESTION)[0]))
    world.mischief.before(step, Refused("too old to be changed"))

    await world.at(16)

    assert len(world.posts(Post.REVEAL)) == 1
    assert (await world.programme()).state is ProgrammeState.ACTIVE


@pytest.mark.parametrize(("step", "times"), [("find_posts", 2), ("post_reveal", 1)])
async def test_a_refused_reveal_ends_revealed_without_a_post_and_its_awards_stand(
    world: World, step: str, times: int
) -> None:
    await open_round(world, ana=ALL_THREE)
    world.mischief.before(step, *[Refused("the channel is gone")] * times)

    await world.at(16)

    round_ = await world.get()
    assert (round_.state, round_.reveal_post) == (RoundState.REVEALED, None)
    assert "the channel is gone" in round_.note
    assert await world.points() == {"ana": 10}
    assert (await world.programme()).state is ProgrammeState.PAUSED
    assert world.told() == [wording.programmes.refused_notice("the channel is gone")]
    assert set(await world.entries()) == {f"settle:{TODAY}"}
    await world.at(16, day=MONDAY + timedelta(days=2))
    assert (await world.get()).settled


async def test_a_refusal_met_again_after_a_crash_is_told_once(world: World) -> None:
    await open_round(world)
    world.mischief.before("post_reveal", Refused("gone"), Refused("gone"))
    world.mischief.after("tell_admins", DiedError())

    await world.at(16)
    await world.later(seconds=LEASE)

    assert len(world.told()) == 1
    assert (await world.get()).state is RoundState.REVEALED


async def test_a_crash_right_after_the_pause_does_not_lose_the_notice(world: World) -> None:
    await world.set_up()
    world.mischief.before("post_question", Refused("gone"))
    world.mischief.after("save_programme", DiedError())

    await world.at(9)
    await world.later(seconds=LEASE)

    assert len(world.told()) == 1
    assert (await world.programme()).state is ProgrammeState.PAUSED
    assert (await world.get()).state is RoundState.SKIPPED


async def test_a_refused_reveal_of_a_programme_that_nobody_knows_ends_all_the_same(world: World) -> None:
    await open_round(world, ana=HALF)
    await world.store.steady.delete("studybot:console:home:programme:general")
    world.mischief.before("post_reveal", Refused("gone"))

    await world.at(16)

    assert (await world.get()).state is RoundState.REVEALED
    assert world.told() == []


async def test_a_chat_that_will_not_look_for_a_second_question_costs_nothing(world: World) -> None:
    await world.set_up()
    world.mischief.before("find_posts", _unchanged, Refused("no permission"))

    await world.at(9)

    assert (await world.get()).state is RoundState.OPEN
    assert (await world.programme()).state is ProgrammeState.ACTIVE


async def test_a_chat_that_will_not_look_for_a_second_reveal_costs_nothing(world: World) -> None:
    await world.set_up()
    await world.at(9)
    world.mischief.before("post_reveal", DiedError())
    await world.at(16)
    world.mischief.before("find_posts", _unchanged, _unchanged, Refused("no permission"))

    await world.later(seconds=LEASE)

    assert (await world.get()).state is RoundState.REVEALED
    assert (await world.programme()).state is ProgrammeState.ACTIVE


@pytest.mark.parametrize("step", ["read_back", "find_posts", "post_reveal"])
async def test_a_reveal_waits_for_a_bot_that_the_chat_does_not_know_any_more(world: World, step: str) -> None:
    await open_round(world, ana=ALL_THREE)
    world.mischief.before(step, *[BotRefused("the token was revoked")] * (2 if step == "find_posts" else 1))

    await world.at(16)
    assert world.posts(Post.REVEAL) == []
    await world.at(16, 6)

    assert len(world.posts(Post.REVEAL)) == 1
    assert (await world.programme()).state is ProgrammeState.ACTIVE
    assert await world.points() == {"ana": 10}


async def test_a_bot_that_is_not_mended_by_the_next_morning_is_in_nobody_s_way(world: World) -> None:
    await open_round(world, ana=ALL_THREE)
    world.mischief.before("post_reveal", *[BotRefused("the token was revoked")] * 2)

    await world.at(16)
    await world.at(5, day=MONDAY + timedelta(days=1))

    assert (await world.get()).state is RoundState.REVEALED
    assert (await world.programme()).state is ProgrammeState.PAUSED


@pytest.mark.parametrize("words", ["resume", "reveal-now", "setup at=09:00"])
async def test_a_refused_reveal_is_posted_once_the_chat_lets_it(world: World, words: str) -> None:
    await open_round(world, ana=ALL_THREE)
    world.mischief.before("post_reveal", Refused("not in the channel"))
    await world.at(16)

    await world.at(17)
    assert world.posts(Post.REVEAL) == []
    await world.admin(words)
    await world.admin(words)
    await world.later(seconds=1)

    assert len(world.posts(Post.REVEAL)) == 1
    assert (await world.get()).reveal_post
    assert (await world.get()).note == ""
    assert await world.points() == {"ana": 10}


async def test_a_reveal_whose_self_check_has_ended_is_not_posted_any_more(world: World) -> None:
    await open_round(world, ana=ALL_THREE)
    world.mischief.before("post_reveal", Refused("not in the channel"))
    await world.at(16)
    await world.at(17, day=MONDAY + timedelta(days=2))

    resumed = await world.admin("resume")
    await world.later(seconds=1)

    assert isinstance(resumed, NoticeView)
    assert resumed.text == wording.programmes.RESUMED
    assert world.posts(Post.REVEAL) == []
