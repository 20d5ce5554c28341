"""The chat port in Slack, beside its contract: finding posts whatever happens, threads, and other people's posts."""

import json
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.redis.once import RedisOnce
from adapters.redis.store import Store
from adapters.slack import Access, SlackChat, client, open_slack
from adapters.slack.posts import channel_and_ts, metadata
from adapters.slack.refusals import SlackRefusal
from bot.domain.ids import last_part, place_id, programme_of, round_id
from bot.domain.round import MessageRef, Round, RoundState
from bot.domain.score import Standing
from bot.ports import Limited, OutcomeUnknown, Post
from tests.adapters.console import samples
from tests.adapters.slack.world import ANA, BEN, CHANNEL, PLACE, access, answering, chatter, said, workspace
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.faults import Fault
from tests.fakes.slack.things import Json, Message

ROUND = round_id(programme_of(PLACE), samples.NOW.date())
QUESTION = replace(samples.QUESTION, place=PLACE, round=ROUND)
REVEAL = replace(samples.REVEAL, place=PLACE, round=ROUND)
BOARD = replace(
    REVEAL.day,
    top=(Standing(member=ANA, points=9, rank=1), Standing(member=BEN, points=7, rank=2)),
    own=None,
    around=(),
    podium=(),
)
RANKED = replace(REVEAL, day=BOARD, week=BOARD)
HISTORY, REPLIES = "conversations.history", "conversations.replies"


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_PAGE", 100)


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with workspace() as opened:
        yield opened


@pytest.fixture
async def chat(fake: FakeSlack, store: Store) -> AsyncIterator[SlackChat]:
    async with open_slack(access(fake), RedisOnce(store), samples.StillClock()) as opened:
        yield opened


async def found(chat: SlackChat, post: Post = Post.QUESTION, since: datetime | None = None) -> Sequence[MessageRef]:
    return await chat.find_posts(PLACE, ROUND, post, since or datetime.now(UTC) - timedelta(hours=1))


def message_of(fake: FakeSlack, post: MessageRef) -> Message:
    channel, ts = channel_and_ts(post)
    message = fake.workspace.channels[channel].find(ts)
    assert message
    return message


async def read_back(chat: SlackChat, post: MessageRef) -> list[tuple[str, str]]:
    round_ = Round(
        id=ROUND,
        place=PLACE,
        question=None,
        state=RoundState.OPEN,
        asks_at=samples.NOW,
        reveals_at=samples.IN_3_H,
        post=post,
    )
    return [(reply.member, reply.text) for reply in await chat.read_back(round_) or []]


@pytest.mark.parametrize("newer", [40, 400])
@pytest.mark.parametrize("shown", [True, False], ids=["by metadata", "by block id"])
async def test_a_post_is_found_behind_newer_messages(chat: SlackChat, fake: FakeSlack, newer: int, shown: bool) -> None:
    post = await chat.post_question(QUESTION)
    chatter(fake, newer)
    fake.workspace.history_has_metadata = shown

    assert await found(chat) == [post]


@pytest.mark.parametrize("error", ["missing_scope", "invalid_arguments", "no_permission"])
async def test_where_metadata_may_not_be_read_posts_are_found_by_block_id(
    chat: SlackChat, fake: FakeSlack, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    question = await chat.post_question(QUESTION)
    reveal = await chat.post_reveal(replace(REVEAL, post=question))
    fake.workspace.history_has_metadata = False

    for post, ref in ((Post.QUESTION, question), (Post.REVEAL, reveal)):
        fake.faults.next(HISTORY, error)
        fake.faults.next(REPLIES, error)
        assert await found(chat, post) == [ref]
        fake.faults.clear()
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


async def test_metadata_stripped_of_its_payload_does_not_hide_a_post(chat: SlackChat, fake: FakeSlack) -> None:
    post = await chat.post_question(QUESTION)
    message_of(fake, post).metadata = {"event_type": "mlops_quiz_question", "event_payload": {}}

    assert await found(chat) == [post]


async def test_a_post_whose_answer_was_lost_is_found(chat: SlackChat, fake: FakeSlack) -> None:
    fake.faults.next("chat.postMessage", "lost")

    with pytest.raises(OutcomeUnknown):
        await chat.post_question(QUESTION)

    assert len(await found(chat)) == 1


async def test_what_others_post_is_not_taken_for_the_bot_s(chat: SlackChat, fake: FakeSlack) -> None:
    post = await chat.post_question(QUESTION)
    real = message_of(fake, post)
    fake.workspace.say(
        Message(
            channel=CHANNEL,
            ts=fake.workspace.new_ts(),
            user=last_part(BEN),
            text=real.text,
            blocks=real.blocks,
            metadata=dict(metadata(Post.QUESTION, ROUND)),
        )
    )

    assert await found(chat) == [post]


async def test_what_was_posted_before_the_round_began_is_not_looked_at(chat: SlackChat) -> None:
    await chat.post_question(QUESTION)

    assert await found(chat, since=datetime.now(UTC) + timedelta(minutes=1)) == []


@pytest.mark.parametrize("method", [HISTORY, REPLIES])
@pytest.mark.parametrize(
    ("kind", "raised"),
    [("500", OutcomeUnknown), ("cut", OutcomeUnknown), ("429", Limited), ("invalid_cursor", OutcomeUnknown)]
    + [(error, SlackRefusal) for error in ("channel_not_found", "not_in_channel", "invalid_auth", "odd_weather")],
)
@pytest.mark.parametrize("later_page", [False, True], ids=["first page", "later page"])
async def test_trouble_while_looking_is_never_taken_for_absence(
    chat: SlackChat,
    fake: FakeSlack,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    kind: str,
    raised: type[Exception],
    later_page: bool,
) -> None:
    question = await chat.post_question(QUESTION)
    chatter(fake, 250)
    for number in range(250):
        said(fake, question, last_part(ANA), str(number))
    trouble = Fault(method=method, kind=kind, times=1, retry_after=1, seconds=0, channel=None)

    def take(called: str, args: Json) -> Fault | None:
        return trouble if called == method and bool(args.get("cursor")) is later_page else None

    monkeypatch.setattr(type(fake.faults), "take", lambda _faults, called, args: take(called, args))

    with pytest.raises(raised):
        await found(chat, Post.REVEAL)


async def test_the_reveal_stands_in_the_question_s_thread_and_is_found_behind_its_replies(
    chat: SlackChat, fake: FakeSlack
) -> None:
    question = await chat.post_question(QUESTION)

    reveal = await chat.post_reveal(replace(REVEAL, post=question))
    for number in range(250):
        said(fake, question, last_part(ANA), str(number))

    assert message_of(fake, reveal).thread_ts == channel_and_ts(question)[1]
    assert await found(chat, Post.REVEAL) == [reveal]


async def test_with_the_question_s_post_gone_the_reveal_stands_in_the_channel(chat: SlackChat, fake: FakeSlack) -> None:
    question = await chat.post_question(QUESTION)
    await chat.delete_post(PLACE, question)

    reveal = await chat.post_reveal(replace(REVEAL, post=question))

    assert message_of(fake, reveal).thread_ts is None
    assert await found(chat, Post.REVEAL) == [reveal]


@pytest.mark.parametrize("error", ["restricted_action_thread_locked", "restricted_action_non_threadable_channel"])
async def test_where_threads_are_closed_the_reveal_stands_in_the_channel(
    chat: SlackChat, fake: FakeSlack, error: str
) -> None:
    question = await chat.post_question(QUESTION)
    fake.faults.next("chat.postMessage", error)

    reveal = await chat.post_reveal(replace(REVEAL, post=question))

    assert message_of(fake, reveal).thread_ts is None
    assert await found(chat, Post.REVEAL) == [reveal]


async def test_a_reveal_is_found_under_a_question_that_was_deleted_since(chat: SlackChat) -> None:
    question = await chat.post_question(QUESTION)
    reveal = await chat.post_reveal(replace(REVEAL, post=question))

    await chat.delete_post(PLACE, question)

    assert await found(chat) == []
    assert await found(chat, Post.REVEAL) == [reveal]


async def test_an_edit_is_shown_and_the_post_keeps_what_it_is_found_by(chat: SlackChat, fake: FakeSlack) -> None:
    post = await chat.post_question(QUESTION)

    await chat.edit_question(post, replace(QUESTION, closed=True))

    message = message_of(fake, post)
    assert message.edited_ts
    assert message.metadata == metadata(Post.QUESTION, ROUND)
    assert message.blocks[0]["block_id"] == f"question:{ROUND}"


@pytest.mark.parametrize("error", ["cant_update_message", "edit_window_closed", "is_inactive"])
async def test_an_edit_that_slack_does_not_let_be_is_refused(chat: SlackChat, fake: FakeSlack, error: str) -> None:
    post = await chat.post_question(QUESTION)
    fake.faults.next("chat.update", error)

    with pytest.raises(SlackRefusal):
        await chat.edit_question(post, QUESTION)


async def test_a_long_thread_is_read_back_whole_without_the_bot_s_own(chat: SlackChat, fake: FakeSlack) -> None:
    post = await chat.post_question(QUESTION)
    for number in range(450):
        said(fake, post, last_part(ANA), f"a < {number}")
    await chat.post_reveal(replace(REVEAL, post=post))

    assert await read_back(chat, post) == [(ANA, f"a < {number}") for number in range(450)]


async def test_of_a_thread_that_lost_its_post_the_replies_are_still_read_back(chat: SlackChat, fake: FakeSlack) -> None:
    post = await chat.post_question(QUESTION)
    said(fake, post, last_part(ANA), "look first")
    gone = said(fake, post, last_part(BEN), "never mind")
    fake.edit(gone, "never ever")
    fake.delete(gone)

    await chat.delete_post(PLACE, post)

    assert await read_back(chat, post) == [(ANA, "look first")]


async def test_of_a_post_that_is_gone_nothing_is_read_back(chat: SlackChat) -> None:
    post = await chat.post_question(QUESTION)
    await chat.delete_post(PLACE, post)

    assert await read_back(chat, post) == []


async def test_without_a_post_there_is_nothing_to_read_back(chat: SlackChat, fake: FakeSlack) -> None:
    round_ = Round(
        id=ROUND, place=PLACE, question=None, state=RoundState.OPEN, asks_at=samples.NOW, reveals_at=samples.IN_3_H
    )

    assert await chat.read_back(round_) is None
    assert fake.log.count(REPLIES) == 0


async def test_a_reveal_that_is_refused_for_more_than_its_thread_is_refused(chat: SlackChat, fake: FakeSlack) -> None:
    question = await chat.post_question(QUESTION)
    fake.workspace.channels[CHANNEL].archived = True

    with pytest.raises(SlackRefusal, match="archived"):
        await chat.post_reveal(replace(REVEAL, post=question))


async def test_an_answer_that_names_no_post_leaves_the_outcome_unknown(store: Store) -> None:
    whose = '{"ok": true, "team_id": "T024", "user_id": "U0BOT", "bot_id": "B042"}'
    async with (
        answering(200, "application/json", whose) as address,
        open_slack(Access(bot_token="xoxb-1", api_url=address), RedisOnce(store), samples.StillClock()) as chat,
    ):
        with pytest.raises(OutcomeUnknown):
            await chat.post_question(QUESTION)


async def test_a_place_of_another_workspace_is_refused_without_a_call(chat: SlackChat, fake: FakeSlack) -> None:
    elsewhere = replace(QUESTION, place=place_id("slack", "T999", CHANNEL))

    with pytest.raises(SlackRefusal, match="another workspace"):
        await chat.post_question(elsewhere)

    assert fake.log.count("chat.postMessage") == 0


@pytest.mark.parametrize("state", ["archived", "left", "gone"])
async def test_a_channel_that_cannot_be_posted_in_is_refused_with_a_sentence(
    chat: SlackChat, fake: FakeSlack, state: str
) -> None:
    channel = fake.workspace.channels[CHANNEL]
    if state == "archived":
        channel.archived = True
    elif state == "left":
        channel.members.remove(fake.workspace.bot.id)
    else:
        del fake.workspace.channels[CHANNEL]

    with pytest.raises(SlackRefusal) as refused:
        await chat.post_question(QUESTION)

    words = {
        "archived": "archived: unarchive it",
        "left": "not in the channel: invite it",
        "gone": "the channel is gone",
    }
    assert words[state] in str(refused.value)


async def test_the_reveal_names_people_without_notifying_them(chat: SlackChat, fake: FakeSlack) -> None:
    ranking = json.dumps(message_of(fake, await chat.post_reveal(RANKED)).blocks)

    assert "1. ana" in ranking
    assert "user_id" not in ranking


async def test_a_reveal_does_not_fail_for_a_name_that_is_not_to_be_had(chat: SlackChat, fake: FakeSlack) -> None:
    fake.faults.next("users.info", "internal_error", times=2)

    ranking = json.dumps(message_of(fake, await chat.post_reveal(RANKED)).blocks)

    assert f'"user_id": "{last_part(ANA)}"' in ranking


async def test_a_name_is_looked_up_once_in_a_while(chat: SlackChat, fake: FakeSlack) -> None:
    for _ in range(3):
        await chat.post_reveal(RANKED)

    assert fake.log.count("users.info") == 2
