"""What a round's replies are worth before anybody has looked: suggestions, good faith, first grades."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TypeVar

from bot.domain.copying import Message, Wall, messages
from bot.domain.good_faith import in_good_faith
from bot.domain.ids import MemberId
from bot.domain.question import Question
from bot.domain.reply import FORM, Grade, StandingReply, Suggestion
from bot.domain.score import points
from bot.ports import Grader

T = TypeVar("T")

_TURN = 25
"""Replies that are judged in one turn of the event loop, in about 10 ms: people wait for the same loop."""


async def graded(
    grader: Grader, question: Question, learnt: Mapping[str, Sequence[str]], replies: Sequence[StandingReply]
) -> Mapping[MemberId, Suggestion]:
    """Return what a grader that knows what a team has learnt suggests for each reply."""
    found = await grader.suggest(question, learnt, [reply.text for reply in replies]) if replies else ()
    return {reply.member: suggestion for reply, suggestion in zip(replies, found, strict=True)}


async def first_grades(
    question: Question, standing: Sequence[StandingReply], suggestions: Mapping[MemberId, Suggestion]
) -> Mapping[MemberId, Grade]:
    """Grade all of them, for whether one is a copy depends on the others."""
    wall = Wall(question)
    said: list[Message] = []
    async for reply in _in_turns(standing):
        if reply.said.keys() - {FORM}:
            said += (one for one in messages(reply) if one.is_open)
    async for message in _in_turns(sorted(said, key=lambda one: one.since)):
        wall.add(message)
    grades: dict[MemberId, Grade] = {}
    async for reply in _in_turns(standing):
        grades[reply.member] = _first(question, reply, suggestions[reply.member], wall)
    return grades


async def _in_turns(some: Sequence[T]) -> AsyncIterator[T]:
    for number, one in enumerate(some):
        if number % _TURN == 0:
            await asyncio.sleep(0)
        yield one


def _first(question: Question, reply: StandingReply, suggestion: Suggestion, wall: Wall) -> Grade:
    own = in_good_faith(reply.text, question)
    copied = own and wall.is_copied_by(reply)
    good_faith = own and not copied
    return Grade(
        ticks=suggestion.ticks,
        good_faith=good_faith,
        points=points(question, suggestion.ticks, good_faith=good_faith),
        copied=copied,
    )
