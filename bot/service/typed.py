"""Longer commands, taken apart: an appeal, and what a lead says of what waits."""

import re

from bot import wording
from bot.domain.ids import RoundId, programme_of
from bot.domain.reply import ticks_named
from bot.ports import Caller
from bot.service.changelog import ChangeLog
from bot.service.feedback import Feedbacks
from bot.service.phrasings import Phrasings
from bot.service.regrading import Regrading
from bot.service.replies import Replies
from bot.service.review import Review
from bot.views import ConfirmView, GradeView, NoticeView, PhrasingsView, PrivateView, ReviewView

_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}(?:\.[0-9]+)?)(?:\s+(.*)|)", re.DOTALL)
"""A round's date, with the number of one by hand, before the rest."""
_ITEM = re.compile("[0-9a-f]{9,16}")
_POINT_BESIDE = re.compile(r"[0-9]{1,4}(?:\s*$|\s+--\s)")
"""The number of a key point before a reason, or without one."""
_PASSED = re.compile("[0-9]{1,4}")


def dated(caller: Caller, text: str) -> tuple[RoundId | None, str]:
    """Return the round of the caller's place whose date stands before the rest, if one does, and the rest."""
    found = _DATED.fullmatch(text)
    if found is None:
        return None, text
    return RoundId(f"{programme_of(caller.place)}:{found[1]}"), found[2] or ""


async def appeal(replies: Replies, review: Review, caller: Caller, text: str) -> GradeView | NoticeView:
    """Read "[DATE] [1 3] -- REASON"; without numbers nothing is asked for but that the reply counts at all."""
    which, text = dated(caller, text)
    grade = await replies.grade(caller, which)
    if isinstance(grade, NoticeView):
        return grade
    said, dashes, reason = f" {text} ".partition(" -- ")
    ticks = ticks_named(said if said.strip() else "none", len(grade.points))
    if ticks is None or not dashes:
        return NoticeView(text=wording.review.APPEAL_NEEDS_REASON)
    return await review.appeal(caller, grade.round, ticks, reason)


async def reviewed(review: Review, caller: Caller, text: str) -> PrivateView:
    """Read "", "after N", "ID", "ID accept [REASON]", "ID overrule REASON" or "ID learn N [PASSAGE]"."""
    word, action, rest = [*text.split(maxsplit=2), "", "", ""][:3]
    if not word:
        return await review.waiting(caller)
    if word.lower() == "after" and _PASSED.fullmatch(action):
        return await review.waiting(caller, int(action))
    if not _ITEM.fullmatch(word.lower()):
        return NoticeView(text=wording.review.unknown_word(word))
    return await _item(review, caller, word.lower(), action.lower(), rest)


async def _item(review: Review, caller: Caller, id_: str, action: str, rest: str) -> ReviewView | NoticeView:
    match action:
        case "":
            return await review.item(caller, id_)
        case "accept" | "overrule" if _POINT_BESIDE.match(rest):
            return NoticeView(text=wording.review.POINT_IS_FOR_LEARN)
        case "accept" | "overrule":
            return await review.decide(caller, id_, accept=action == "accept", reason=rest.removeprefix("-- "))
        case "learn":
            number, passage = [*rest.split(maxsplit=1), "", ""][:2]
            learn = (int(number) if _PASSED.fullmatch(number) else 0, passage.removeprefix("-- "))
            return await review.decide(caller, id_, accept=True, reason="", learn=learn)
    return NoticeView(text=wording.review.unknown_word(action))


async def phrasings(learnt: Phrasings, caller: Caller, text: str) -> PhrasingsView | NoticeView:
    """Read "QUESTION", "QUESTION drop ID" or "QUESTION edit ID TEXT"."""
    question, action, id_, rest = [*text.split(maxsplit=3), "", "", "", ""][:4]
    match action.lower():
        case "":
            return await learnt.listed(caller, question)
        case "drop":
            return await learnt.drop(caller, question, id_.lower())
        case "edit":
            return await learnt.edit(caller, question, id_.lower(), rest)
    return NoticeView(text=wording.phrasings.HOW)


async def regrade(regrading: Regrading, changelog: ChangeLog, caller: Caller, text: str) -> ConfirmView | NoticeView:
    """Read "[DATE]", which says what it would come to, or "[DATE] yes", which has it done."""
    which, rest = dated(caller, text)
    round_ = await regrading.round_of(caller.place, which)
    if round_ is None:
        return NoticeView(text=wording.regrading.GONE if which else wording.regrading.NOTHING)
    if rest.strip().lower() != "yes":
        found = await regrading.prospect(round_)
        said = wording.regrading.would(
            round_.id, len(found.grades), len(found.changed), found.difference, fits=found.fits, outside=found.outside
        )
        command = f"/quiz-admin regrade {round_.id.rpartition(':')[2]} yes"
        return ConfirmView(text=said, command=command, label=wording.regrading.LABEL)
    await regrading.ask(round_.id)
    await changelog.note(caller, wording.changes.regraded(round_.id))
    return NoticeView(text=wording.regrading.ASKED)


async def feedback(feedbacks: Feedbacks, caller: Caller, text: str) -> NoticeView:
    """Read "[DATE] wrong|unclear|outdated|great|none"."""
    which, said = dated(caller, text)
    return await feedbacks.give(caller, which, said.strip().lower())
