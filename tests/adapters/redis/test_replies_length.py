"""A member's thread messages have the room of one reply together."""

import json

from adapters.redis import keys
from bot.domain.reply import MAX_MESSAGES, ReceiptState, Via
from tests.adapters.redis.test_replies import form, message, open_round
from tests.world import ANA, TODAY, World


async def test_messages_have_the_length_of_one_reply_together_in_characters_not_bytes(world: World) -> None:
    await open_round(world)
    await world.replies.submit(message("\N{WOMAN}" * 1_500, part="1"))

    fits = await world.replies.submit(message("\u05e9" * 1_499, part="2"))  # with the line end between them: 3,000
    over = await world.replies.submit(message("x", part="3"))
    longer = await world.replies.submit(message("x" * 1_501, part="1", version=2))

    assert (fits.state, len(fits.text)) == (ReceiptState.ACCEPTED, 3_000)
    assert over.state is longer.state is ReceiptState.TOO_LONG
    assert over.text == longer.text == fits.text
    assert over.via is Via.THREAD


async def test_an_edit_that_makes_room_is_taken_and_so_is_what_then_fits(world: World) -> None:
    await open_round(world)
    await world.replies.submit(message("a" * 2_000, part="1"))
    await world.replies.submit(message("b" * 2_000, part="2"))

    shorter = await world.replies.submit(message("a" * 900, part="1", version=2))
    fits = await world.replies.submit(message("b" * 2_000, part="2", version=3))

    assert (shorter.state, shorter.text) == (ReceiptState.ACCEPTED, "a" * 900)
    assert (fits.state, fits.text) == (ReceiptState.ACCEPTED, "a" * 900 + "\n" + "b" * 2_000)


async def test_of_what_is_too_long_already_a_shorter_text_is_taken(world: World) -> None:
    await open_round(world)
    await world.replies.submit(message("a" * 10))
    old = {part: {"v": "1", "t": "x" * 2_500, "x": False} for part in "12"}
    await world.store.steady.hset(keys.replies(TODAY), ANA, json.dumps(old))

    receipt = await world.replies.submit(message("x" * 2_400, version=2))

    assert (receipt.state, len(receipt.text)) == (ReceiptState.ACCEPTED, 4_901)


async def test_what_was_refused_as_too_long_stays_refused_when_it_is_delivered_again(world: World) -> None:
    await open_round(world)
    await world.replies.submit(message("a" * 2_000, part="1"))
    refused = message("b" * 2_000, part="2")
    await world.replies.submit(refused)
    await world.replies.submit(message("", part="1", version=2, withdrawn=True))

    again = await world.replies.submit(refused)

    assert (again.state, again.text, again.repliers) == (ReceiptState.TOO_LONG, "", 0)


async def test_a_member_has_fifty_messages_in_a_round_those_deleted_among_them(world: World) -> None:
    await open_round(world)
    for number in range(MAX_MESSAGES):
        await world.replies.submit(message("a", part=str(number)))
    await world.replies.submit(message("", part="0", version=2, withdrawn=True))

    one_more = await world.replies.submit(message("b", part="50"))
    its_end = await world.replies.submit(message("", part="50", version=2, withdrawn=True))
    edited = await world.replies.submit(message("c", part="0", version=3))
    private = await world.replies.submit(form("private"))

    assert one_more.state is ReceiptState.TOO_LONG
    assert (its_end.state, its_end.text) == (ReceiptState.ACCEPTED, one_more.text)
    assert edited.text == "c\n" + one_more.text
    assert private.text == "private"
    record = json.loads(await world.store.steady.hget(keys.replies(TODAY), ANA) or "")
    assert len(record) == MAX_MESSAGES + 1


async def test_a_late_message_without_room_is_late(world: World) -> None:
    await open_round(world)
    await world.at(16)
    await world.replies.submit(message("a" * 2_000, part="1"))

    assert (await world.replies.submit(message("b" * 2_000, part="2"))).state is ReceiptState.LATE
