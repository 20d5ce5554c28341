"""One quiz day in Discord with real processes, and what must be true when it has ended, whatever happened to whom."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.discord.inbound.marks import MARK
from adapters.discord.threads import PLATFORM
from adapters.discord.views import ways
from adapters.redis.replies import RedisReplies
from adapters.redis.rounds import RedisRounds
from adapters.redis.store import Store
from bot.app.core import Core
from bot.domain.ids import MemberId, PlaceId, RoundId, last_part, place_id
from bot.domain.question import Question
from bot.domain.round import Round, RoundState, Step
from bot.domain.score import PeriodKind, period
from bot.wording import labels
from tests.crash.answers import DONT_KNOW, PRACTISED, TOO_LATE, expected_points, replies_to
from tests.crash.case import zone_where_it_is_six
from tests.crash.crew import Crew
from tests.crash.discord.people import SECONDS, People
from tests.crash.discord.watch import Watch
from tests.fakes.discord import Message, pressable, words

_LOOK = 0.05
_SOON = 10.0


@dataclass(slots=True, kw_only=True)
class Day:
    """``calm``: nothing goes wrong, so that also what is said to people once has to come."""

    people: People
    crew: Crew
    store: Store
    core: Core
    """This process's own, which never dies."""
    watch: Watch
    calm: bool

    @property
    def place(self) -> PlaceId:
        return place_id(PLATFORM, self.people.discord.guild.id, self.people.channel.id)

    async def round_of(self, post: Message) -> Round:
        (named,) = {
            one["custom_id"].partition(":")[2] for _, one in pressable(post) if _names_a_round(one["custom_id"])
        }
        round_ = await RedisRounds(self.store).get(RoundId(named))
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
        return self.people.discord.world.people[last_part(member)].name


async def play(day: Day) -> Message:
    """Play the day from the setup to the end of the self-check; return the question's post."""
    people, ana = day.people, day.people.ana
    await set_up(day)
    post = await people.typed(people.lead, "/quiz-admin ask-now", lambda: next(iter(people.posts()), None))
    question = (await day.round_of(post)).asked()
    await answer(day, post, question)
    await reveal(day, post)
    await check(day, post, question)
    discord, channel = people.discord, people.channel
    await people.shown(lambda: discord.type_command(ana, channel, "/leaderboard"), labels.LEADERBOARD)
    await people.shown(lambda: discord.click(ana, people.reveals()[0], labels.LEADERBOARD), labels.LEADERBOARD)
    await practise(day)
    # Not the streak: at a weekend the question asked by hand is beside the schedule, and counts in none.
    await people.shown(lambda: discord.type_command(ana, channel, "/quiz me"), "1 in the last")
    await settle(day, post)
    return post


async def set_up(day: Day) -> None:
    """Open the setup and send it as it stands, but for the zone."""
    people, lead = day.people, day.people.lead
    zone, _ = zone_where_it_is_six()
    await people.discord.until(lambda: people.discord.world.commands, seconds=SECONDS)
    await people.filled(
        lead,
        lambda: people.discord.type_command(lead, people.channel, "/quiz-admin setup"),
        {"zone": zone},
        labels.STATUS,
    )


async def answer(day: Day, post: Message, question: Question) -> None:
    """Ana answers, Ben answers and changes it, Chris replies to the post."""
    people, said = day.people, replies_to(question)
    await people.answered(people.ana, post, labels.ANSWER, said["ana"])
    await people.answered(people.ben, post, labels.ANSWER, DONT_KNOW)
    if day.calm:
        assert DONT_KNOW in str((await people.pressed(people.ben, post, labels.ANSWER)).components)
    await people.answered(people.ben, post, labels.ANSWER, said["ben"])
    written = people.discord.say(people.chris, people.channel, said["chris"], reply_to=post)
    if day.calm:
        await people.discord.until(lambda: written.reactions.get(MARK), seconds=_SOON)


async def reveal(day: Day, post: Message) -> None:
    """Reveal at once; the lead's form, opened before, is sent too late, and so is what Chris writes then."""
    people, lead = day.people, day.people.lead
    form = await people.pressed(lead, post, labels.ANSWER)
    await people.typed(lead, "/quiz-admin reveal-now", lambda: next(iter(people.reveals()), None))
    late = await people.sent(lead, form, {"text": TOO_LATE})
    if day.calm:
        await people.discord.until(lambda: late.message and "too late for points" in words(late.message), seconds=_SOON)
    people.discord.say(people.chris, people.channel, TOO_LATE, reply_to=post)


async def check(day: Day, post: Message, question: Question) -> None:
    """Ana ticks every key point of her own reply."""
    people, discord, ana = day.people, day.people.discord, day.people.ana
    ticks = {"points": [str(number) for number in range(len(question.key_points))]}
    wanted, round_ = expected_points(question)["ana"], await day.round_of(post)
    async with asyncio.timeout(SECONDS):
        while (await day.points(round_)).get("ana") != wanted:
            grade = await people.shown(lambda: discord.click(ana, people.reveals()[0], labels.MY_GRADE), labels.CHECK)
            form = await people.pressed(ana, grade, labels.CHECK)
            await people.sent(ana, form, ticks)
            await asyncio.sleep(_LOOK)


async def practise(day: Day) -> None:
    """Ana is given a question, and answers it."""
    people, discord, ana = day.people, day.people.discord, day.people.ana
    given = await people.shown(lambda: discord.type_command(ana, people.channel, "/quiz ask"), labels.SHOW_ANSWER)
    await people.filled(ana, lambda: discord.click(ana, given, labels.ANSWER), {"text": PRACTISED}, labels.CHECK)


async def settle(day: Day, post: Message) -> None:
    """Let the self-check end at once, however long the round needs to be revealed: whoever posted the reveal may have died."""
    async with asyncio.timeout(SECONDS):
        while not (round_ := await day.round_of(post)).settled or labels.FINAL not in words(day.people.reveals()[0]):
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
    found += day.watch.faults(day.crew.kills, len(day.crew.seats))
    return [*found, *(f"Discord refused {one}" for one in day.people.discord.invalid)]


def _posts(day: Day, post: Message, round_: Round) -> Iterator[str]:
    people, discord = day.people, day.people.discord
    standing, reveals, thread = people.posts(), people.reveals(), discord.thread(post)
    if standing != [post] or round_.post != f"{people.channel.id}:{post.id}":
        yield f"posts: {len(standing)} standing, {round_.post} kept"
    if len(reveals) != 1 or thread is None or reveals[0].channel != thread.id:
        yield f"reveals: {len(reveals)} standing, thread: {thread is not None}"
    if sum(one.is_thread for one in discord.world.channels.values()) != 1:
        yield "there is not exactly one thread"
    if ways.IS_CLOSED not in words(post) or labels.ANSWER in words(post).splitlines():
        yield "the question's post is not closed"
    if any(one.pings for one in [*standing, *reveals]):
        yield "somebody was pinged"


def _written(day: Day, question: Question) -> Iterator[str]:
    """What the logs must not have in them."""
    log, discord = day.crew.log.read_text(), day.people.discord
    if "Traceback" in log:
        yield "there is a traceback in the log"
    secrets = (discord.token, *discord.world.interactions)
    texts = (DONT_KNOW, TOO_LATE, PRACTISED, *replies_to(question).values())
    yield from (f"the log has in it: {one}" for one in (*secrets, *texts) if one[:60] in log)


def _names_a_round(custom_id: str) -> bool:
    return custom_id.partition(":")[0] in {"answer", "closed"}
