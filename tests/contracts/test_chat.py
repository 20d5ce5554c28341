"""What every Chat does, whatever its platform. A new adapter joins by a stage of its own."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from adapters.redis.store import Store
from bot.domain.ids import RoundId, programme_of, round_id
from bot.domain.reply import Via
from bot.domain.round import MessageRef
from bot.ports import Post
from bot.views import NoticeView
from tests.contracts.stages import STAGES, Stage


@pytest.fixture(params=STAGES, ids=lambda factory: factory.__name__)
async def stage(request: pytest.FixtureRequest, tmp_path: Path, store: Store) -> AsyncIterator[Stage]:
    async with request.param(tmp_path, store) as opened:
        yield opened


async def test_a_post_is_found_once_it_stands_and_not_before(stage: Stage) -> None:
    assert await stage.found() == []

    post = await stage.chat.post_question(stage.question)

    assert await stage.found() == [post]


async def test_two_posts_of_one_round_are_found_oldest_first(stage: Stage) -> None:
    first = await stage.chat.post_question(stage.question)
    stage.people.minutes_pass()
    second = await stage.chat.post_question(stage.question)

    assert await stage.found() == [first, second]


async def test_question_and_reveal_are_told_apart(stage: Stage) -> None:
    question = await stage.chat.post_question(stage.question)
    reveal = await stage.chat.post_reveal(replace(stage.reveal, post=question))

    assert (await stage.found(Post.QUESTION), await stage.found(Post.REVEAL)) == ([question], [reveal])


async def test_places_and_rounds_do_not_mix(stage: Stage) -> None:
    here = await stage.chat.post_question(stage.question)
    elsewhere = await stage.chat.post_question(replace(stage.question, place=stage.other_place))
    later = await stage.chat.post_question(replace(stage.question, round=stage.next_round))

    assert await stage.found() == [here]
    assert await stage.found(place=stage.other_place) == [elsewhere]
    assert await stage.found(round_=stage.next_round) == [later]


async def test_an_edited_post_is_the_same_post(stage: Stage) -> None:
    question = await stage.chat.post_question(stage.question)
    reveal = await stage.chat.post_reveal(stage.reveal)

    await stage.chat.edit_question(question, replace(stage.question, closed=True))
    await stage.chat.edit_reveal(reveal, replace(stage.reveal, final=True))

    assert (await stage.found(Post.QUESTION), await stage.found(Post.REVEAL)) == ([question], [reveal])


@pytest.mark.parametrize("post", list(Post))
async def test_a_deleted_post_is_absent_and_further_changes_of_it_are_no_error(stage: Stage, post: Post) -> None:
    kept = await posted(stage, post)
    stage.people.minutes_pass()
    gone = await posted(stage, post)

    for _twice in range(2):
        await stage.chat.delete_post(stage.place, gone)
    await stage.chat.edit_question(gone, stage.question)
    await stage.chat.edit_reveal(gone, stage.reveal)

    assert await stage.found(post) == [kept]


async def posted(stage: Stage, post: Post) -> MessageRef:
    if post is Post.QUESTION:
        return await stage.chat.post_question(stage.question)
    return await stage.chat.post_reveal(stage.reveal)


async def test_replies_are_read_back_as_their_thread_has_them_now(stage: Stage) -> None:
    post = await stage.chat.post_question(stage.question)
    await stage.people.say(post, stage.ana, "first")
    await stage.people.say(post, stage.ana, "secnod")
    await stage.people.say(post, stage.ben, "never mind")

    await stage.people.edit_last(stage.ana, "second")
    await stage.people.delete_last(stage.ben)

    assert await stage.texts(post) == [(stage.ana, "first"), (stage.ana, "second")]
    withdrawn = [reply.member for reply in await stage.read_back(post) if reply.withdrawn]
    assert withdrawn == ([stage.ben] if stage.shows_deletions else [])


async def test_a_reply_read_twice_is_the_same_delivery_and_an_edited_one_is_a_later_one(stage: Stage) -> None:
    post = await stage.chat.post_question(stage.question)
    await stage.people.say(post, stage.ana, "first")
    (before,) = await stage.read_back(post)

    assert await stage.read_back(post) == [before]
    await stage.people.edit_last(stage.ana, "better")
    (after,) = await stage.read_back(post)

    assert (after.part, after.via, after.round) == (before.part, Via.THREAD, stage.round)
    assert after.delivery != before.delivery
    assert after.version > before.version


async def test_nothing_is_read_back_from_the_thread_of_another_round(stage: Stage) -> None:
    post = await stage.chat.post_question(stage.question)
    other = await stage.chat.post_question(replace(stage.question, round=stage.next_round))
    await stage.people.say(other, stage.ana, "about the other one")

    assert await stage.texts(post) == []


async def test_admins_are_told_once_per_key(stage: Stage) -> None:
    for key, text in (("a", "first"), ("a", "again"), ("b", "second")):
        await stage.chat.tell_admins(stage.programme, NoticeView(text=text), key)

    assert await stage.people.told() == ["first", "second"]


async def test_calls_at_the_same_time_do_not_get_into_each_other_s_way(stage: Stage) -> None:
    rounds = [round_id(programme_of(stage.place), date(2026, 11, 23), number) for number in range(1, 21)]

    async def post(round_: RoundId) -> MessageRef:
        return await stage.chat.post_question(replace(stage.question, round=round_))

    posts = await asyncio.gather(*(post(round_) for round_ in rounds))

    assert [await stage.found(round_=round_) for round_ in rounds] == [[post] for post in posts]
    assert len(set(posts)) == 20
