"""Replies in the thread of the question: counted, changed, withdrawn, and left alone once it is revealed."""

import asyncio

from adapters.slack.inbound.marks import MARK
from bot import wording
from bot.ports import StoreUnavailable
from tests.adapters.slack.inbound.quiz import Quiz
from tests.fakes.slack import Message


async def counted(quiz: Quiz, post: Message, text: str = "alpha") -> Message:
    message = quiz.slack.say(quiz.chris, quiz.channel, text, thread=post)
    await quiz.slack.until(lambda: message.reactions.get(MARK))
    return message


async def test_a_counted_reply_is_marked_and_its_writer_told_once_ever_who_can_read_it(
    quiz: Quiz, post: Message
) -> None:
    await counted(quiz, post, "alpha")
    await counted(quiz, post, "beta")
    await quiz.told(quiz.chris, "Everyone can read it here")
    await quiz.rest()
    assert len(quiz.slack.ephemerals(quiz.chris)) == 1


async def test_what_is_told_stands_in_the_thread(quiz: Quiz, post: Message) -> None:
    await counted(quiz, post)
    assert (await quiz.told(quiz.chris, "Everyone can read it here")).thread_ts == post.ts


async def test_an_edit_changes_the_reply(quiz: Quiz, post: Message) -> None:
    message = await counted(quiz, post, "nothing yet")
    quiz.slack.edit(message, "alpha beta gamma")
    await quiz.rest()
    await quiz.reveal()
    assert await quiz.points() == {"chris": 10}


async def test_slack_s_escapes_and_links_are_read_as_they_were_typed(quiz: Quiz, post: Message) -> None:
    await counted(quiz, post, "alpha & <beta>")
    form = await quiz.opened(quiz.chris, post, "Answer")
    assert "alpha & <beta>" in str(form.blocks)


async def test_a_link_that_is_unfurled_changes_nothing(quiz: Quiz, post: Message) -> None:
    message = await counted(quiz, post)
    before = quiz.mischief.calls.count("submit")
    quiz.slack.workspace.emit(
        {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "channel": quiz.channel.id,
            "ts": "1700000000.000100",
            "event_ts": "1700000000.000100",
            "channel_type": "channel",
            "message": {
                "type": "message",
                "user": quiz.chris.id,
                "text": "alpha",
                "ts": message.ts,
                "thread_ts": post.ts,
            },
            "previous_message": {
                "type": "message",
                "user": quiz.chris.id,
                "text": "alpha",
                "ts": message.ts,
                "thread_ts": post.ts,
            },
        }
    )
    await quiz.rest()
    assert quiz.mischief.calls.count("submit") == before


async def test_an_edit_to_nothing_takes_the_mark_away(quiz: Quiz, post: Message) -> None:
    message = await counted(quiz, post)
    quiz.slack.edit(message, " ")
    await quiz.slack.until(lambda: not message.reactions.get(MARK))
    await quiz.told(quiz.chris, "withdrawn")


async def test_who_makes_a_message_too_long_is_told_that_the_earlier_text_counts(quiz: Quiz, post: Message) -> None:
    message = await counted(quiz, post)
    quiz.slack.edit(message, "x " * 1600)
    await quiz.told(quiz.chris, wording.replies.EARLIER_COUNTS)
    await quiz.reveal()
    assert await quiz.points() == {"chris": 6}


async def test_a_deleted_message_is_withdrawn(quiz: Quiz, post: Message) -> None:
    message = await counted(quiz, post)
    quiz.slack.delete(message)
    await quiz.told(quiz.chris, "withdrawn")
    await quiz.reveal()
    assert await quiz.points() == {}


async def test_where_only_forms_are_collected_one_is_told_once_that_a_message_does_not_count(quiz: Quiz) -> None:
    await quiz.set_up("collect=form")
    await quiz.slack.type_command(quiz.lead, quiz.channel, "/quiz-admin ask-now")
    post = await quiz.later_until(quiz.post)
    quiz.slack.say(quiz.chris, quiz.channel, "alpha", thread=post)
    await quiz.told(quiz.chris, "not collected this way")
    quiz.slack.say(quiz.chris, quiz.channel, "beta", thread=post)
    await quiz.rest()
    assert len(quiz.slack.ephemerals(quiz.chris)) == 1


async def test_a_private_answer_stands_before_messages_and_one_is_told_so(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.chris, post, "Answer")
    await quiz.slack.submit(quiz.chris, form, {"text": "alpha"})
    message = quiz.slack.say(quiz.chris, quiz.channel, "beta", thread=post)
    await quiz.told(quiz.chris, "Your private answer stands")
    assert not message.reactions


async def test_a_private_answer_takes_the_marks_of_messages_away(quiz: Quiz, post: Message) -> None:
    first, second = await counted(quiz, post), await counted(quiz, post, "beta")

    form = await quiz.opened(quiz.chris, post, "Answer")
    await quiz.send(quiz.chris, form, {"text": "gamma"})

    await quiz.slack.until(lambda: not first.reactions and not second.reactions)


async def test_marks_say_what_has_room_and_one_is_told_once_that_a_message_has_none(quiz: Quiz, post: Message) -> None:
    first, second = await counted(quiz, post), await counted(quiz, post, "b" * 2000)

    quiz.slack.edit(first, "a" * 2800)
    await quiz.slack.until(lambda: not second.reactions)
    assert first.reactions.get(MARK)
    await quiz.told(quiz.chris, wording.replies.WITHOUT_ROOM)

    quiz.slack.edit(first, "a")
    await quiz.slack.until(lambda: second.reactions.get(MARK))
    quiz.slack.edit(first, "a" * 2900)
    await quiz.slack.until(lambda: not second.reactions)
    await quiz.rest()
    assert len(quiz.all_told(quiz.chris, wording.replies.WITHOUT_ROOM)) == 1


async def test_after_the_reveal_the_thread_is_for_discussion(quiz: Quiz, post: Message) -> None:
    await quiz.reveal()
    message = quiz.slack.say(quiz.chris, quiz.channel, "I should have said alpha", thread=post)
    await quiz.rest()
    assert not message.reactions
    assert not quiz.slack.ephemerals(quiz.chris)


async def test_other_threads_and_the_channel_itself_are_left_alone(quiz: Quiz, post: Message) -> None:
    other = quiz.slack.say(quiz.ben, quiz.channel, "Lunch?")
    reply = quiz.slack.say(quiz.chris, quiz.channel, "alpha", thread=other)
    await quiz.rest()
    assert not other.reactions
    assert not reply.reactions
    assert "submit" not in quiz.mischief.calls


async def test_a_store_that_does_not_answer_is_told_and_made_up_for_at_the_reveal(quiz: Quiz, post: Message) -> None:
    quiz.mischief.before("submit", StoreUnavailable())
    quiz.slack.say(quiz.chris, quiz.channel, "alpha", thread=post)
    await quiz.told(quiz.chris, "read again before the reveal")
    await quiz.reveal()
    assert await quiz.points() == {"chris": 6}


async def test_a_deletion_that_the_store_did_not_take_is_told_and_made_up_for_at_the_reveal(
    quiz: Quiz, post: Message
) -> None:
    message = await counted(quiz, post)
    quiz.mischief.before("submit", StoreUnavailable())
    quiz.slack.delete(message)
    await quiz.told(quiz.chris, wording.replies.DELETION_NOT_HEARD)
    await quiz.reveal()
    assert await quiz.points() == {}


async def test_what_was_deleted_while_nobody_listened_does_not_count(quiz: Quiz, post: Message) -> None:
    message = await counted(quiz, post)
    await counted(quiz, post, "beta")
    quiz.channel.messages.remove(message)
    await quiz.reveal()
    assert await quiz.points() == {"chris": 4}


async def test_replies_under_a_post_that_is_gone_count_all_the_same(quiz: Quiz, post: Message) -> None:
    await counted(quiz, post)
    quiz.channel.messages.clear()
    await quiz.type(quiz.lead, "/quiz-admin reveal-now")
    await quiz.later_until(quiz.post)
    assert await quiz.points() == {"chris": 6}


async def test_who_deletes_while_the_store_is_away_is_told_that_it_is_made_up_for(quiz: Quiz, post: Message) -> None:
    message = await counted(quiz, post)
    await quiz.stall(1.5)
    quiz.slack.delete(message)
    await quiz.told(quiz.chris, wording.replies.DELETION_NOT_HEARD)
    await quiz.reveal()
    assert await quiz.points() == {}


async def test_who_writes_while_the_store_is_away_is_told_that_it_is_made_up_for(quiz: Quiz, post: Message) -> None:
    await quiz.stall(1.5)
    quiz.slack.say(quiz.chris, quiz.channel, "alpha", thread=post)
    await quiz.told(quiz.chris, "read again before the reveal")
    await quiz.reveal()
    assert await quiz.points() == {"chris": 6}


async def test_who_writes_elsewhere_while_the_store_is_away_is_left_alone(quiz: Quiz, post: Message) -> None:
    other = quiz.slack.say(quiz.ben, quiz.channel, "Lunch?")
    await quiz.stall(1.2)
    quiz.slack.say(quiz.chris, quiz.channel, "Yes", thread=other)
    await quiz.rest()
    await asyncio.sleep(1.2)
    assert not quiz.slack.ephemerals(quiz.chris)


async def test_who_is_faster_than_the_store_counts_all_the_same(quiz: Quiz) -> None:
    await quiz.set_up()
    quiz.mischief.before("opened", lambda: asyncio.sleep(0.5))
    await quiz.type(quiz.lead, "/quiz-admin ask-now")
    opening = asyncio.create_task(quiz.later_until(quiz.post))
    post = await quiz.slack.until(quiz.post)
    await quiz.slack.click(quiz.ana, post, "Answer")
    message = quiz.slack.say(quiz.chris, quiz.channel, "alpha", thread=post)
    form = await quiz.slack.until(lambda: quiz.form(quiz.ana))
    await opening
    assert (await quiz.slack.submit(quiz.ana, form, {"text": "beta"})).outcome == "closed"
    await quiz.told(quiz.ana, "Your reply is saved")
    await quiz.slack.until(lambda: message.reactions.get(MARK))


async def test_where_marks_are_not_allowed_a_sentence_says_it(quiz: Quiz, post: Message) -> None:
    quiz.slack.bot_scopes.discard("reactions:write")
    quiz.slack.say(quiz.chris, quiz.channel, "alpha", thread=post)
    await quiz.told(quiz.chris, "Your reply counts")


async def test_a_reply_is_late_after_the_reveals_time_also_while_the_channel_cannot_be_looked_through(
    quiz: Quiz, post: Message
) -> None:
    quiz.slack.faults.next("conversations.history", "500", times=1_000)
    await quiz.at(15)
    late = quiz.slack.say(quiz.chris, quiz.channel, "alpha", thread=post)
    await quiz.rest()
    quiz.slack.faults.clear()

    await quiz.reveal()

    assert not late.reactions
    assert await quiz.points() == {}
