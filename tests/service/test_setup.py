from datetime import time

import pytest

from bot.domain.programme import DEFAULT_MIX, Collect, Programme
from bot.domain.question import Level
from bot.ports import Caller, SetupRequest
from bot.service.setup import read
from scheduler import calendar
from tests.world import ANA, BEN, PLACE

TOPICS = frozenset({"data", "serving"})


def asked(before: Programme | None = None, **words: str) -> tuple[Programme, list[str]]:
    caller = Caller(place=PLACE, member=BEN if before else ANA, delivery="d")
    return read(SetupRequest(**words), caller, before, TOPICS)


def test_nothing_said_means_the_defaults() -> None:
    programme, faults = asked()

    assert faults == []
    assert (programme.schedule.at, programme.schedule.reveal_at, programme.schedule.zone) == (time(9), time(16), "UTC")
    assert (programme.topics, programme.levels, programme.collect) == (frozenset(), DEFAULT_MIX, Collect.BOTH)
    assert (programme.place, programme.set_up_by) == (PLACE, ANA)


def test_everything_said_is_read() -> None:
    programme, faults = asked(
        at="10:15",
        reveal_at="17:00",
        zone=" Asia/Tokyo ",
        days="tue-thu",
        topics="Data, serving",
        levels="foundation:3, Expert",
        collect="FORM",
        holidays="DE-BE",
        every="2",
    )

    schedule = programme.schedule
    assert faults == []
    assert (schedule.at, schedule.zone, schedule.weekdays) == (time(10, 15), "Asia/Tokyo", frozenset({1, 2, 3}))
    assert (schedule.holidays, schedule.every) == ("DE-BE", 2)
    assert (programme.topics, programme.collect) == (TOPICS, Collect.FORM)
    assert programme.levels == {Level.FOUNDATION: 3, Level.EXPERT: 1}


def test_what_is_not_named_in_a_change_stays() -> None:
    before, _ = asked(at="10:15", topics="data", holidays="DE", levels="expert:2", collect="thread")

    after, faults = asked(before, zone="Asia/Tokyo")

    assert faults == []
    assert (after.schedule.at, after.schedule.holidays, after.schedule.zone) == (time(10, 15), "DE", "Asia/Tokyo")
    assert (after.topics, after.levels, after.collect) == (before.topics, before.levels, before.collect)
    assert after.set_up_by == ANA


@pytest.mark.parametrize("word", ["none", "No", "-"])
def test_holidays_can_be_taken_back(word: str) -> None:
    before, _ = asked(holidays="DE")

    assert asked(before, holidays=word)[0].schedule.holidays is None


@pytest.mark.parametrize("word", ["all", "ANY", "*", "data,all"])
def test_all_topics_can_be_wanted_again(word: str) -> None:
    before, _ = asked(topics="data")

    assert asked(before, topics=word)[0].topics == frozenset()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"at": "9"}, "at: '9' is not a time"),
        ({"days": "someday"}, "days: 'someday' is not a day"),
        ({"every": "two"}, "every: 'two' is not a number of weeks"),
        ({"every": "1000"}, "every: '1000' is not a number of weeks"),
        ({"every": "\N{SUPERSCRIPT TWO}"}, "is not a number of weeks"),
        ({"topics": "dataa"}, "topics: 'dataa' is not a topic of the bank; did you mean data?"),
        ({"topics": "gardening"}, "there are data, serving"),
        ({"topics": "dataa,data,servng"}, "'dataa', 'servng' are not topics of the bank; did you mean data, serving?"),
        ({"topics": "dataa,gardening"}, "'dataa', 'gardening' are not topics of the bank; there are data, serving"),
        ({"topics": "a,b,c,d,e,f"}, "'a', 'b', 'c', 'd', 'e' … are not topics"),
        ({"levels": "novice,expert,guru:2"}, "'novice', 'guru' are not levels; there are foundation, practitioner"),
        ({"levels": "guru"}, "levels: 'guru' is not a level; there are foundation, practitioner, expert"),
        ({"levels": "expert:0"}, "levels: '0' is not a share; write a whole number from 1 to 100"),
        ({"levels": "expert:101"}, "'101' is not a share"),
        ({"levels": "expert:many"}, "'many' is not a share"),
        ({"collect": "post"}, "collect: 'post' is not a way to collect replies; there are form, thread, both"),
    ],
)
def test_a_wrong_value_is_named_with_what_would_be_right(words: dict[str, str], fault: str) -> None:
    programme, faults = asked(None, **words)

    assert len(faults) == 1
    assert fault in faults[0]
    assert programme == asked()[0]


@pytest.mark.parametrize(("at", "reveal_at"), [("25:00", "08:00"), ("17:00", "4pm")])
def test_beside_a_time_that_is_wrong_the_other_is_not_held_against_anything(at: str, reveal_at: str) -> None:
    programme, faults = asked(at=at, reveal_at=reveal_at)

    assert (len(faults), [*calendar.faults(programme.schedule)]) == (1, [])


def test_every_wrong_value_is_named_at_once() -> None:
    assert len(asked(at="x", reveal_at="x", days="x", topics="x", levels="x", collect="x", every="x")[1]) == 7
