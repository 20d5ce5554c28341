import pytest

from bot import wording
from bot.domain.ids import MemberId, PlaceId, programme_of, round_id
from bot.domain.reply import MAX_REPLY, ReceiptState
from bot.domain.round import RoundState
from bot.ports import Post, StoreUnavailable
from bot.views import FormView, NoticeView
from tests.world import BEN, FAR_PLACE, MONDAY, PLACE, TODAY, World

HALF = "alpha above all"


async def open_round(world: World) -> None:
    await world.set_up()
    await world.at(9)


async def revealed(world: World, **replies: str) -> None:
    await open_round(world)
    for name, text in replies.items():
        await world.reply(name, text)
    await world.at(16)


async def test_the_receipt_says_what_is_saved_and_how_many_have_replied(world: World) -> None:
    await open_round(world)

    first = await world.reply("ana", "  alpha\r\nbeta ")
    second = await world.reply("ben", HALF)

    assert (first.state, first.text, first.repliers) == (ReceiptState.ACCEPTED, "alpha\nbeta", 1)
    assert "You are the first" in first.sentence
    assert "2 people" in second.sentence
    assert second.reveals_at == (await world.get()).reveals_at


async def test_a_later_reply_takes_the_place_of_an_earlier_one(world: World) -> None:
    await open_round(world)

    await world.reply("ana", HALF)
    receipt = await world.reply("ana", "beta rather")

    assert (receipt.text, receipt.repliers) == ("beta rather", 1)


async def test_an_empty_form_saves_nothing_and_leaves_what_stands(world: World) -> None:
    await open_round(world)
    await world.reply("ana", HALF)

    receipt = await world.reply("ana", " \u200b ")

    assert receipt.state is ReceiptState.EMPTY
    assert [reply.text for reply in await world.replies.standing(TODAY)] == [HALF]


async def test_a_message_edited_to_nothing_is_withdrawn(world: World) -> None:
    await open_round(world)
    await world.desk.submit(await world.say("ana", HALF))
    await world.chat.amend((await world.get()).place, BEN, "nothing of ben's to amend")
    emptied = await world.chat.amend((await world.get()).place, world.caller("ana").member, "   ")
    assert emptied

    receipt = await world.desk.submit(emptied)

    assert (receipt.state, receipt.repliers) == (ReceiptState.WITHDRAWN, 0)
    assert "withdrawn" in receipt.sentence


async def test_a_reply_that_is_too_long_says_how_long_it_was_and_leaves_what_stands(world: World) -> None:
    await open_round(world)
    await world.reply("ana", HALF)

    receipt = await world.reply("ana", "x" * (MAX_REPLY + 1))

    assert receipt.state is ReceiptState.TOO_LONG
    assert "3,001 characters" in receipt.sentence
    assert (await world.reply("ana", "x" * MAX_REPLY)).state is ReceiptState.ACCEPTED


async def test_a_message_in_a_thread_counts_and_its_writer_is_told_that_all_can_read_it(world: World) -> None:
    await open_round(world)

    receipt = await world.desk.submit(await world.say("ana", HALF))

    assert receipt.sentence.startswith("Your reply counts; you are the first. Everyone can read it")
    assert "2 people" in (await world.desk.submit(await world.say("ben", HALF))).sentence


@pytest.mark.parametrize(
    ("collect", "points"), [("form", {"ana": 6}), ("thread", {"ben": 4}), ("both", {"ana": 6, "ben": 4})]
)
async def test_replies_count_only_where_they_are_collected(world: World, collect: str, points: dict[str, int]) -> None:
    await world.set_up(words=f"zone=UTC collect={collect}")
    await world.at(9)
    private = await world.reply("ana", HALF)
    await world.say("ben", "beta, as all can read")
    await world.admin("setup collect=both")  # counts from the next round on

    await world.at(16)

    assert (private.state is ReceiptState.NOT_COLLECTED) == (collect == "thread")
    assert await world.points() == points


async def test_a_reply_to_no_round_is_told_so(world: World) -> None:
    receipt = await world.reply("ana", HALF)

    assert (receipt.state, receipt.sentence) == (ReceiptState.UNKNOWN_ROUND, wording.replies.NO_ROUND)


async def test_when_the_store_does_not_answer_the_reply_is_said_not_to_be_saved(world: World) -> None:
    await open_round(world)
    world.mischief.before("submit", StoreUnavailable("silent"))

    receipt = await world.reply("ana", HALF)

    assert "NOT saved" in receipt.sentence


async def test_a_late_reply_is_told_what_it_covers_and_has_no_points(world: World) -> None:
    await revealed(world, ana=HALF)

    receipt = await world.reply("ben", "alpha and gamma")

    assert receipt.state is ReceiptState.LATE
    grade = receipt.late_grade
    assert grade
    assert [point.ticked for point in grade.points] == [True, False, True]
    assert (grade.total, grade.open_until, grade.notice) == (0, None, wording.grades.LATE_NOTICE)
    assert await world.points() == {"ana": 6}
    assert await world.quiz("ben", "grade") == NoticeView(text=wording.grades.NO_REPLY)


async def test_a_late_reply_never_replaces_one_in_time(world: World) -> None:
    await revealed(world, ana=HALF)

    receipt = await world.reply("ana", "alpha, beta and gamma")

    assert receipt.text == HALF
    assert "First your reply in time, which counts; then this one" in receipt.sentence
    assert [reply.text for reply in await world.replies.standing(TODAY)] == [HALF]


async def test_a_message_withdrawn_after_the_close_still_counts(world: World) -> None:
    await open_round(world)
    said = await world.say("ana", HALF)
    await world.desk.submit(said)
    await world.at(16)
    gone = await world.chat.withdraw((await world.get()).place, said.member)
    assert gone

    receipt = await world.desk.submit(gone)

    assert (receipt.state, receipt.late_grade) == (ReceiptState.LATE, None)
    assert receipt.sentence == f"This question has closed, so that changes nothing. {wording.replies.WHAT_COUNTS}"
    assert await world.points() == {"ana": 6}


async def test_a_late_receipt_stands_without_its_suggestion_if_the_store_falls_silent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await revealed(world, ana=HALF)
    monkeypatch.setattr(type(world.rounds), "get", _silent)

    receipt = await world.reply("ben", HALF)

    assert (receipt.state, receipt.late_grade) == (ReceiptState.LATE, None)


async def _silent(*_args: object) -> None:
    raise StoreUnavailable("silent")


# --- the form ---


async def test_the_form_shows_the_question_and_the_present_reply(world: World) -> None:
    await open_round(world)
    empty = await world.desk.answer_form(world.caller("ana"))
    await world.reply("ana", HALF)

    form = await world.desk.answer_form(world.caller("ana"), TODAY)

    assert isinstance(empty, FormView)
    assert isinstance(form, FormView)
    assert (empty.present, form.present, form.note) == ("", HALF, "")
    assert form.text == (await world.get()).asked().text


async def test_the_form_says_whether_the_present_reply_stands_for_all_to_read(world: World) -> None:
    await open_round(world)
    await world.desk.submit(await world.say("ana", HALF))
    await world.reply("ben", HALF)

    forms = [await world.desk.answer_form(world.caller(name)) for name in ("ana", "ben", "eve")]

    assert [isinstance(form, FormView) and form.visible for form in forms] == [True, False, False]


async def test_an_old_post_s_question_is_said_to_have_closed_and_the_open_one_is_named(world: World) -> None:
    await revealed(world, ana=HALF)
    over = await world.desk.answer_form(world.caller("ana"), TODAY)
    await world.admin("ask-now")
    await world.due()

    instead = await world.desk.answer_form(world.caller("ana"), TODAY)

    open_ = await world.rounds.present(PLACE)
    assert open_
    assert over == NoticeView(text=wording.replies.closed(revealed=True))
    assert instead == NoticeView(text=wording.replies.closed(revealed=True, open_topic=open_.asked().topic))
    assert isinstance(instead, NoticeView)
    assert "No question is open" not in instead.text


async def test_a_form_whose_present_reply_cannot_be_read_opens_empty_and_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_round(world)
    await world.reply("ana", HALF)
    monkeypatch.setattr(type(world.replies), "of_member", _silent)

    form = await world.desk.answer_form(world.caller("ana"))

    assert isinstance(form, FormView)
    assert (form.present, form.note) == ("", wording.replies.PRESENT_UNREAD)


async def test_there_is_no_form_for_a_round_that_takes_no_replies(world: World) -> None:
    before = await world.desk.answer_form(world.caller("ana"))
    await revealed(world)
    after = await world.desk.answer_form(world.caller("ana"), TODAY)
    elsewhere = await world.desk.answer_form(world.caller("ana", FAR_PLACE))

    assert before == elsewhere == NoticeView(text=wording.replies.NO_ROUND)
    assert after == NoticeView(text=wording.replies.closed(revealed=True))


# --- hints ---


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "Hint 1 of 2: Think of the first letters of some alphabet."),
        (2, "Hint 2 of 2: It is a Greek one."),
        (0, "There is no such hint: this question has 2."),
        (3, "There is no such hint: this question has 2."),
    ],
)
async def test_hints_are_asked_for_by_number(world: World, number: int, said: str) -> None:
    await open_round(world)

    assert (await world.desk.hint(world.caller("ana"), TODAY, number)).text == said
    assert (await world.desk.hint(world.caller("ana"), None, number)).text == said


async def test_without_a_question_there_is_no_hint(world: World) -> None:
    assert (await world.desk.hint(world.caller("ana"), None, 1)).text == wording.replies.NO_ROUND
    await world.set_up()
    await world.at(15, 30)  # too late: skipped before a question was chosen
    assert (await world.desk.hint(world.caller("ana"), TODAY, 1)).text == wording.replies.closed(revealed=False)


async def test_members_of_one_name_in_two_teams_are_two(world: World) -> None:
    await open_round(world)
    await world.set_up(FAR_PLACE)
    await world.at(9, 1)
    await world.admin("ask-now", FAR_PLACE)
    await world.due()
    far = round_id(programme_of(FAR_PLACE), MONDAY, 2)

    await world.reply("ana", HALF)
    receipt = await world.reply("ana", "beta", far)

    assert receipt.repliers == 1
    assert await world.replies.of_member(TODAY, MemberId("console:away:ana")) is None
    assert (await world.get(far)).state is RoundState.OPEN
    assert world.posts(Post.QUESTION, far, PlaceId(FAR_PLACE))


async def test_where_only_open_replies_are_collected_no_form_is_offered(world: World) -> None:
    await world.set_up(words="zone=UTC at=09:00 reveal=16:00 collect=thread")
    await world.at(9)

    assert await world.desk.answer_form(world.caller()) == NoticeView(text=wording.replies.NO_FORM)
