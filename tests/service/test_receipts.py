"""What a receipt says is what stands, whatever was delivered."""

from dataclasses import replace

from bot import wording
from bot.domain.reply import MAX_REPLY, ReceiptState
from bot.domain.round import RoundState
from bot.views import FormView, NoticeView, ReceiptView
from tests.world import ANA, PLACE, TODAY, World

PRIVATE = "alpha, as nobody else is to read"


async def open_round(world: World, collect: str = "both") -> None:
    await world.set_up(words=f"zone=UTC at=09:00 reveal=16:00 collect={collect}")
    await world.at(9)


async def said(world: World, text: str, name: str = "ana") -> ReceiptView:
    return await world.desk.submit(await world.say(name, text))


async def amended(world: World, text: str) -> ReceiptView:
    reply = await world.chat.amend(PLACE, ANA, text)
    assert reply
    return await world.desk.submit(reply)


async def deleted(world: World) -> ReceiptView:
    reply = await world.chat.withdraw(PLACE, ANA)
    assert reply
    return await world.desk.submit(reply)


async def test_beside_a_private_answer_a_message_does_not_count_and_is_told_so(world: World) -> None:
    await open_round(world)
    await world.reply("ana", PRIVATE)

    written, edited = await said(world, "beta"), await amended(world, "gamma")

    assert written.sentence == edited.sentence == wording.replies.PRIVATE_STANDS
    assert "does not count" in written.sentence
    assert written.sentence.endswith(wording.replies.WHAT_COUNTS)
    assert written.text == edited.text == PRIVATE


async def test_a_message_deleted_beside_a_private_answer_leaves_it(world: World) -> None:
    await open_round(world)
    await world.reply("ana", PRIVATE)
    await said(world, "beta")

    gone = await deleted(world)

    assert gone.sentence == f"Your message is gone; your private answer stands. {wording.replies.WHAT_COUNTS}"
    assert (gone.state, gone.text) == (ReceiptState.ACCEPTED, PRIVATE)


async def test_a_private_answer_after_a_message_is_saved_and_takes_its_place(world: World) -> None:
    await open_round(world)
    await said(world, "beta")

    receipt = await world.reply("ana", PRIVATE)

    assert receipt.sentence.startswith("Your reply is saved; only you can see it here")
    assert receipt.text == PRIVATE


async def test_one_message_deleted_leaves_the_others(world: World) -> None:
    await open_round(world)
    await said(world, "alpha")
    await said(world, "beta")

    gone = await deleted(world)

    assert gone.sentence == f"Your message is gone; your other messages still count. {wording.replies.WHAT_COUNTS}"
    assert gone.text == "alpha"


async def test_where_only_messages_are_collected_no_private_way_is_promised(world: World) -> None:
    await open_round(world, "thread")

    receipt = await said(world, "alpha")
    refused = await world.reply("ana", PRIVATE)

    assert receipt.sentence == (
        "Your reply counts; you are the first. Everyone can read it here. "
        "Edit or delete your message to change or withdraw it."
    )
    assert refused.state is ReceiptState.NOT_COLLECTED
    assert (refused.sentence, refused.text) == (
        f"{wording.replies.NOT_COLLECTED} {wording.replies.WHAT_COUNTS}",
        "alpha",
    )


async def test_where_only_forms_are_collected_a_message_never_counts(world: World) -> None:
    await open_round(world, "form")

    alone = await said(world, "beta")
    await world.reply("ana", PRIVATE)
    beside = await said(world, "beta")

    assert (alone.sentence, alone.text) == (wording.replies.NOT_COLLECTED, "")
    assert (beside.sentence, beside.text) == (wording.replies.PRIVATE_STANDS, PRIVATE)
    assert not beside.counts


async def test_messages_too_long_together_leave_the_earlier_ones(world: World) -> None:
    await open_round(world)
    await said(world, "alpha" + "x" * 2_495)

    over = await said(world, "beta" + "y" * 2_496)
    await said(world, "z" * 2_500)
    alone = await said(world, "x" * (MAX_REPLY + 1))

    assert (over.state, over.sentence) == (ReceiptState.TOO_LONG, wording.replies.TOO_LONG_TOGETHER)
    assert len(over.text) == 2_500
    assert "3,001 characters" in alone.sentence
    await world.at(16)
    assert await world.points() == {"ana": 6}  # read back, the others are refused again


async def test_a_message_too_long_beside_a_private_answer_changes_nothing(world: World) -> None:
    await open_round(world)
    await said(world, "x" * 2_500)
    await world.reply("ana", PRIVATE)

    assert (await said(world, "y" * 2_500)).sentence == wording.replies.PRIVATE_STANDS


async def test_messages_that_nobody_heard_are_read_back_as_far_as_there_is_room(world: World) -> None:
    await open_round(world)
    for text in ("alpha" + "x" * 2_000, "beta" + "y" * 2_000, "gamma"):
        await world.say("ana", text)

    await world.at(16)

    (standing,) = await world.replies.standing(TODAY)
    assert (len(standing.text), standing.text[-5:]) == (2_011, "gamma")
    assert await world.points() == {"ana": 8}


async def test_a_late_reply_before_the_reveal_is_out_shows_what_counts(world: World) -> None:
    await open_round(world)
    await world.reply("ana", PRIVATE)
    receipts: list[ReceiptView] = []

    async def say() -> None:
        receipts.extend([await world.reply("ana", "beta"), await world.reply("ben", "beta")])

    world.mischief.after("close", say)
    await world.at(16)

    assert [receipt.state for receipt in receipts] == [ReceiptState.LATE] * 2
    assert receipts[0].sentence.endswith(f"too late for points. {wording.replies.WHAT_COUNTS}")
    assert receipts[1].sentence.endswith("too late for points.")


# --- while a question is just coming ---


async def test_before_its_post_stands_a_question_has_neither_form_nor_hint(world: World) -> None:
    await world.set_up()
    heard: list[object] = []

    async def ask() -> None:
        heard.append(await world.desk.answer_form(world.caller()))
        heard.append(await world.desk.answer_form(world.caller(), TODAY))
        heard.append(await world.quiz("ana", "answer alpha"))
        heard.append(await world.desk.hint(world.caller(), None, 1))
        heard.append(await world.desk.hint(world.caller(), TODAY, 1))

    world.mischief.before("post_question", ask)
    await world.at(9)

    assert heard == [NoticeView(text=wording.replies.COMING)] * 5
    assert await world.replies.standing(TODAY) == []
    assert isinstance(await world.desk.answer_form(world.caller()), FormView)


async def test_a_question_that_was_skipped_after_it_was_chosen_gives_no_hint(world: World) -> None:
    await world.set_up()
    world.mischief.after("begin", lambda: world.admin("pause"))
    await world.at(9)

    round_ = await world.get()
    assert (round_.state, round_.question is None) == (RoundState.SKIPPED, False)
    assert await world.desk.hint(world.caller(), TODAY, 1) == NoticeView(text=wording.replies.closed(revealed=False))


async def test_a_reply_under_a_post_that_its_round_does_not_know_yet_counts(world: World) -> None:
    await world.set_up()
    receipts: list[ReceiptView] = []

    async def answer() -> None:
        receipts.append(await world.reply("ana", "alpha"))

    world.mischief.before("opened", answer)
    await world.at(9)
    await world.at(16)

    assert receipts[0].state is ReceiptState.ACCEPTED
    assert await world.points() == {"ana": 6}


async def test_an_older_answer_that_comes_late_is_told_that_a_newer_one_stands(world: World) -> None:
    await open_round(world)
    older, newer = world.form("ana", "older"), world.form("ana", "newer")
    await world.desk.submit(newer)

    receipt = await world.desk.submit(older)

    assert receipt.sentence == f"{wording.replies.OVERTAKEN} {wording.replies.WHAT_COUNTS}"
    assert receipt.text == "newer"


async def test_an_older_answer_than_a_withdrawal_is_told_so(world: World) -> None:
    await open_round(world)
    older, gone = world.form("ana", "older"), world.form("ana", "", withdrawn=True)
    await world.desk.submit(gone)

    receipt = await world.desk.submit(older)

    assert (receipt.sentence, receipt.text) == (wording.replies.OVERTAKEN, "")


async def test_an_edit_that_leaves_another_message_without_room_says_so(world: World) -> None:
    await open_round(world)
    first = await world.say("ana", "alpha")
    await world.desk.submit(first)
    await said(world, "b" * 2_000)

    longer = await world.desk.submit(
        replace(first, text="alpha" + "a" * 2_000, version=first.version + 1, delivery="x")
    )

    assert longer.state is ReceiptState.ACCEPTED
    assert longer.sentence.endswith(wording.replies.WITHOUT_ROOM)
