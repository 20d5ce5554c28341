from datetime import time

import pytest

from bot.domain.programme import DEFAULT_MIX, Collect, Programme
from bot.domain.question import Level
from bot.ports import Caller, SetupRequest
from bot.service.setup import Fault, choices, read
from bot.views import SetupChoice
from scheduler import calendar
from tests.world import ANA, BEN, CHRIS, PLACE

TOPICS = frozenset({"data", "serving"})


def asked(before: Programme | None = None, **words: str) -> tuple[Programme, list[Fault]]:
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
    ("name", "text", "fault"),
    [
        ("at", "9", "'9' is not a time"),
        ("reveal_at", "4pm", "'4pm' is not a time"),
        ("days", "someday", "'someday' is not a day"),
        ("every", "two", "'two' is not a number of weeks"),
        ("every", "1000", "'1000' is not a number of weeks"),
        ("every", "\N{SUPERSCRIPT TWO}", "is not a number of weeks"),
        ("topics", "dataa", "'dataa' is not a topic of the bank; did you mean data?"),
        ("topics", "gardening", "there are data, serving"),
        ("topics", "dataa,data,servng", "'dataa', 'servng' are not topics of the bank; did you mean data, serving?"),
        ("topics", "dataa,gardening", "'dataa', 'gardening' are not topics of the bank; there are data, serving"),
        ("topics", "a,b,c,d,e,f", "'a', 'b', 'c', 'd', 'e' … are not topics"),
        ("levels", "novice,expert,guru:2", "'novice', 'guru' are not levels; there are foundation, practitioner"),
        ("levels", "guru", "'guru' is not a level; there are foundation, practitioner, expert"),
        ("levels", "expert:0", "'0' is not a share; write a whole number from 1 to 100"),
        ("levels", "expert:101", "'101' is not a share"),
        ("levels", "expert:many", "'many' is not a share"),
        ("admins", "ana, a/b", "'a/b' is no member of this team"),
        ("admins", "console:away:ben", "'console:away:ben' is no member of this team"),
        ("admins", "slack:home:ben", "'slack:home:ben' is no member of this team"),
        ("admins", " ".join(f"m{number}" for number in range(21)), "21 are too many; at most 20 can be named"),
        ("collect", "post", "'post' is not a way to collect replies; there are form, thread, both"),
    ],
)
def test_a_wrong_value_is_named_with_what_would_be_right(name: str, text: str, fault: str) -> None:
    programme, faults = asked(None, **{name: text})

    ((wrong, sentence),) = faults
    assert wrong == name
    assert fault in sentence
    assert programme == asked()[0]


@pytest.mark.parametrize("text", ["ben,chris", " ben  chris ", "@ben, console:home:chris", "ben,ben,chris"])
def test_admins_are_named_as_they_are_called_or_by_their_ids(text: str) -> None:
    programme, faults = asked(admins=text)

    assert (programme.admins, faults) == (frozenset({BEN, CHRIS}), [])
    assert programme.looked_after_by() == (ANA, BEN, CHRIS)


def test_admins_stay_until_others_are_named_or_none() -> None:
    before, _ = asked(admins="chris")

    assert asked(before, at="10:00")[0].admins == {CHRIS}
    assert asked(before, admins="ben")[0].admins == {BEN}
    assert asked(before, admins="none")[0].admins == frozenset()


def test_who_set_it_up_and_is_named_too_looks_after_it_once() -> None:
    assert asked(admins="ana")[0].looked_after_by() == (ANA,)


@pytest.mark.parametrize(("at", "reveal_at"), [("25:00", "08:00"), ("17:00", "4pm")])
def test_beside_a_time_that_is_wrong_the_other_is_not_held_against_anything(at: str, reveal_at: str) -> None:
    programme, faults = asked(at=at, reveal_at=reveal_at)

    assert (len(faults), [*calendar.faults(programme.schedule)]) == (1, [])


def test_every_wrong_value_is_named_at_once() -> None:
    assert len(asked(at="x", reveal_at="x", days="x", topics="x", levels="x", collect="x", every="x")[1]) == 7


def test_what_may_be_chosen_has_what_is_chosen_now_and_a_level_its_share() -> None:
    before, _ = asked(days="mon,wed", topics="data", levels="expert:7", collect="thread")
    caller = Caller(place=PLACE, member=ANA, delivery="d")

    now = choices(before, caller, TOPICS)

    assert now["days"].chosen == ("mon", "wed")
    assert now["topics"] == SetupChoice(options=("data", "serving"), chosen=("data",), none="all")
    assert now["levels"].options == ("foundation:3", "practitioner:5", "expert:7")
    assert now["levels"].chosen == ("expert:7",)
    assert now["collect"] == SetupChoice(options=("form", "thread", "both"), chosen=("thread",), several=False)


def test_a_topic_that_has_left_the_bank_can_still_be_kept_or_left() -> None:
    before, _ = asked(topics="data")

    assert "data" in choices(before, Caller(place=PLACE, member=ANA, delivery="d"), {"serving"})["topics"].options


@pytest.mark.parametrize("words", [{}, {"days": "daily", "topics": "serving", "levels": "expert", "collect": "form"}])
def test_what_is_chosen_and_sent_back_changes_nothing(words: dict[str, str]) -> None:
    before, _ = asked(None, **words)
    now = choices(before, Caller(place=PLACE, member=ANA, delivery="d"), TOPICS)

    after, faults = asked(before, **{name: ",".join(one.chosen) or one.none for name, one in now.items()})

    assert (after, faults) == (before, [])
