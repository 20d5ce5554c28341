"""One quiz day in Slack with real processes, and what must be true when it has ended, whatever happened to whom."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.redis.replies import RedisReplies
from adapters.redis.rounds import RedisRounds
from adapters.redis.store import Store
from adapters.slack.inbound.marks import MARK
from adapters.slack.threads import PLATFORM
from adapters.slack.views import ways
from bot.app.core import Core
from bot.domain.ids import MemberId, PlaceId, RoundId, last_part, place_id
from bot.domain.question import Question
from bot.domain.round import Round, RoundState, Step
from bot.domain.score import PeriodKind, period
from bot.wording import labels
from tests.crash.answers import DONT_KNOW, PRACTISED, TOO_LATE, expected_points, replies_to
from tests.crash.crew import Crew
from tests.crash.slack.people import SECONDS, People, is_done
from tests.fakes.slack import Message, words

_POSTED = "chat.postMessage"
_LOOK = 0.05


@dataclass(slots=True, kw_only=True)
class Day:
    """``calm``: nothing goes wrong, so that also what is said to people once has to come."""

    people: People
    crew: Crew
    store: Store
    core: Core
    """This process's own, which never dies."""
    calm: bool

    @property
    def place(self) -> PlaceId:
        return place_id(PLATFORM, self.people.slack.workspace.team, self.people.channel.id)

    async def round_of(self, post: Message) -> Round:
        round_ = await RedisRounds(self.store).get(RoundId(post.blocks[0]["block_id"].removeprefix("question:")))
        assert round_
        return round_

    async def points(self, round_: Round) -> dict[str, int]:
        """Return who has how many points on the board, by name."""
        page = await self.core.boards.page(self.place, period(PeriodKind.ALL, round_.date), None)
        return {self._name(one.member): one.points for one in page.top}

    async def replies(self, round_: Round) -> dict[str, str]:
        """Return what stands of whom, by name."""
        kept = await RedisReplies(self.store).standing(round_.id)
        return {self._name(one.member): one.text for one in kept}

    def _name(self, member: MemberId) -> str:
        return self.people.slack.workspace.people[last_part(member)].name


async def play(day: Day) -> Message:
    """Play the day from the setup to the end of practice; return the question's post."""
    people, ana = day.people, day.people.ana
    await set_up(day)
    post = await people.typed(people.lead, "/quiz-admin ask-now", lambda: next(iter(people.posts()), None))
    question = (await day.round_of(post)).asked()
    await answer(day, post, question)
    await reveal(day, post)
    await check(day, post)
    await people.typed(ana, "/leaderboard", lambda: people.told(ana, labels.LEADERBOARD))
    await practise(day)

    async def open_home() -> None:
        people.slack.open_home(ana)

    await people.insist(open_home, lambda: people.slack.home(ana))
    # Not the streak: at a weekend the question asked by hand is beside the schedule, and counts in none.
    await people.typed(ana, "/quiz me", lambda: people.told(ana, "1 in the last"))
    await settle(day, post)
    return post


async def set_up(day: Day) -> None:
    """Open the setup and send it as it stands."""
    people, lead = day.people, day.people.lead
    form = await people.opened(lead, lambda: people.slack.type_command(lead, people.channel, "/quiz-admin setup"))
    await people.sent(lead, form, {}, "closed")
    if day.calm:
        await people.slack.until(lambda: people.told(lead, "All set: I am in this channel"))


async def answer(day: Day, post: Message, question: Question) -> None:
    """Ana answers, Ben answers and changes it, Chris writes in the thread."""
    people, said = day.people, replies_to(question)
    form = await people.pressed(people.ana, post, labels.ANSWER)
    await people.sent(people.ana, form, {"text": said["ana"]}, "closed")
    form = await people.pressed(people.ben, post, labels.ANSWER)
    await people.sent(people.ben, form, {"text": DONT_KNOW}, "closed")
    form = await people.pressed(people.ben, post, labels.ANSWER)
    if day.calm:
        assert DONT_KNOW in str(form.blocks)
    await people.sent(people.ben, form, {"text": said["ben"]}, "closed")
    written = people.slack.say(people.chris, people.channel, said["chris"], thread=post)
    if day.calm:
        await people.slack.until(lambda: written.reactions.get(MARK))
        await people.slack.until(lambda: people.told(people.ana, "Your reply is saved"))
        await people.slack.until(lambda: people.told(people.chris, "Everyone can read it here"))


async def reveal(day: Day, post: Message) -> None:
    """Reveal at once; the lead's form, opened before, is sent too late."""
    people, lead = day.people, day.people.lead
    form = await people.pressed(lead, post, labels.ANSWER)
    await people.typed(lead, "/quiz-admin reveal-now", lambda: next(iter(people.reveals(post)), None))
    await people.sent(lead, form, {"text": TOO_LATE}, "closed")
    if day.calm:
        await people.slack.until(lambda: people.told(lead, "too late for points"))


async def check(day: Day, post: Message) -> None:
    """Ana ticks every key point of her own reply."""
    people, ana = day.people, day.people.ana
    ticks = {f"point:{number}": ["yes"] for number in range(len((await day.round_of(post)).asked().key_points))}
    while True:
        form = await people.pressed(ana, people.reveals(post)[0], labels.MY_GRADE)
        done = await people.sent(ana, form, ticks, "updated")
        if done.view and is_done(done.view):
            return


async def practise(day: Day) -> None:
    """Ana practises one question to its end, and sees that another is given."""
    people, slack, ana = day.people, day.people.slack, day.people.ana
    given = await people.typed(ana, "/quiz ask", lambda: people.told(ana, labels.SHOW_ANSWER))
    while True:
        form = await people.pressed(ana, given, labels.ANSWER)
        graded = (await people.sent(ana, form, {"text": PRACTISED}, "updated")).view
        assert graded
        await people.sent(ana, graded, {"point:0": ["yes"]}, "updated")
        if is_done(graded):
            break
    await people.insist(
        lambda: slack.click(ana, graded, labels.SHOW_ANSWER), lambda: labels.MODEL_ANSWER in words(graded)
    )
    await people.insist(
        lambda: slack.click(ana, graded, labels.ANOTHER), lambda: labels.MODEL_ANSWER not in words(graded)
    )


async def settle(day: Day, post: Message) -> None:
    """Let the self-check end at once, however long the round needs to be revealed: whoever posted the reveal may have died."""
    async with asyncio.timeout(SECONDS):
        while not (round_ := await day.round_of(post)).settled or labels.FINAL not in words(
            day.people.reveals(post)[0]
        ):
            if not round_.settled:
                await day.core.agenda.hasten(Step.SETTLE, round_.id)
            await asyncio.sleep(_LOOK)


async def faults(day: Day, post: Message) -> list[str]:
    """Return what was lost or doubled, or said where it must not be, and whatever else is not as it should be."""
    round_ = await day.round_of(post)
    found = [*_posts(day, post, round_), *_written(day, round_.asked())]
    if (kept := await day.replies(round_)) != replies_to(round_.asked()):
        found.append(f"replies are kept of {sorted(kept)}, or not as they were sent")
    is_, should = await day.points(round_), expected_points(round_.asked())
    if is_ != should:
        found.append(f"points are {is_} instead of {should}")
    if round_.state is not RoundState.REVEALED:
        found.append(f"the round is {round_.state}")
    verified = await day.core.boards.verify()
    found += [f"board is wrong: {one}" for one in (*verified.differences, *verified.busy)]
    return [*found, *(f"Slack refused {one}" for one in day.people.slack.invalid)]


def _posts(day: Day, post: Message, round_: Round) -> Iterator[str]:
    people = day.people
    standing = people.posts()
    if standing != [post] or round_.post != f"{people.channel.id}:{post.ts}":
        yield f"posts: {len(standing)} standing, {round_.post} kept"
    if len(people.reveals(post)) != 1:
        yield f"reveals: {len(people.reveals(post))} standing"
    if ways.IS_CLOSED not in words(post) or labels.ANSWER in words(post).splitlines():
        yield "the question's post is not closed"
    for what in ("question", "reveal"):
        ever = [
            one
            for one in people.slack.log.of(_POSTED)
            if one.error is None and f"mlops_quiz_{what}" in str(one.args.get("metadata"))
        ]
        if len(ever) != 1:
            yield f"{what} was posted {len(ever)} times"


def _written(day: Day, question: Question) -> Iterator[str]:
    """What the logs must not have in them."""
    log, slack = day.crew.log.read_text(), day.people.slack
    if "Traceback" in log:
        yield "there is a traceback in the log"
    secrets = (slack.bot_token, slack.app_token, slack.signing_secret, "ticket=")
    texts = (DONT_KNOW, TOO_LATE, PRACTISED, *replies_to(question).values())
    yield from (f"the log has in it: {one}" for one in (*secrets, *texts) if one[:60] in log)
