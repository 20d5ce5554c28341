"""What a round's replies are worth before anybody has looked: suggestions, good faith, first grades."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

from bot.domain.copying import Message, Wall, messages
from bot.domain.good_faith import in_good_faith
from bot.domain.ids import MemberId
from bot.domain.question import Question
from bot.domain.reply import FORM, Grade, StandingReply, Suggestion, Verdict
from bot.domain.score import points
from bot.ports import Grader

T = TypeVar("T")
Suggested: TypeAlias = Sequence[tuple[StandingReply, Suggestion]]
"""Replies, each with what a grader suggests for it."""

_TURN = 25
"""Replies that are judged in one turn of the event loop, in about 10 ms: people wait for the same loop."""


async def graded(
    grader: Grader, question: Question, learnt: Mapping[str, Sequence[str]], replies: Sequence[StandingReply]
) -> Suggested:
    """Return each reply with what a grader suggests that knows what a team has learnt."""
    found = await grader.suggest(question, learnt, [reply.text for reply in replies]) if replies else ()
    return list(zip(replies, found, strict=True))


async def wall_of(question: Question, standing: Sequence[StandingReply]) -> Wall:
    """Return what stood in the round for all to read."""
    wall = Wall(question)
    said: list[Message] = []
    async for reply in _in_turns(standing):
        if reply.said.keys() - {FORM}:
            said += (one for one in messages(reply) if one.is_open)
    async for message in _in_turns(sorted(said, key=lambda one: one.since)):
        wall.add(message)
    return wall


async def first_grades(question: Question, suggested: Suggested, wall: Wall) -> Mapping[MemberId, Grade]:
    """Grade replies by what is suggested for them, and set them against what all could read."""
    return {reply.member: _first(question, reply, suggestion, wall) async for reply, suggestion in _in_turns(suggested)}


async def _in_turns(some: Sequence[T]) -> AsyncIterator[T]:
    for number, one in enumerate(some):
        if number % _TURN == 0:
            await asyncio.sleep(0)
        yield one


def _first(question: Question, reply: StandingReply, suggestion: Suggestion, wall: Wall) -> Grade:
    own = _sees_something(suggestion) or in_good_faith(reply.text, question)
    copied = own and wall.is_copied_by(reply)
    good_faith = own and not copied
    return Grade(
        ticks=suggestion.ticks,
        good_faith=good_faith,
        points=points(question, suggestion.ticks, good_faith=good_faith),
        copied=copied,
    )


def _sees_something(suggestion: Suggestion) -> bool:
    """Tell whether a grader found the reply to be in good faith, so that this need not be found once more."""
    return any(one.verdict in {Verdict.COVERED, Verdict.MAYBE} for one in suggestion.verdicts)
