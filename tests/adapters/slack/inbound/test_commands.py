"""What is typed, and who may."""

import logging

import pytest

from adapters.slack.inbound.commands import NO_CHANNEL, NOT_KNOWN
from bot import wording
from bot.ports import StoreUnavailable
from tests.adapters.slack.inbound.quiz import Quiz, spoken
from tests.fakes.slack import Message, payloads


async def test_help_is_private(quiz: Quiz) -> None:
    answer = await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz help")
    assert answer.ok
    await quiz.told(quiz.ana, "/quiz answer")
    assert not quiz.slack.visible(quiz.channel)


async def test_a_slip_of_the_pen_gets_the_nearest_command(quiz: Quiz) -> None:
    await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz laederboard")
    await quiz.told(quiz.ana, "Did you mean /quiz leaderboard?")


async def test_commands_work_where_the_bot_is_not(quiz: Quiz) -> None:
    elsewhere = quiz.slack.add_channel("elsewhere", creator=quiz.ana, with_bot=False)
    await quiz.slack.type_command(quiz.ana, elsewhere, "/quiz help")
    await quiz.told(quiz.ana, "/quiz answer")


async def test_commands_work_in_a_direct_conversation(quiz: Quiz) -> None:
    await quiz.slack.type_command(quiz.ana, quiz.slack.dm(quiz.ana), "/quiz answer")
    await quiz.told(quiz.ana, "No question is open here")


@pytest.mark.parametrize("typed", ["setup", "setup at=09:00"])
async def test_a_setup_typed_in_a_direct_conversation_is_sent_to_a_channel(quiz: Quiz, typed: str) -> None:
    quiz.lead.is_admin = True
    await quiz.slack.type_command(quiz.lead, quiz.slack.dm(quiz.lead), f"/quiz-admin {typed}")
    await quiz.told(quiz.lead, NO_CHANNEL)
    assert not quiz.slack.modal(quiz.lead)


async def test_who_created_the_channel_needs_no_word_on_who_they_are(quiz: Quiz) -> None:
    quiz.slack.bot_scopes.discard("users:read")
    await quiz.slack.type_command(quiz.lead, quiz.channel, "/quiz-admin setup")
    await quiz.slack.until(lambda: quiz.form(quiz.lead))


async def test_an_answer_typed_in_the_command_is_taken(quiz: Quiz, post: Message) -> None:
    await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz answer alpha & beta")
    await quiz.told(quiz.ana, "Your reply is saved")
    form = await quiz.opened(quiz.ana, post, "Answer")
    assert "alpha & beta" in str(form.blocks)


async def test_an_answer_without_a_text_opens_the_form(quiz: Quiz, post: Message) -> None:
    await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz answer")
    form = await quiz.slack.until(lambda: quiz.form(quiz.ana))
    assert (await quiz.slack.submit(quiz.ana, form, {"text": "alpha"})).outcome == "closed"
    await quiz.told(quiz.ana, "Your reply is saved")


async def test_a_store_that_is_slow_gets_a_page_that_waits(quiz: Quiz, post: Message) -> None:
    await quiz.stall(0.6)
    await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz answer")
    await quiz.slack.until(lambda: quiz.slack.modal(quiz.ana))
    assert not quiz.form(quiz.ana)
    await quiz.slack.until(lambda: quiz.form(quiz.ana))


async def test_a_file_is_handed_over_in_one_s_own_conversation(quiz: Quiz, post: Message) -> None:
    await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz answer alpha")
    await quiz.told(quiz.ana, "Your reply is saved")
    await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz export")
    await quiz.told(quiz.ana, "It is in your own conversation with me")
    files = [file for message in quiz.every_dm(quiz.ana) for file in message.files]
    assert len(files) == 1
    assert b"alpha" in (files[0].content or b"")


async def test_who_created_the_channel_and_workspace_admins_look_after_the_quiz_and_others_do_not(quiz: Quiz) -> None:
    quiz.ben.is_admin = True
    for person in (quiz.lead, quiz.ben):
        await quiz.slack.type_command(person, quiz.channel, "/quiz-admin status")
        await quiz.told(person, wording.programmes.NO_PROGRAMME[:20])
    await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz-admin status")
    await quiz.told(quiz.ana, "Only those who look after the quiz")


async def test_where_slack_does_not_say_who_is_who_nobody_is_turned_away_for_good(quiz: Quiz) -> None:
    quiz.ben.is_admin = True
    quiz.slack.faults.next("users.info", "fatal_error", times=50)
    await quiz.slack.type_command(quiz.ben, quiz.channel, "/quiz-admin status")
    await quiz.told(quiz.ben, NOT_KNOWN)
    quiz.slack.faults.clear()
    await quiz.slack.type_command(quiz.ben, quiz.channel, "/quiz-admin status")
    await quiz.told(quiz.ben, wording.programmes.NO_PROGRAMME[:20])


async def test_who_is_who_is_asked_once_in_some_minutes(quiz: Quiz) -> None:
    for _ in range(3):
        await quiz.slack.type_command(quiz.lead, quiz.channel, "/quiz-admin status")
        await quiz.rest()
    assert quiz.slack.log.count("users.info") == quiz.slack.log.count("conversations.info") == 1


async def test_a_store_that_is_away_has_a_sentence(quiz: Quiz, post: Message) -> None:
    quiz.mischief.wild = lambda _name: StoreUnavailable()
    await quiz.slack.type_command(quiz.ana, quiz.channel, "/leaderboard")
    await quiz.told(quiz.ana, wording.desk.NOT_DONE[:40])
    quiz.mischief.wild = None


async def test_an_answer_finds_its_way_when_the_first_way_is_closed(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payloads, "_response_url", lambda slack, *_: f"{slack.address}/commands/too-old")
    await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz help")
    await quiz.told(quiz.ana, "/quiz answer")
    stranger = quiz.slack.add_user("Dana")
    await quiz.slack.type_command(stranger, quiz.slack.dm(stranger), "/quiz help")
    await quiz.slack.until(lambda: quiz.every_dm(stranger) or quiz.all_told(stranger, "/quiz answer"))
    quiz.slack.invalid.clear()


async def test_nothing_that_people_write_is_logged(quiz: Quiz, post: Message, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz answer alphabetagamma")
        await quiz.told(quiz.ana, "Your reply is saved")
        quiz.slack.say(quiz.ben, quiz.channel, "alphabetagamma", thread=post)
        form = await quiz.opened(quiz.chris, post, "Answer")
        await quiz.slack.submit(quiz.chris, form, {"text": "alphabetagamma"})
        await quiz.rest()
    ours = [record for record in caplog.records if record.name.startswith(("adapters", "bot", "slack"))]
    assert ours
    said = " ".join(f"{record.getMessage()} {vars(record)}" for record in ours)
    assert "alphabetagamma" not in said
    assert quiz.slack.bot_token not in said


async def test_a_typed_answer_that_is_not_saved_is_given_back(quiz: Quiz, post: Message) -> None:
    quiz.mischief.before("submit", StoreUnavailable())
    await quiz.type(quiz.ana, "/quiz answer alpha, and much more")
    told = await quiz.told(quiz.ana, "NOT saved")
    assert "alpha, and much more" in spoken(told)
