"""Views as the core gives them, for the tests of Discord: those of Slack's, in a place of Discord's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.ids import member_id, place_id, programme_of, round_id
from bot.domain.score import Standing
from bot.views import BoardView
from tests.adapters.slack import samples as slack

NOW = slack.NOW
PLACE = place_id("discord", "1100000000000000011", "1200000000000000022")
ROUND = round_id(programme_of(PLACE), date(2026, 11, 23))
ANA, BEN, DANA = (member_id("discord", "1100000000000000011", f"30000000000000000{user}") for user in (11, 22, 44))
_HERE = {slack.ANA: ANA, slack.BEN: BEN, slack.DANA: DANA}


def _board(board: BoardView) -> BoardView:
    def moved(standings: Sequence[Standing]) -> tuple[Standing, ...]:
        return tuple(replace(one, member=_HERE[one.member]) for one in standings)

    own = replace(board.own, member=_HERE[board.own.member]) if board.own else None
    return replace(board, scope=PLACE, top=moved(board.top), own=own, around=moved(board.around))


QUESTION = replace(slack.QUESTION, round=ROUND, place=PLACE)
DAY, WEEK = _board(slack.DAY), _board(slack.WEEK)
REVEAL = replace(slack.REVEAL, round=ROUND, place=PLACE, day=DAY, week=DAY)
GRADE = replace(slack.GRADE, round=ROUND)
FORM = replace(slack.FORM, round=ROUND)
PRACTICE = slack.PRACTICE
