"""What a round's replies are worth before anybody has looked: suggestions, good faith, first grades."""

import asyncio
from collections.abc import Mapping, Sequence

from bot.domain.good_faith import in_good_faith, words
from bot.domain.ids import MemberId
from bot.domain.question import Question
from bot.domain.reply import Grade, StandingReply, Suggestion
from bot.domain.score import points
from bot.ports import Grader

_TURN = 50
"""Replies that are judged in one turn of the event loop, in about 10 ms: people wait for the same loop."""


async def graded(
    grader: Grader, question: Question, learnt: Mapping[str, Sequence[str]], replies: Sequence[StandingReply]
) -> Mapping[MemberId, Suggestion]:
    """Return what a grader that knows what a team has learnt suggests for each reply."""
    found = await grader.suggest(question, learnt, [reply.text for reply in replies]) if replies else ()
    return {reply.member: suggestion for reply, suggestion in zip(replies, found, strict=True)}


async def good_faith_of(question: Question, standing: Sequence[StandingReply]) -> Mapping[MemberId, bool]:
    """Judge all of them, for whether one is a copy depends on the others."""
    first_shown = _first_shown(standing)
    judged: dict[MemberId, bool] = {}
    for number, reply in enumerate(standing):
        if number % _TURN == 0:
            await asyncio.sleep(0)
        shown = first_shown.get(tuple(words(reply.text))) if first_shown else None
        earlier = [shown.text] if shown and shown.member != reply.member and shown.version < reply.version else []
        judged[reply.member] = in_good_faith(reply.text, question, earlier)
    return judged


def first_grade(question: Question, suggestion: Suggestion, good_faith: bool) -> Grade:  # noqa: FBT001 - private
    return Grade(
        ticks=suggestion.ticks,
        good_faith=good_faith,
        points=points(question, suggestion.ticks, good_faith=good_faith),
    )


def _first_shown(standing: Sequence[StandingReply]) -> dict[tuple[str, ...], StandingReply]:
    """Return, for each wording that was there for all to read, who wrote it first."""
    first: dict[tuple[str, ...], StandingReply] = {}
    for reply in sorted((reply for reply in standing if reply.visible), key=lambda reply: reply.version):
        first.setdefault(tuple(words(reply.text)), reply)
    return first
