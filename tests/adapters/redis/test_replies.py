import asyncio
import random
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.redis import keys
from bot.domain.ids import MemberId
from bot.domain.reply import PointVerdict, ReceiptState, Reply, StandingReply, Suggestion, Verdict, Via
from bot.ports import Superseded
from tests.world import ANA, BEN, LEASE, TODAY, World


def message(text: str, *, part: str = "1", version: int = 1, withdrawn: bool = False, member: MemberId = ANA) -> Reply:
    return Reply(
        round=TODAY,
        member=member,
        text=text,
        via=Via.THREAD,
        delivery=f"{member}/{part}/{version}",
        version=version,
        part=part,
        withdrawn=withdrawn,
    )


def form(text: str, *, version: int = 1, delivery: str = "", member: MemberId = ANA) -> Reply:
    return Reply(
        round=TODAY,
        member=member,
        text=text,
        via=Via.FORM,
        delivery=delivery or f"{member}/form/{version}",
        version=version,
    )


async def open_round(world: World) -> None:
    await world.set_up()
    await world.at(9)


async def texts(world: World) -> dict[str, str]:
    return {reply.member.rpartition(":")[2]: reply.text for reply in await world.replies.standing(TODAY)}


async def test_a_repeated_delivery_changes_nothing_and_has_the_same_answer(world: World) -> None:
    await open_round(world)
    first = await world.replies.submit(form("one", delivery="a"))
    await world.replies.submit(form("two", version=2, delivery="b"))

    again = await world.replies.submit(form("one", version=3, delivery="a"))

    assert (again.state, again.text, again.repliers) == (first.state, "two", 1)


async def test_an_older_version_changes_nothing(world: World) -> None:
    await open_round(world)
    await world.replies.submit(message("edited", version=5))

    receipt = await world.replies.submit(message("as it was", version=4))

    assert (receipt.state, receipt.text, receipt.overtaken) == (ReceiptState.ACCEPTED, "edited", True)


async def test_versions_are_compared_to_the_microsecond(world: World) -> None:
    await open_round(world)
    now = 1_772_000_000_123_456
    await world.replies.submit(form("newer", version=now + 1, delivery="b"))

    await world.replies.submit(form("older", version=now, delivery="a"))

    assert await texts(world) == {"ana": "newer"}


async def test_several_messages_of_a_member_are_joined_in_their_order(world: World) -> None:
    await open_round(world)
    for part in ("10", "9", "11"):
        await world.replies.submit(message(f"part {part}", part=part, version=int(part)))

    (reply,) = await world.replies.standing(TODAY)

    assert reply == StandingReply(
        member=ANA, text="part 9\npart 10\npart 11", version=11, visible=True, parts=("9", "10", "11")
    )
    assert await world.repliers(TODAY) == 1


async def test_a_form_beats_messages_and_is_not_there_to_be_read(world: World) -> None:
    await open_round(world)
    await world.replies.submit(form("private", version=1))
    receipt = await world.replies.submit(message("open", version=9))

    assert (receipt.text, receipt.via) == ("private", Via.FORM)
    assert await world.replies.of_member(TODAY, ANA) == StandingReply(member=ANA, text="private", version=1)


async def test_who_opens_a_form_reads_the_round_with_their_own_reply_in_it(world: World) -> None:
    nowhere = await world.replies.to_answer(TODAY, ANA)
    await open_round(world)
    before = await world.replies.to_answer(TODAY, ANA)
    await world.replies.submit(form('größer / "kleiner"'))

    after = await world.replies.to_answer(TODAY, ANA)
    somebody_else = await world.replies.to_answer(TODAY, BEN)

    assert nowhere == (None, None)
    assert before[1] is somebody_else[1] is None
    assert after == (await world.get(), await world.replies.of_member(TODAY, ANA))
    assert somebody_else[0] == after[0]
    assert after[1]
    assert after[1].text == 'größer / "kleiner"'


async def test_deleting_one_message_withdraws_only_its_part(world: World) -> None:
    await open_round(world)
    await world.replies.submit(message("one", part="1"))
    await world.replies.submit(message("two", part="2"))

    one_left = await world.replies.submit(message("", part="1", version=2, withdrawn=True))
    none_left = await world.replies.submit(message("", part="2", version=3, withdrawn=True))

    assert (one_left.state, one_left.text, one_left.repliers) == (ReceiptState.ACCEPTED, "two", 1)
    assert (none_left.state, none_left.text, none_left.repliers) == (ReceiptState.WITHDRAWN, "", 0)
    assert await world.replies.standing(TODAY) == []
    assert await world.replies.of_member(TODAY, ANA) is None


async def test_a_deletion_that_comes_before_its_message_wins(world: World) -> None:
    await open_round(world)

    await world.replies.submit(message("", version=7, withdrawn=True))
    receipt = await world.replies.submit(message("too early", version=1))

    assert (receipt.state, receipt.repliers, receipt.overtaken) == (ReceiptState.WITHDRAWN, 0, True)
    assert await texts(world) == {}


async def test_in_whatever_order_deliveries_come_the_same_stands(world: World) -> None:
    await open_round(world)
    deliveries = [message(f"v{version}", part=part, version=version) for part in "12" for version in range(1, 6)]
    deliveries += [message("", part="2", version=6, withdrawn=True)]

    order = random.Random(7)
    for _ in range(5):
        shuffled = order.sample(deliveries, len(deliveries))
        await asyncio.gather(*(world.replies.submit(reply) for reply in shuffled))

    assert await texts(world) == {"ana": "v5"}
    assert await world.repliers(TODAY) == 1


@pytest.mark.parametrize(
    "text", ["{}", "KEYS[1]", "\\u0000 \"'", "👩\u200d💻 שלום", "x" * 3_000, "*3\r\n$3\r\nSET\r\n"]
)
async def test_any_text_comes_back_as_it_was(world: World, text: str) -> None:
    await open_round(world)

    receipt = await world.replies.submit(form(text))

    assert receipt.text == text
    assert await texts(world) == {"ana": text}


async def test_an_answer_to_a_repeated_delivery_says_what_stands_now(world: World) -> None:
    await open_round(world)
    first, gone = message("one"), message("", version=2, withdrawn=True)
    await world.replies.submit(first)
    await world.replies.submit(gone)

    assert (await world.replies.submit(first)).state is ReceiptState.WITHDRAWN
    await world.replies.submit(form("private"))
    again = await world.replies.submit(gone)
    assert (again.state, again.via) == (ReceiptState.ACCEPTED, Via.FORM)


async def test_a_question_that_is_being_posted_already_takes_replies(world: World) -> None:
    await world.set_up()
    world.mischief.after("post_question", lambda: world.replies.submit(form("quick")))

    await world.at(9)

    assert await texts(world) == {"ana": "quick"}


async def test_after_the_close_a_reply_is_kept_apart(world: World) -> None:
    await open_round(world)
    await world.replies.submit(form("in time"))
    await world.at(16)

    late = await world.replies.submit(form("late", version=2))
    stranger = await world.replies.submit(form("late", member=BEN))

    assert (late.state, late.text, late.repliers) == (ReceiptState.LATE, "in time", 1)
    assert (stranger.state, stranger.text, stranger.repliers) == (ReceiptState.LATE, "", 1)
    assert await texts(world) == {"ana": "in time"}


async def test_a_round_that_is_not_there_or_was_skipped_takes_nothing(world: World) -> None:
    unknown = await world.replies.submit(form("hello"))
    await world.set_up()
    await world.at(15, 30)
    skipped = await world.replies.submit(form("hello"))

    assert unknown.state is skipped.state is ReceiptState.UNKNOWN_ROUND
    assert unknown.reveals_at is None
    assert await texts(world) == {}
    assert await world.repliers(TODAY) == 0


def suggestion(evidence: str) -> Suggestion:
    verdicts = (PointVerdict(verdict=Verdict.COVERED, evidence=evidence), PointVerdict(verdict=Verdict.CANNOT_JUDGE))
    return Suggestion(verdicts=verdicts, grader="g", version="2")


async def test_what_another_grader_thinks_is_kept_beside_it(world: World) -> None:
    await open_round(world)
    await world.reply("ana", "eins")
    world.clock.go(hours=7)
    both = replace(suggestion("eins"), second=suggestion("ein"))

    await world.replies.keep_suggestions(await world.claim(), {ANA: both})

    assert await world.replies.suggestion(TODAY, ANA) == both


async def test_a_suggestion_once_made_stays(world: World) -> None:
    await open_round(world)
    await world.reply("ana", "eins")
    await world.reply("ben", "b")
    world.clock.go(hours=7)
    lease = await world.claim()

    await world.replies.keep_suggestions(lease, {ANA: suggestion('"eins" \N{EM DASH} 1')})
    await world.replies.keep_suggestions(lease, {ANA: suggestion("other"), BEN: suggestion("b")})

    assert await world.replies.suggestions(TODAY) == {ANA: suggestion('"eins" \N{EM DASH} 1'), BEN: suggestion("b")}
    assert await world.replies.suggestion(TODAY, ANA) == suggestion('"eins" \N{EM DASH} 1')
    assert await world.replies.suggestion(TODAY, MemberId("console:home:nobody")) is None


async def test_whoever_was_overtaken_keeps_no_suggestion(world: World) -> None:
    await open_round(world)
    world.clock.go(hours=7)
    old = await world.claim()
    world.clock.go(seconds=LEASE)
    await world.claim()

    with pytest.raises(Superseded):
        await world.replies.keep_suggestions(old, {ANA: suggestion("a")})

    assert await world.replies.suggestions(TODAY) == {}


async def test_deliveries_are_remembered_for_a_week(world: World) -> None:
    await open_round(world)
    await world.replies.submit(form("one"))

    seconds = await world.store.steady.ttl(f"studybot:console:home:deliveries:{TODAY.removeprefix('console:home:')}")

    assert 0 < seconds <= timedelta(days=7).total_seconds()


async def test_a_late_reply_to_a_settled_round_runs_out_with_the_round(world: World) -> None:
    await open_round(world)
    await world.replies.submit(form("in time"))
    await world.at(16)
    await world.later(hours=49)
    await world.replies.submit(form("late", version=2))

    left = await world.store.steady.ttl(keys.late_replies(TODAY))

    assert 0 < left <= await world.store.steady.ttl(keys.round_(TODAY)) <= world.store.limits.kept
