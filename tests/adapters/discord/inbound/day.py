"""One quiz day in Discord, as people live it: set up by form, asked on schedule, answered three ways, revealed, looked at."""

from adapters.discord.inbound.marks import MARK
from adapters.discord.inbound.preflight import ALL_WELL
from bot.wording import labels
from tests.adapters.discord.inbound.quiz import Quiz
from tests.fakes.discord import Person, words


async def set_up(quiz: Quiz) -> None:
    form = (await quiz.type(quiz.lead, "/quiz-admin setup")).modal
    assert form
    await quiz.send(quiz.lead, form, {"zone": "Europe/Berlin"})
    await quiz.told(quiz.lead, "09:00")
    await quiz.told(quiz.lead, ALL_WELL)


async def play(quiz: Quiz) -> None:
    discord, (ana, ben, chris) = quiz.discord, (quiz.ana, quiz.ben, quiz.chris)
    await set_up(quiz)
    await quiz.at(8)
    post = await quiz.later_until(lambda: next(iter(quiz.posts()), None))

    assert "Your reply is saved" in words(await quiz.answered(ana, post, "I say alpha"))
    await quiz.answered(ben, post, "I say beta")
    again = await quiz.opened(ben, post, "Answer")
    assert "I say beta" in str(again.components)
    await quiz.shown(await quiz.send(ben, again, {"text": "I say alpha and beta"}))
    reply = discord.say(chris, quiz.channel, "I say gamma", reply_to=post)
    await discord.until(lambda: reply.reactions.get(MARK))
    (aside,) = await discord.until(quiz.asides)
    assert "Everyone can read it here" in words(aside)
    late = await quiz.opened(quiz.lead, post, "Answer")

    await quiz.at(15)
    reveal = await quiz.later_until(lambda: next(iter(quiz.reveals(post)), None))
    assert "too late for points" in words(
        await quiz.shown(await quiz.send(quiz.lead, late, {"text": "alpha, too late"}))
    )
    assert await quiz.points() == {"ben": 8, "ana": 6, "chris": 4}

    grade = await quiz.shown(await quiz.press(ana, reveal, "My grade"))
    check = await quiz.opened(ana, grade, labels.CHECK)
    await quiz.shown(await quiz.send(ana, check, {"points": ["0", "1"]}))
    await quiz.comes_to({"ben": 8, "ana": 8, "chris": 4})

    assert "8" in words(await quiz.shown(await quiz.type(ana, "/leaderboard")))
    assert "8" in words(await quiz.shown(await quiz.press(ana, reveal, labels.LEADERBOARD)))
    await practise(quiz, ana)
    assert "1 in a row" in words(await quiz.shown(await quiz.type(ana, "/quiz me")))
    assert len(quiz.posts()) == len(quiz.reveals(post)) == 1
    assert not any(one.pings for one in [*quiz.ours(), *quiz.reveals(post)])
    assert not discord.invalid


async def practise(quiz: Quiz, person: Person) -> None:
    given = await quiz.shown(await quiz.type(person, "/quiz ask"))
    form = await quiz.opened(person, given, "Answer")
    graded = await quiz.shown(await quiz.send(person, form, {"text": "alpha"}))
    check = await quiz.opened(person, graded, labels.CHECK)
    await quiz.shown(await quiz.send(person, check, {"points": ["0", "2"]}))
    answer = await quiz.shown(await quiz.press(person, graded, labels.SHOW_ANSWER))
    assert "One says alpha" in words(answer)
    await quiz.press(person, answer, labels.ANOTHER)
    await quiz.discord.until(lambda: "One says alpha" not in words(answer))
