from datetime import timedelta

import pytest

from bot.domain.reply import Grade
from bot.domain.round import Round, RoundState
from bot.domain.score import Period
from bot.ports import BoardPage
from bot.service.shown import board_view, mean_share, reveal_view
from tests.mischief import MORNING
from tests.world import PLACE, TODAY, question


def test_a_reveal_must_say_until_when_it_can_be_checked() -> None:
    round_ = Round(
        id=TODAY,
        place=PLACE,
        question=question(),
        state=RoundState.CLOSING,
        asks_at=MORNING,
        reveals_at=MORNING + timedelta(hours=7),
    )
    board = board_view(PLACE, Period("all"), BoardPage())

    with pytest.raises(ValueError, match="no end of its self-check"):
        reveal_view(round_, [], board, board)


def test_the_teams_share_is_the_mean_of_its_members_by_weight() -> None:
    grades = [Grade(ticks=ticks, good_faith=True, points=0) for ticks in ((True, True, True), (True, False, False))]

    assert mean_share(question(), grades) == 0.75
    assert mean_share(question(), []) is None
