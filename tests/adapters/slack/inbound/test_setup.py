"""Setting the quiz up by form: faults in the form, and what the bot found out about the channel."""

import logging

import pytest

from adapters.slack.inbound import preflight
from tests.adapters.slack.inbound.quiz import Quiz, spoken
from tests.fakes.slack import Channel, Person, View


async def setup_form(quiz: Quiz, person: Person, channel: Channel) -> View:
    await quiz.slack.type_command(person, channel, "/quiz-admin setup")
    return await quiz.slack.until(lambda: quiz.form(person))


async def test_the_zone_is_the_lead_s_own_and_the_form_as_it_is_makes_a_programme(quiz: Quiz) -> None:
    form = await setup_form(quiz, quiz.lead, quiz.channel)
    assert "Europe/Berlin" in str(form.blocks)
    assert (await quiz.slack.submit(quiz.lead, form)).outcome == "closed"
    shown = spoken(await quiz.told(quiz.lead, "09:00"))
    assert "Europe/Berlin" in shown
    await quiz.told(quiz.lead, preflight.ALL_WELL)


async def test_wrong_values_are_told_at_their_fields_and_nothing_is_kept(quiz: Quiz) -> None:
    form = await setup_form(quiz, quiz.lead, quiz.channel)
    refused = await quiz.slack.submit(quiz.lead, form, {"zone": "Europe/Berlim", "holidays": "XX"})
    assert set(refused.errors) == {"zone", "holidays"}
    assert (await quiz.slack.submit(quiz.lead, form, {"zone": "UTC", "holidays": "DE-BE"})).outcome == "closed"
    await quiz.told(quiz.lead, "09:00")


async def test_it_may_be_opened_again_and_changed(quiz: Quiz) -> None:
    await quiz.set_up()
    form = await setup_form(quiz, quiz.lead, quiz.channel)
    assert (await quiz.slack.submit(quiz.lead, form, {"at": "10:15"})).outcome == "closed"
    await quiz.told(quiz.lead, "10:15")


async def test_who_was_named_may_change_it_too(quiz: Quiz) -> None:
    await quiz.set_up(f"admins=<@{quiz.ana.id}|ana>")
    form = await setup_form(quiz, quiz.ana, quiz.channel)
    assert (await quiz.slack.submit(quiz.ana, form)).outcome == "closed"
    await quiz.slack.type_command(quiz.ben, quiz.channel, "/quiz-admin setup")
    await quiz.told(quiz.ben, "Only those who look after the quiz")
    assert not quiz.slack.modal(quiz.ben)


@pytest.mark.parametrize("typed", ["admins=ana", "admins=@ana at=10:00", "at=10:00 admins=<@{0}>, Ben"])
async def test_a_name_without_a_mention_is_nobody_and_that_is_said(quiz: Quiz, typed: str) -> None:
    await quiz.slack.type_command(quiz.lead, quiz.channel, f"/quiz-admin setup {typed.format(quiz.ana.id)}")

    told = spoken(await quiz.told(quiz.lead, "Nothing was changed"))
    assert ("Ben" if "Ben" in typed else "ana") in told
    assert quiz.ana.id not in told
    await quiz.type(quiz.lead, "/quiz-admin status")
    await quiz.told(quiz.lead, "/quiz-admin setup")


async def test_nobody_may_be_named_and_named_no_more(quiz: Quiz) -> None:
    await quiz.set_up(f"admins=<@{quiz.ana.id}>,{quiz.ben.id}")
    await quiz.type(quiz.lead, "/quiz-admin setup admins=none")
    await quiz.told(quiz.lead, "changed admins from")
    await quiz.type(quiz.ana, "/quiz-admin setup at=10:15")
    await quiz.told(quiz.ana, "Only those who look after the quiz")
    assert quiz.all_told(quiz.lead, "Nothing was changed") == []


async def test_where_the_bot_is_not_it_says_how_to_invite_it(quiz: Quiz) -> None:
    for private in (False, True):
        elsewhere = quiz.slack.add_channel(f"elsewhere-{private}", creator=quiz.lead, with_bot=False, private=private)
        quiz.lead.is_owner = True
        form = await setup_form(quiz, quiz.lead, elsewhere)
        assert (await quiz.slack.submit(quiz.lead, form)).outcome == "closed"
        told = spoken(await quiz.told(quiz.lead, "/invite", nth=int(private)))
        assert elsewhere.id in told
        assert quiz.slack.workspace.bot.id in told


async def test_what_cannot_be_looked_at_is_not_said_to_be_wrong(quiz: Quiz, caplog: pytest.LogCaptureFixture) -> None:
    form = await setup_form(quiz, quiz.lead, quiz.channel)
    quiz.slack.faults.next("conversations.info", "unknown_method")
    await quiz.slack.submit(quiz.lead, form)
    await quiz.told(quiz.lead, preflight.NOT_LOOKED)
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


async def test_a_missing_scope_is_named(quiz: Quiz) -> None:
    form = await setup_form(quiz, quiz.lead, quiz.channel)
    quiz.slack.bot_scopes.discard("channels:history")
    await quiz.slack.submit(quiz.lead, form)
    await quiz.told(quiz.lead, "channels:history")


async def test_threads_are_not_read_where_only_forms_are_collected(quiz: Quiz) -> None:
    form = await setup_form(quiz, quiz.lead, quiz.channel)
    quiz.slack.bot_scopes.discard("channels:history")
    await quiz.slack.submit(quiz.lead, form, {"collect": "form"})
    await quiz.told(quiz.lead, preflight.ALL_WELL_WITHOUT_THREADS)


async def test_a_channel_in_which_only_some_may_post_is_not_said_to_be_well(quiz: Quiz) -> None:
    quiz.channel.posted_by = [quiz.lead.id]
    form = await setup_form(quiz, quiz.lead, quiz.channel)
    await quiz.slack.submit(quiz.lead, form)
    await quiz.told(quiz.lead, "only some people post")


async def test_of_two_leads_the_later_does_not_undo_what_the_earlier_saved(quiz: Quiz) -> None:
    await quiz.set_up()
    mine = await setup_form(quiz, quiz.lead, quiz.channel)
    await quiz.type(quiz.lead, "/quiz-admin setup every=2")
    await quiz.told(quiz.lead, "every 2 weeks")

    refused = await quiz.send(quiz.lead, mine, {"at": "10:00"})

    assert "every=2" in refused.errors["at"]
    await quiz.slack.close(quiz.lead, mine)
    anew = await setup_form(quiz, quiz.lead, quiz.channel)
    assert (await quiz.send(quiz.lead, anew, {"at": "10:00"})).outcome == "closed"
    await quiz.told(quiz.lead, "asks 10:00, reveals 16:00, mon-fri, every 2 weeks")


async def test_a_slack_that_does_not_say_is_said(quiz: Quiz) -> None:
    form = await setup_form(quiz, quiz.lead, quiz.channel)
    quiz.slack.faults.next("chat.update", "fatal_error", times=100)
    await quiz.slack.submit(quiz.lead, form)
    await quiz.slack.until(lambda: quiz.all_told(quiz.lead, preflight.NOT_TOLD), seconds=8)


async def test_a_setup_that_was_typed_is_looked_at_too(quiz: Quiz) -> None:
    await quiz.set_up()
    await quiz.told(quiz.lead, preflight.ALL_WELL)
