"""Let a process die while a member is erased or hidden, and say what came of it: shared by the tests and by the benchmark."""

from dataclasses import dataclass

from adapters.grading.lexical import suggest_all
from adapters.redis import keys
from bot.domain.ids import member_id
from bot.domain.round import RoundState
from bot.domain.score import PeriodKind, period, points
from bot.ports import Caller
from bot.views import PracticeGradeView, PracticeView
from tests.crash.case import ANA, GENERAL, TO_COME, Case, open_case
from tests.crash.day import answer, faults, settle
from tests.leftovers import leftovers

ZOE = member_id("console", "home", "zoe")
SAID = "quokka"
"""A word that Zoe alone writes."""
ERASE, HIDE = "forget-me yes", "hide"
OF_ERASING = (
    "begin_erasure", "erase_replies", "erase_member", "erase_awards", "erase_keys", "erase_setter", "erase_change", "end_erasure",
)  # fmt: skip
OF_HIDING = ("hide", "move_points", "moved")
FIRST = {ERASE: OF_ERASING[0], HIDE: OF_HIDING[0]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """What Zoe asked for when the process died, where it was, and whether the round had been revealed by then."""

    asked: str
    point: str
    revealed: bool

    @property
    def had_begun(self) -> bool:
        return self.point != f"before:script:{FIRST[self.asked]}#1"


ALL = [
    Death(asked=asked, point=f"{when}:script:{script}#1", revealed=revealed)
    for asked, scripts in ((ERASE, OF_ERASING), (HIDE, OF_HIDING))
    for script in scripts
    for when in ("before", "after")
    for revealed in (False, True)
    if revealed or script not in {"erase_awards", "erase_member", "move_points"}  # there is nothing for these before
]


async def faults_after(url: str, death: Death) -> list[str]:
    """Return what was lost or doubled for the others, and what is left of Zoe, or is not as she asked for."""
    async with open_case(url, arms={"DIE_AT": death.point}) as case:
        try:
            await _play(case, death)
            found = [*await _of_others(case, death), *await _of_zoe(case, death)]
        except TimeoutError:
            found = ["the day did not end"]
        return found if case.crew.befell() == 1 else ["nobody died", *found]


async def _play(case: Case, death: Death) -> None:
    await _until_zoe_has_taken_part(case)
    if death.revealed:
        await _reveal(case)
    await _die(case, death)
    if not death.revealed:
        await _reveal(case)
    question = (await case.asked()).asked()
    await case.tell(member=ANA, round=case.today, ticks=[True] * len(question.key_points))
    await settle(case)


async def _until_zoe_has_taken_part(case: Case) -> None:
    """Let her set the quiz up, answer and practise, so that there is something of every kind of her."""
    for text in (f"setup zone={case.zone} days=daily {TO_COME}", "ask-now"):
        await case.tell(member=ZOE, command="quiz-admin", text=text)
    await case.until_state(RoundState.OPEN)
    await case.reply(ZOE, _reply_of_zoe((await case.asked()).asked().key_points[1].statement))
    await answer(case)
    caller = Caller(place=GENERAL, member=ZOE, delivery="practice", admin=True)
    asked = await case.core.desk.practise(caller)
    assert isinstance(asked, PracticeView)
    assert isinstance(await case.core.desk.practice_answer(caller, asked.question, SAID), PracticeGradeView)


def _reply_of_zoe(statement: str) -> str:
    return f"{statement} The {SAID} said so."


async def _reveal(case: Case) -> None:
    await case.admin("reveal-now")
    await case.until_state(RoundState.REVEALED)


async def _die(case: Case, death: Death) -> None:
    """Let a process die over what Zoe asks, and the next one start."""
    said = {
        "place": GENERAL,
        "member": ZOE,
        "admin": False,
        "delivery": "zoe's",
        "command": "quiz",
        "text": death.asked,
    }
    await (await case.crew.somebody()).say(said)
    if not death.had_begun:  # nobody knows of it, so she asks again
        await case.tell(**said)

    async def is_over() -> bool:
        names = (keys.erasing("console"), keys.moving("console"))
        return not any([await case.client.hexists(name, ZOE) for name in names])

    await case.until(is_over)


async def _of_others(case: Case, death: Death) -> list[str]:
    """Return the faults of the day, in which one award more is right: hers, under a random name once she was erased."""
    found = await faults(case, others=False)
    name = "zoe/" if death.asked == HIDE else "~"
    more = [fault for fault in found if fault.startswith("award doubled: ") and name in fault]
    wanted = 1 if death.asked == HIDE or death.revealed else 0
    return [*(fault for fault in found if fault not in more), *([] if len(more) == wanted else [f"of her: {more}"])]


async def _of_zoe(case: Case, death: Death) -> list[str]:
    if death.asked == ERASE:
        return [f"left: {one}" for one in await leftovers(case.client, "zoe", SAID)]
    round_ = await case.asked()
    question = round_.asked()
    (suggested,) = suggest_all(question, {}, [_reply_of_zoe(question.key_points[1].statement)])
    page = await case.core.boards.page(GENERAL, period(PeriodKind.ALL, round_.date), ZOE)
    own, should = page.own and page.own.points, points(question, suggested.ticks, good_faith=True)
    return [] if page.hidden and own == should else [f"she is hidden: {page.hidden}, with {own} instead of {should}"]
