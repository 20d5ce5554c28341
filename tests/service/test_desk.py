from dataclasses import replace

import pytest

from bot import wording
from bot.domain.ids import programme_of
from bot.ports import Caller, SetupRequest, StoreUnavailable
from bot.service.programmes import Programmes
from bot.views import (
    BoardView,
    FormView,
    GradeView,
    HelpView,
    NextQuestionView,
    NoticeView,
    PrivateView,
    ReceiptView,
    SetupFaultsView,
    SetupFormView,
    StatusView,
)
from tests.world import ANA, OTHER_PLACE, PLACE, TODAY, World


def text_of(view: PrivateView) -> str:
    assert isinstance(view, NoticeView | SetupFaultsView)
    return view.text


@pytest.mark.parametrize("said", ["", "  ", "help", "HELP me"])
@pytest.mark.parametrize("command", ["quiz", "quiz-admin"])
async def test_help_is_for_everyone_who_asks_or_says_nothing(world: World, command: str, said: str) -> None:
    view = await world.desk.command(world.caller(), command, said)

    assert isinstance(view, HelpView)


async def test_only_admins_may_do_what_admins_do(world: World) -> None:
    assert text_of(await world.desk.command(world.caller(), "quiz-admin", "setup")) == wording.desk.NOT_ADMIN
    assert text_of(await world.desk.setup(world.caller(), SetupRequest(at="09:00"))) == wording.desk.NOT_ADMIN
    assert text_of(await world.desk.setup_form(world.caller())) == wording.desk.NOT_ADMIN
    assert await world.rounds.present(PLACE) is None
    assert text_of(await world.admin("status")) == wording.programmes.NO_PROGRAMME


async def _let_ana_name_ben(world: World) -> None:
    await world.admin("setup zone=UTC at=09:00 reveal=16:00 admins=ben")


@pytest.mark.parametrize("name", ["ana", "ben"])
async def test_who_set_the_quiz_up_and_who_was_named_look_after_it_whatever_they_are_to_the_platform(
    world: World, name: str
) -> None:
    await _let_ana_name_ben(world)
    caller = world.caller(name)

    assert isinstance(await world.desk.command(caller, "quiz-admin", "status"), StatusView)
    assert isinstance(await world.desk.setup_form(caller), SetupFormView)
    assert isinstance(await world.desk.setup(caller, SetupRequest(at="10:00")), StatusView)
    assert isinstance(await world.desk.swap(caller, ""), NextQuestionView)


async def test_all_others_are_told_politely_whom_to_ask(world: World) -> None:
    await _let_ana_name_ben(world)

    assert text_of(await world.desk.command(world.caller("chris"), "quiz-admin", "pause")) == wording.desk.NOT_ADMIN
    elsewhere = world.caller("ben", OTHER_PLACE)
    assert text_of(await world.desk.command(elsewhere, "quiz-admin", "setup")) == wording.desk.NOT_ADMIN
    await world.admin("setup admins=none")
    assert text_of(await world.desk.swap(world.caller("ben"), "")) == wording.desk.NOT_ADMIN


async def test_who_looks_after_the_place_is_only_looked_up_where_it_matters(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    async def look(_self: object, caller: Caller) -> bool:
        looked.append(caller.member)
        return False

    monkeypatch.setattr(Programmes, "is_looked_after_by", look)

    await world.quiz("ana", "me")
    await world.admin("status")
    assert looked == []
    await world.desk.command(world.caller("ana"), "quiz-admin", "status")
    assert looked == [ANA]


async def test_a_store_that_does_not_say_who_looks_after_a_place_is_told_of(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look(_self: object, _caller: Caller) -> bool:
        raise StoreUnavailable("silent")

    monkeypatch.setattr(Programmes, "is_looked_after_by", look)

    assert text_of(await world.desk.command(world.caller(), "quiz-admin", "status")) == wording.desk.NOT_DONE


@pytest.mark.parametrize(
    ("command", "said", "answer"),
    [
        ("quiz", "anwser me", "I don't know 'anwser'. Did you mean /quiz answer?"),
        ("quiz", "42", "I don't know '42'. /quiz help lists what there is."),
        ("quiz-admin", "ask-mow", "I don't know 'ask-mow'. Did you mean /quiz-admin ask-now?"),
        ("quiz", "stats", "I don't know 'stats'. Did you mean /quiz me?"),
        ("quiz", "Practice", "I don't know 'Practice'. Did you mean /quiz ask?"),
        ("quiz", "swap", "I don't know 'swap'. Did you mean /quiz-admin next swap?"),
        ("quiz", "show", "I don't know 'show'. /quiz help lists what there is."),
        ("quiz", "unhid", "I don't know 'unhid'. Did you mean /quiz unhide?"),
        ("quiz-admin", "unskip", "I don't know 'unskip'. /quiz help lists what there is."),
        ("quiz-admin", "stop", "I don't know 'stop'. Did you mean /quiz-admin pause?"),
        ("quiz", "x" * 5_000, f"I don't know '{'x' * 40}…'. /quiz help lists what there is."),
    ],
)
async def test_an_unknown_word_is_answered_with_the_nearest(world: World, command: str, said: str, answer: str) -> None:
    assert text_of(await world.desk.command(world.caller(admin=True), command, said)) == answer


async def test_answer_without_a_text_opens_the_form(world: World) -> None:
    await world.set_up()
    await world.at(9)

    assert isinstance(await world.quiz("ana", "answer"), FormView)


@pytest.mark.parametrize("space", [" ", "\n", "\t", "  "])
async def test_answer_with_a_text_is_the_answer(world: World, space: str) -> None:
    await world.set_up()
    await world.at(9)

    receipt = await world.quiz("ana", f"answer{space}alpha\nand  beta")

    assert isinstance(receipt, ReceiptView)
    assert (receipt.state, receipt.text) == ("accepted", "alpha\nand  beta")


async def test_answer_where_nothing_is_open_says_so(world: World) -> None:
    assert text_of(await world.quiz("ana", "answer alpha")) == wording.replies.NO_ROUND


@pytest.mark.parametrize(
    ("said", "period", "scope"),
    [
        ("", "week:2025-W10", PLACE),
        ("day", "day:2025-03-03", PLACE),
        ("MONTH", "month:2025-03", PLACE),
        ("team", "week:2025-W10", "console:home"),
        ("season team", "season:2025-Q1", "console:home"),
        ("team all", "all", "console:home"),
    ],
)
async def test_the_leaderboard_is_of_the_week_unless_said_otherwise(
    world: World, said: str, period: str, scope: str
) -> None:
    await world.set_up()

    short = await world.desk.command(world.caller(), "leaderboard", said)
    long = await world.quiz("ana", f"leaderboard {said}")

    assert isinstance(short, BoardView)
    assert short == long
    assert (short.period, short.scope) == (period, scope)


@pytest.mark.parametrize("said", ["year", "day week"])
async def test_an_unknown_period_is_answered_with_those_there_are(world: World, said: str) -> None:
    view = await world.desk.command(world.caller(), "leaderboard", said)

    assert text_of(view) == f"I don't know the period {said!r}: say one of day, week, month, season, all."


@pytest.mark.parametrize(
    ("said", "meant"), [("weekly", "week"), ("today", "day"), ("quarter", "season"), ("this week", "week")]
)
async def test_a_period_by_another_name_is_answered_with_ours(world: World, said: str, meant: str) -> None:
    view = await world.desk.command(world.caller(), "leaderboard", f"{said} team")

    assert text_of(view) == f"I don't know the period {said!r}: did you mean {meant}?"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("tme=09:00", "I don't know 'tme=09:00'; say for example at=09:00"),
        ("zon=UTC", "did you mean zone=…?"),
        ("09:00", "I don't know '09:00'"),
    ],
)
async def test_a_setup_word_that_is_not_known_changes_nothing(world: World, said: str, answer: str) -> None:
    text = text_of(await world.admin(f"setup at=10:00 {said}"))

    assert text.startswith("Nothing was changed")
    assert answer in text
    assert text_of(await world.admin("status")) == wording.programmes.NO_PROGRAMME


async def test_setup_words_may_be_written_as_people_do(world: World) -> None:
    await world.admin("setup AT=10:00 reveal-at=15:00 Zone=Europe/Berlin")

    schedule = (await world.programme()).schedule
    assert (schedule.at.hour, schedule.reveal_at.hour, schedule.zone) == (10, 15, "Europe/Berlin")


async def test_a_form_can_set_the_quiz_up_too(world: World) -> None:
    view = await world.desk.setup(world.caller(admin=True), SetupRequest(at="10:00"))

    assert isinstance(view, StatusView)
    assert view.schedule.startswith("asks 10:00")


async def test_buttons_reach_the_same_use_cases_as_commands(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)

    by_button = await world.desk.grade(world.caller(), TODAY)

    assert isinstance(by_button, GradeView)
    assert by_button == await world.quiz("ana", "grade")


async def _revealed(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)


@pytest.mark.parametrize(
    ("said", "ticks", "reason"),
    [
        ("1 3", [True, False, True], ""),
        ("2", [False, True, False], ""),
        ("none", [False] * 3, ""),
        ("1, 2 -- both  are there", [True, True, False], "both  are there"),
    ],
)
async def test_grade_with_numbers_ticks_exactly_these(world: World, said: str, ticks: list[bool], reason: str) -> None:
    await _revealed(world)

    grade = await world.quiz("ana", f"grade {said}")

    assert isinstance(grade, GradeView)
    assert [point.ticked for point in grade.points] == ticks
    assert grade.notice.startswith(wording.grades.CHECK_KEPT)
    kept = await world.ledger.grade(TODAY, world.caller("ana").member)
    assert kept
    assert (list(kept.ticks), kept.reason) == (ticks, reason)


@pytest.mark.parametrize("said", ["4", "0", "1 x", "all", "-- because"])
async def test_grade_with_wrong_numbers_says_what_would_be_right(world: World, said: str) -> None:
    await _revealed(world)

    assert text_of(await world.quiz("ana", f"grade {said}")) == wording.grades.which_points(3)
    assert await world.points() == {"ana": 6}


async def test_grade_with_numbers_and_no_reply_says_so(world: World) -> None:
    await _revealed(world)

    assert text_of(await world.quiz("ben", "grade 1 3")) == wording.grades.NO_REPLY


async def test_all_that_is_wrong_with_a_setup_is_named_at_once_words_and_values(world: World) -> None:
    text = text_of(await world.admin("setup tme=09:00 at=25:00 days=mon days=tue zone=Mars/Olympus"))

    assert [line.split()[1:4] for line in text.splitlines()[1:]] == [
        ["I", "don't", "know"],
        ["days=", "is", "there"],
        ["at:", "'25:00'", "is"],
        ["There", "is", "no"],
    ]


async def test_what_is_wrong_with_a_setup_is_told_value_by_value_too(world: World) -> None:
    await world.set_up()
    request = SetupRequest(at="17:00", zone="Mars/Olympus", reveal_at="08:00", every="60", holidays="Narnia")

    view = await world.desk.setup(world.caller(admin=True), request)

    assert isinstance(view, SetupFaultsView)
    assert [name for name, _ in view.faults] == ["zone", "every", "reveal_at", "holidays"]
    assert all(sentence in view.text for _, sentence in view.faults)
    assert (await world.programme()).schedule.zone == "UTC"


async def test_a_word_that_is_no_value_has_no_name_among_what_is_wrong(world: World) -> None:
    view = await world.admin("setup colour=blue reveal=4pm")

    assert isinstance(view, SetupFaultsView)
    assert [name for name, _ in view.faults] == ["", "reveal_at"]


async def test_a_sentence_in_place_of_a_setup_is_not_picked_to_pieces(world: World) -> None:
    text = text_of(await world.admin("setup please ask every morning at nine and reveal it in the afternoon"))

    assert len(text.splitlines()) == 6


@pytest.mark.parametrize(
    ("said", "name"), [("at=09:00 zone=UTC at=10:00", "at"), ("reveal=15:00 reveal-at=15:00", "reveal-at")]
)
async def test_a_setup_word_said_twice_changes_nothing(world: World, said: str, name: str) -> None:
    text = text_of(await world.admin(f"setup {said}"))

    assert text == wording.programmes.setup_faults([wording.programmes.doubled_setup_word(name)])
    assert text_of(await world.admin("status")) == wording.programmes.NO_PROGRAMME


async def test_a_store_that_does_not_answer_is_said_and_nothing_raises(world: World) -> None:
    await world.set_up()
    await world.at(9)
    world.mischief.before("save_programme", StoreUnavailable("silent"))
    world.mischief.before("board", StoreUnavailable("silent"), StoreUnavailable("silent"))
    world.mischief.before("check", StoreUnavailable("silent"))
    world.mischief.before("ask_now", StoreUnavailable("silent"))

    assert text_of(await world.admin("pause")) == wording.desk.NOT_DONE
    assert text_of(await world.admin("ask-now")) == wording.desk.NOT_DONE
    assert text_of(await world.quiz("ana", "leaderboard")) == wording.desk.NOT_DONE


async def test_a_deletion_that_was_not_heard_is_read_back_before_the_reveal(world: World) -> None:
    await world.set_up()
    await world.at(9)
    written = await world.say("ana", "alpha")
    await world.desk.submit(written)
    await world.chat.withdraw(PLACE, written.member)  # while nobody listens

    await world.at(16)

    assert await world.points() == {}
    assert await world.replies.standing(TODAY) == []


async def test_setup_without_a_word_shows_every_value_as_it_would_be(world: World) -> None:
    form = await world.admin("setup")

    assert isinstance(form, SetupFormView)
    assert {name: value for name, value, _ in form.values} == {
        "at": "09:00",
        "reveal_at": "16:00",
        "zone": "UTC",
        "days": "mon-fri",
        "every": "1",
        "topics": "all",
        "levels": "foundation:3,practitioner:5,expert:2",
        "collect": "both",
        "holidays": "none",
        "admins": "none",
    }
    assert await world.programmes.get(programme_of(PLACE)) is None


@pytest.mark.parametrize(("zone", "shown"), [("Asia/Tokyo", "Asia/Tokyo"), ("Mars/Olympus", "UTC"), ("", "UTC")])
async def test_a_first_setup_proposes_the_leads_own_zone(world: World, zone: str, shown: str) -> None:
    form = await world.desk.setup_form(world.caller(admin=True), zone)

    assert isinstance(form, SetupFormView)
    assert ("zone", shown, wording.programmes.SETUP_MEANINGS["zone"]) in form.values
    assert form.choices["topics"].options == ("data", "serving", "training")


async def test_a_later_setup_keeps_the_zone_that_was_chosen(world: World) -> None:
    await world.set_up(words="zone=Europe/Berlin")

    form = await world.desk.setup_form(world.caller(admin=True), "Asia/Tokyo")

    assert isinstance(form, SetupFormView)
    assert ("zone", "Europe/Berlin", wording.programmes.SETUP_MEANINGS["zone"]) in form.values


async def test_what_the_setup_form_shows_can_be_sent_back_word_for_word(world: World) -> None:
    await world.set_up(
        words="zone=Europe/Berlin at=08:15 reveal=15:30 days=mon,wed topics=data levels=foundation holidays=DE-BE admins=ben,chris"
    )
    before = await world.programme()
    form = await world.admin("setup")
    assert isinstance(form, SetupFormView)

    await world.admin("setup " + " ".join(f"{name}={value}" for name, value, _ in form.values))

    assert replace(await world.programme(), revision=0) == replace(before, revision=0)
