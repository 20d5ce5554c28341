"""A process dies while somebody checks, appeals, decides, teaches or has a round graded anew: shared by the test and the benchmark."""

from dataclasses import dataclass, replace

from adapters.grading.lexical import suggest_all
from adapters.redis import keys
from bot.domain.ids import MemberId, team_of
from bot.domain.reply import Grade
from bot.domain.round import RoundState, Step
from bot.domain.score import PeriodKind, period
from bot.ports import Caller, Post
from bot.views import ReviewView
from tests.crash.case import ANA, BEN, CHRIS, GENERAL, TO_COME, Case, open_case

WAY = "quokkas sniff every shipment beforehand"
ALL = [
    f"{when}:{call}#1"
    for call in (
        *(f"script:{name}" for name in ("check", "appeal", "decide", "ask_step", "reword", "regrade")),
        "chat:edit_reveal",
    )
    for when in ("before", "after")
] + ["before:script:drop#1"]


@dataclass(frozen=True, slots=True)
class Result:
    """What is the same whoever died."""

    grades: dict[MemberId, Grade]
    points: dict[str, int]
    learnt: list[str]
    faults: list[str]


async def played(url: str, point: str, zone: tuple[str, int]) -> Result:
    """Play the day in a zone: in another one another day may have come, and with it another question."""
    async with open_case(url, arms={"DIE_AT": point} if point else {}, zone=zone) as case:
        await _play(case)
        befell = case.crew.befell()
        faults = [] if befell == bool(point) else [f"{befell} died"]
        return await _result(case, faults)


async def _play(case: Case) -> None:
    """Ana and Ben say what the grader does not know; Ana ticks it, Chris appeals; a lead teaches and has it graded anew."""
    await case.admin(f"setup zone={case.zone} days=daily {TO_COME}")
    await case.admin("ask-now")
    await case.until_state(RoundState.OPEN)
    for member, text in ((ANA, f"I say that {WAY}."), (BEN, f"Surely {WAY}!"), (CHRIS, "I don't know")):
        await case.reply(member, text)
    await case.admin("reveal-now")
    await case.until_state(RoundState.REVEALED)
    count = len((await case.asked()).asked().key_points)
    await case.tell(member=ANA, round=case.today, ticks=[True] + [False] * (count - 1))
    await case.tell(member=CHRIS, command="quiz", text="appeal -- it is the name of a paper")
    await _decide(case, 2, "overrule it is not")
    await _decide(case, 1, f"learn 1 {WAY}")
    await case.admin("regrade yes")
    entries = [keys.entry(step, case.today) for step in (Step.REGRADE, Step.AMEND)]

    async def is_over() -> bool:
        return not any(await case.client.zmscore(keys.agenda("console"), entries))

    await case.until(is_over)


async def _decide(case: Case, waiting: int, words: str) -> None:
    """Decide about the newest that waits; who died over it is asked again."""
    caller = Caller(place=GENERAL, member=ANA, delivery="look", admin=True)
    while True:
        view = await case.core.desk.command(caller, "quiz-admin", "review")
        assert isinstance(view, ReviewView)
        if len(view.items) < waiting:
            return
        await case.tell(command="quiz-admin", text=f"review {view.items[0].id} {words}")


async def _result(case: Case, faults: list[str]) -> Result:
    ledger, replies = case.core.desk.review.ledger, case.core.desk.review.replies
    round_ = await case.asked()
    grades, suggestions = await ledger.grades(case.today), await replies.suggestions(case.today)
    verified = await case.core.boards.verify()
    faults += [f"board is wrong: {one}" for one in verified.differences]
    standing = case.room.posts(GENERAL, case.today, Post.REVEAL)
    (after,) = suggest_all(round_.asked(), {round_.asked().key_points[0].id: [WAY]}, [f"Surely {WAY}!"])
    shared = [one["share"] for one in standing[0].body["points"]]
    expected = sum(grade.ticks[0] for grade in grades.values()) / len(grades)
    faults += [] if len(standing) == 1 and shared[0] == expected else [f"the reveal shows {shared}"]
    faults += [] if suggestions[BEN] == after else ["the suggestion is an old one"]
    page = await case.core.boards.page(GENERAL, period(PeriodKind.ALL, round_.date), None)
    phrasings = await case.core.desk.review.phrasings.store.of(team_of(GENERAL), round_.asked().id)
    return Result(
        grades={member: replace(grade, version=0, waits_since=None) for member, grade in grades.items()},
        points={one.member: one.points for one in page.top},
        learnt=[one.text for one in phrasings],
        faults=faults,
    )
