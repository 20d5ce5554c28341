from dataclasses import FrozenInstanceError
from datetime import time

import pytest

from bot.domain.ids import programme_of
from bot.domain.programme import DEFAULT_MIX, Programme, ProgrammeState, Schedule
from bot.domain.question import Level
from tests.world import PLACE


def a_programme() -> Programme:
    schedule = Schedule(at=time(9), reveal_at=time(16), zone="UTC")
    return Programme(id=programme_of(PLACE), place=PLACE, schedule=schedule)


def test_a_programme_wants_every_topic_on_working_days_unless_told_otherwise() -> None:
    programme = a_programme()

    assert programme.state is ProgrammeState.ACTIVE
    assert programme.topics == frozenset()
    assert programme.schedule.weekdays == {0, 1, 2, 3, 4}
    assert (programme.schedule.every, programme.schedule.reveal_days) == (1, 0)


def test_two_programmes_do_not_share_their_mix() -> None:
    first, second = a_programme(), a_programme()

    assert first.levels == second.levels == DEFAULT_MIX
    assert first.levels is not second.levels
    assert set(first.levels) == set(Level)


def test_a_programme_is_changed_by_making_another() -> None:
    with pytest.raises(FrozenInstanceError):
        a_programme().revision = 2  # type: ignore[misc]
