"""Setting the quiz up by form: two pages, faults that keep what was typed, and what the bot found out about the channel."""

import pytest

from adapters.discord.inbound.preflight import ALL_WELL
from adapters.discord.views import ways
from bot.ports import StoreUnavailable
from bot.wording import labels
from tests.adapters.discord.inbound.quiz import Quiz
from tests.adapters.discord.inbound.test_forms import written
from tests.fakes.discord import Answer, Message, Modal, NotPossible, Person, words


async def setup_form(quiz: Quiz, person: Person) -> Modal:
    form = (await quiz.type(person, "/quiz-admin setup")).modal
    assert form
    return form


async def saved(quiz: Quiz, answer: Answer) -> Message:
    """Return the status that a setup is answered with."""
    status = await quiz.shown(answer)
    assert labels.SETUP_TITLE not in words(status)
    return status


async def test_the_form_as_it_is_makes_a_programme_and_its_next_three_rounds_are_shown(quiz: Quiz) -> None:
    form = await setup_form(quiz, quiz.lead)

    status = await quiz.shown(await quiz.send(quiz.lead, form))

    assert "09:00" in words(status)
    assert words(status).count(":f>") >= 3
    await quiz.told(quiz.lead, ALL_WELL)


async def test_wrong_values_are_told_with_what_was_typed_which_stands_in_the_form_again(quiz: Quiz) -> None:
    form = await setup_form(quiz, quiz.lead)

    faults = await quiz.shown(await quiz.send(quiz.lead, form, {"zone": "Europe/Berlim", "at": "10:15"}))

    assert "Europe/Berlim" in words(faults)
    again = await quiz.opened(quiz.lead, faults, ways.TRY_AGAIN)
    assert (written(again, "zone"), written(again, "at")) == ("Europe/Berlim", "10:15")
    status = await quiz.shown(await quiz.send(quiz.lead, again, {"zone": "Europe/Berlin"}))
    assert "10:15" in words(status)
    anew = await setup_form(quiz, quiz.lead)
    assert (written(anew, "zone"), written(anew, "at")) == ("Europe/Berlin", "10:15")


async def test_more_settings_are_on_a_second_page_that_leaves_the_first_as_it_is(quiz: Quiz) -> None:
    form = await setup_form(quiz, quiz.lead)
    status = await quiz.shown(await quiz.send(quiz.lead, form, {"at": "10:15"}))

    more = await quiz.opened(quiz.lead, status, ways.MORE_SETTINGS)
    changed = await quiz.shown(await quiz.send(quiz.lead, more, {"every": "2", "admins": [quiz.ana]}))

    assert "every 2 weeks" in words(changed)
    assert "10:15" in words(changed)
    assert quiz.ana.mention in words(changed)
    assert not any(one.pings for one in quiz.discord.ephemerals(quiz.lead))


async def test_the_second_page_keeps_what_was_typed_too(quiz: Quiz) -> None:
    status = await quiz.shown(await quiz.send(quiz.lead, await setup_form(quiz, quiz.lead)))
    more = await quiz.opened(quiz.lead, status, ways.MORE_SETTINGS)

    faults = await quiz.shown(await quiz.send(quiz.lead, more, {"holidays": "XX", "every": "3"}))

    again = await quiz.opened(quiz.lead, faults, ways.TRY_AGAIN)
    assert (written(again, "holidays"), written(again, "every")) == ("XX", "3")


async def test_what_is_not_saved_is_kept_for_the_next_try(quiz: Quiz) -> None:
    form = await setup_form(quiz, quiz.lead)
    quiz.mischief.before("save_programme", StoreUnavailable())

    told = await quiz.shown(await quiz.send(quiz.lead, form, {"at": "10:15"}))

    again = await quiz.opened(quiz.lead, told, ways.TRY_AGAIN)
    assert written(again, "at") == "10:15"
    assert "10:15" in words(await quiz.shown(await quiz.send(quiz.lead, again)))


async def test_of_two_leads_the_later_does_not_undo_what_the_earlier_saved(quiz: Quiz) -> None:
    await quiz.set_up()
    mine = await setup_form(quiz, quiz.lead)
    await quiz.type(quiz.lead, "/quiz-admin setup", every=2)
    await quiz.told(quiz.lead, "every 2 weeks")

    refused = await quiz.shown(await quiz.send(quiz.lead, mine, {"at": "10:00"}))

    assert "changed elsewhere since you opened this form" in words(refused)
    again = await quiz.opened(quiz.lead, refused, ways.TRY_AGAIN)
    assert "asks 10:00" in words(await quiz.shown(await quiz.send(quiz.lead, again)))


async def test_a_channel_in_which_the_bot_may_not_write_is_told_with_what_to_allow(quiz: Quiz) -> None:
    quiz.discord.deny(quiz.channel, quiz.discord.bot, "send_messages", "read_message_history")

    await quiz.send(quiz.lead, await setup_form(quiz, quiz.lead))

    told = words(await quiz.told(quiz.lead, "will not work here yet"))
    assert "Send Messages" in told
    assert "Read Message History" in told


async def test_what_it_can_do_without_is_told_apart(quiz: Quiz) -> None:
    quiz.discord.deny(quiz.channel, quiz.discord.bot, "create_public_threads", "add_reactions")
    form = await setup_form(quiz, quiz.lead)

    await quiz.send(quiz.lead, form, {"collect": "form"})

    told = words(await quiz.told(quiz.lead, "but with less"))
    assert "Create Public Threads" in told
    assert "Add Reactions" not in told


async def test_who_may_not_manage_the_server_does_not_see_the_commands(quiz: Quiz) -> None:
    with pytest.raises(NotPossible):
        await quiz.discord.type_command(quiz.ana, quiz.channel, "/quiz-admin setup")


async def test_whom_the_server_lets_use_the_commands_looks_after_the_quiz(quiz: Quiz) -> None:
    """A server's own rules may show them to others: Discord delivers the command only from those."""
    for command in quiz.discord.world.commands[None].values():
        command["default_member_permissions"] = None

    status = await quiz.shown(await quiz.send(quiz.ana, await setup_form(quiz, quiz.ana)))

    more = await quiz.opened(quiz.ana, status, ways.MORE_SETTINGS)
    assert "every 2 weeks" in words(await quiz.shown(await quiz.send(quiz.ana, more, {"every": "2"})))
    await quiz.shown(await quiz.type(quiz.ana, "/quiz-admin next"))
    await quiz.press(quiz.ana, quiz.discord.ephemerals(quiz.ana)[-1], labels.ANOTHER)
    assert not quiz.all_told(quiz.ana, "Only those who look after the quiz")


async def test_in_a_thread_it_is_the_channel_that_is_set_up(quiz: Quiz) -> None:
    message = quiz.discord.say(quiz.lead, quiz.channel, "Shall we?")
    thread = quiz.discord.open_thread(quiz.lead, message, "A quiz")

    form = (await quiz.discord.type_command(quiz.lead, thread, "/quiz-admin setup")).modal
    assert form
    await quiz.shown(await quiz.send(quiz.lead, form))

    assert await quiz.ask() in quiz.channel.messages


async def test_somebody_named_without_a_mention_is_nobody_that_the_bot_could_tell_anything(quiz: Quiz) -> None:
    await quiz.set_up()
    told = await quiz.shown(await quiz.type(quiz.lead, "/quiz-admin setup", admins=f"{quiz.ana.mention}, Ben Young"))
    assert "Ben Young" in words(told)
    assert "mention" in words(told)
    assert quiz.ana.mention not in words(await quiz.shown(await quiz.type(quiz.lead, "/quiz-admin status")))

    for said, is_named in ((f"{quiz.ana.mention} {quiz.ben.id}", True), ("none", False)):
        changed = await quiz.shown(await quiz.type(quiz.lead, "/quiz-admin setup", admins=said))
        for person in (quiz.ana, quiz.ben):
            assert (person.mention in words(changed)) is is_named
