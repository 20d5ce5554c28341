"""A member's own page."""

from adapters.slack.inbound import home
from adapters.slack.views import ways
from tests.adapters.slack.inbound.quiz import Quiz
from tests.fakes.slack import Message, Person, View, pressable


async def page(quiz: Quiz, person: Person, *words: str) -> View:
    """Open the page and wait until it says these words."""
    quiz.slack.open_home(person)
    return await quiz.slack.until(lambda: shown(quiz, person, *words))


def shown(quiz: Quiz, person: Person, *words: str) -> View | None:
    view = quiz.slack.home(person)
    return view if view and all(word in str(view.blocks) for word in words) else None


async def test_what_is_open_can_be_answered_there_and_the_page_says_so(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, await page(quiz, quiz.ana, "You have not replied yet"), "Answer")
    assert (await quiz.slack.submit(quiz.ana, form, {"text": "alpha"})).outcome == "closed"
    await quiz.told(quiz.ana, "Your reply is saved")
    await quiz.slack.until(lambda: shown(quiz, quiz.ana, "You have replied"))


async def test_practising_and_the_board_open_over_the_page(quiz: Quiz, post: Message) -> None:
    await quiz.reveal()
    view = await page(quiz, quiz.ana, "Practise")
    form = await quiz.opened(quiz.ana, view, "Practise")
    assert (await quiz.slack.submit(quiz.ana, form, {"text": "alpha"})).outcome == "updated"
    top = quiz.slack.modal(quiz.ana)
    assert top
    await quiz.slack.close(quiz.ana, top)
    await quiz.slack.click(quiz.ana, view, "Leaderboard")
    await quiz.slack.until(lambda: quiz.slack.modal(quiz.ana))


async def test_programmes_are_shown_to_those_who_look_after_them_alone(quiz: Quiz, post: Message) -> None:
    quiz.ben.is_admin = True
    for person in (quiz.lead, quiz.ben):
        view = await page(quiz, person, "Change the setup")
    form = await quiz.opened(quiz.ben, view, "Change the setup")
    assert (await quiz.slack.submit(quiz.ben, form)).outcome == "closed"
    assert "Change the setup" not in str((await page(quiz, quiz.ana, "Practise")).blocks)


async def test_only_channels_that_one_is_in_are_shown(quiz: Quiz, post: Message) -> None:
    stranger = quiz.slack.add_user("Dana")
    quiz.slack.add_channel("elsewhere", creator=stranger)
    view = await page(quiz, stranger, "There is no quiz in your channels yet")
    assert "Answer" not in str(view.blocks)


async def test_a_store_that_is_away_is_said_on_the_page(quiz: Quiz, post: Message) -> None:
    await quiz.stall(1.6)
    await page(quiz, quiz.ana, "did not answer in time")


async def test_a_slack_that_says_no_channels_is_said_on_the_page(quiz: Quiz, post: Message) -> None:
    quiz.slack.bot_scopes.discard("channels:read")
    await page(quiz, quiz.ana, home.PLACES_UNKNOWN)


async def test_where_slack_lists_no_channels_those_with_a_quiz_are_looked_through(quiz: Quiz, post: Message) -> None:
    stranger = quiz.slack.add_user("Dana")
    quiz.slack.faults.next("users.conversations", "unknown_method", times=2)
    await page(quiz, quiz.ana, "You have not replied yet")
    await page(quiz, stranger, "There is no quiz in your channels yet")


async def test_the_messages_tab_draws_nothing(quiz: Quiz) -> None:
    quiz.slack.open_home(quiz.ana, tab="messages")
    await quiz.rest()
    assert not quiz.slack.home(quiz.ana)


async def test_where_only_threads_are_collected_there_is_no_form_to_open(quiz: Quiz) -> None:
    await quiz.set_up("collect=thread")
    await quiz.type(quiz.lead, "/quiz-admin ask-now")
    await quiz.later_until(quiz.post)
    view = await page(quiz, quiz.ana, ways.ANSWER_THERE)
    assert "Answer" not in [text for text, _ in pressable(view.blocks)]
