"""One quiz day in Slack, as people live it: set up by form, asked on schedule, answered three ways, revealed, looked at."""

from adapters.slack.inbound.marks import MARK
from bot.wording import labels
from tests.adapters.slack.inbound.quiz import Quiz
from tests.fakes.slack import Message, Person


async def set_up(quiz: Quiz) -> None:
    slack, lead = quiz.slack, quiz.lead
    await quiz.type(lead, "/quiz-admin setup")
    form = await slack.until(lambda: quiz.form(lead))
    assert (await quiz.send(lead, form)).outcome == "closed"
    await quiz.told(lead, "All set: I am in this channel")


async def answered(quiz: Quiz, person: Person, post: Message, text: str) -> None:
    form = await quiz.opened(person, post, "Answer")
    assert (await quiz.send(person, form, {"text": text})).outcome == "closed"


async def play(quiz: Quiz) -> None:
    slack, (ana, ben, chris) = quiz.slack, (quiz.ana, quiz.ben, quiz.chris)
    await set_up(quiz)
    await quiz.at(8)
    post = await quiz.later_until(quiz.post)

    await answered(quiz, ana, post, "I say alpha")
    await quiz.told(ana, "Your reply is saved")
    await answered(quiz, ben, post, "I say beta")
    again = await quiz.opened(ben, post, "Answer")
    assert "I say beta" in str(again.blocks)
    assert (await quiz.send(ben, again, {"text": "I say alpha and beta"})).outcome == "closed"
    reply = slack.say(chris, quiz.channel, "I say gamma", thread=post)
    await slack.until(lambda: reply.reactions.get(MARK))
    await quiz.told(chris, "Everyone can read it here")
    late = await quiz.opened(quiz.lead, post, "Answer")

    await quiz.at(15)
    await quiz.later_until(lambda: quiz.reveals(post))
    assert (await quiz.send(quiz.lead, late, {"text": "alpha, too late"})).outcome == "closed"
    await quiz.told(quiz.lead, "too late for points")
    assert await quiz.points() == {"ben": 8, "ana": 6, "chris": 4}

    grade = await quiz.opened(ana, quiz.reveals(post)[0], "My grade")
    checked = await quiz.send(ana, grade, {"point:1": ["yes"]})
    assert checked.outcome == "updated"
    assert await quiz.points() == {"ben": 8, "ana": 8, "chris": 4}

    await quiz.type(ana, "/leaderboard")
    await quiz.told(ana, "8")
    await practise(quiz, ana)
    slack.open_home(ana)
    await slack.until(lambda: slack.home(ana))
    await quiz.type(ana, "/quiz me")
    await quiz.told(ana, "1 in a row")
    assert len(quiz.posts()) == len(quiz.reveals(post)) == 1
    assert not slack.invalid


async def practise(quiz: Quiz, person: Person) -> None:
    slack = quiz.slack
    await quiz.type(person, "/quiz ask")
    given = await slack.until(
        lambda: next((one for one in slack.ephemerals(person) if labels.SHOW_ANSWER in str(one.blocks)), None)
    )
    form = await quiz.opened(person, given, "Answer")
    graded = (await quiz.send(person, form, {"text": "alpha"})).view
    assert graded
    assert (await quiz.send(person, graded, {"point:2": ["yes"]})).outcome == "updated"
    await quiz.press(person, graded, labels.SHOW_ANSWER)
    await slack.until(lambda: "One says alpha" in str(graded.blocks))
    await quiz.press(person, graded, labels.ANOTHER)
    await slack.until(lambda: "One says alpha" not in str(graded.blocks))
