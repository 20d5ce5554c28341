"""Whatever anybody types: a view, never an exception; and what was accepted comes back as it was cleaned."""

import asyncio
from collections.abc import Coroutine, Iterator
from dataclasses import fields
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from adapters.redis.store import Store
from bot.domain.reply import MAX_REPLY, ReceiptState, Reply, Via, clean
from bot.domain.score import PeriodKind
from bot.ports import SetupRequest
from bot.views import (
    AnswerView,
    BoardView,
    GradeView,
    NextQuestionView,
    NoticeView,
    PracticeGradeView,
    PracticeView,
    ReceiptView,
    SetupFaultsView,
    StatusView,
)
from tests.conftest import Server
from tests.world import ANA, TODAY, World, build, question

T = TypeVar("T")
_FIELDS = [field.name for field in fields(SetupRequest)]

NASTY = [
    "",
    " \t\r\n ",
    "x" * 1_000_000,
    "\x00\x07\x1b[31m\x7f\x9b",
    "שלום \u202eevil\u2066 עולם",
    "🧪👩\u200d🔬" * 50,
    "\ud800 lone \udfff",
    "return redis.call('FLUSHALL')",
    "']]; redis.call('DEL', KEYS[1]) --[[",
    "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\nb\r\n",
    "studybot:*:console:home:board:general:all",
    "%s %d {} {0} {x!r} ${HOME} $(id)",
    '{"v":"1","t":"x","x":false}',
    "nan inf -0 1e309 00 ٣",
]
TEXTS = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=()), max_size=200))
LOOSE = settings(max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Loop:
    """One event loop for all examples of a test: the store's connections live on it."""

    def __init__(self, server: Server) -> None:
        self._runner = asyncio.Runner()
        self._client = Redis(unix_socket_path=server.socket, decode_responses=True)
        self.world: World = self.run(self._begin())

    async def _begin(self) -> World:
        await self._client.flushall()
        world = build(Store(steady=self._client, quick=self._client), [question(number) for number in range(3)])
        await world.set_up()
        await world.at(9)
        return world

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    def close(self) -> None:
        self.world.room.close()
        self.run(self._client.aclose())
        self._runner.close()


@pytest.fixture(scope="module")
def loop(server: Server) -> Iterator[Loop]:
    made = Loop(server)
    yield made
    made.close()


@LOOSE
@given(name=st.sampled_from(["quiz", "quiz-admin", "leaderboard", "other"]), text=TEXTS)
def test_a_command_is_answered_with_a_view(loop: Loop, name: str, text: str) -> None:
    if text.strip().lower().startswith(("remove", "pause")):
        return  # they would end the day for the other examples

    view = loop.run(loop.world.desk.command(loop.world.caller(admin=True), name, text))

    assert type(view).__name__.endswith("View")


@LOOSE
@given(
    word=st.sampled_from(
        [
            "answer",
            "ask",
            "leaderboard",
            "grade",
            "me",
            "hide",
            "unhide",
            "export",
            "forget-me",
            "setup at=",
            "setup zone=",
            "setup days=",
            "setup levels=",
            "setup ",
            "next ",
        ]
    ),
    text=TEXTS,
)
def test_a_known_command_with_any_words_is_answered_with_a_view(loop: Loop, word: str, text: str) -> None:
    name = "quiz-admin" if word.startswith(("setup", "next")) else "quiz"

    view = loop.run(loop.world.desk.command(loop.world.caller(admin=True), name, word + " " * (" " not in word) + text))

    assert type(view).__name__.endswith("View")


@LOOSE
@given(seen=TEXTS)
def test_a_swap_of_anything_is_answered_with_a_view(loop: Loop, seen: str) -> None:
    view = loop.run(loop.world.desk.swap(loop.world.caller(admin=True), seen))

    assert isinstance(view, NextQuestionView | NoticeView)


@LOOSE
@given(reason=TEXTS)
def test_a_pause_for_any_reason_is_written_down(loop: Loop, reason: str) -> None:
    caller = loop.world.caller(admin=True)
    loop.world.clock.go(seconds=1)  # two changes of one instant have no order

    loop.run(loop.world.desk.command(caller, "quiz-admin", f"pause {reason}"))
    status = loop.run(loop.world.desk.command(caller, "quiz-admin", "status"))
    loop.run(loop.world.desk.command(caller, "quiz-admin", "resume"))

    assert isinstance(status, StatusView)
    assert status.changes[0].what.startswith("paused the quiz")


@LOOSE
@given(values=st.tuples(*[TEXTS] * len(_FIELDS)))
def test_a_setup_with_any_values_is_a_status_or_names_what_is_wrong(loop: Loop, values: tuple[str, ...]) -> None:
    caller = loop.world.caller(admin=True)

    view = loop.run(loop.world.desk.setup(caller, SetupRequest(**dict(zip(_FIELDS, values, strict=True)))))

    assert isinstance(view, StatusView | SetupFaultsView)


@LOOSE
@given(text=TEXTS, via=st.sampled_from(Via), delivery=TEXTS, part=TEXTS, version=st.integers(0, 2**53))
def test_a_reply_is_kept_as_cleaned_or_refused_in_a_sentence(
    loop: Loop, text: str, via: Via, delivery: str, part: str, version: int
) -> None:
    reply = Reply(
        round=TODAY, member=ANA, text=text, via=via, delivery=clean(delivery), version=version, part=clean(part)
    )

    view = loop.run(loop.world.desk.submit(reply))

    assert isinstance(view, ReceiptView)
    assert view.sentence
    if len(clean(text)) > MAX_REPLY:
        assert view.state is ReceiptState.TOO_LONG


@LOOSE
@given(text=TEXTS.filter(lambda text: 0 < len(clean(text)) <= MAX_REPLY))
def test_a_private_reply_comes_back_word_for_word(loop: Loop, text: str) -> None:
    world = loop.world

    view = loop.run(world.reply("ben", text))
    form = loop.run(world.desk.answer_form(world.caller("ben")))

    assert (view.state, view.text) == (ReceiptState.ACCEPTED, clean(text))
    assert getattr(form, "present", None) == view.text


@LOOSE
@given(number=st.integers(), ticks=st.lists(st.booleans(), max_size=9), reason=TEXTS)
def test_hints_grades_and_boards_answer_anything(loop: Loop, number: int, ticks: list[bool], reason: str) -> None:
    desk, caller = loop.world.desk, loop.world.caller()

    assert isinstance(loop.run(desk.hint(caller, None, number)), NoticeView)
    assert isinstance(loop.run(desk.check(caller, TODAY, ticks, reason)), GradeView | NoticeView)
    assert isinstance(loop.run(desk.leaderboard(caller, PeriodKind.ALL, team=bool(number % 2))), BoardView)


@LOOSE
@given(
    id_=TEXTS | st.sampled_from(["q0", "q1"]),
    text=TEXTS,
    number=st.integers(),
    ticks=st.lists(st.booleans(), max_size=9),
    times=st.none() | st.integers(),
)
def test_practice_answers_anything(
    loop: Loop, id_: str, text: str, number: int, ticks: list[bool], times: int | None
) -> None:
    desk, caller = loop.world.desk, loop.world.caller()

    assert isinstance(loop.run(desk.practise(caller, text, passing=id_)), PracticeView | NoticeView)
    assert isinstance(loop.run(desk.practice_form(caller, id_)), PracticeView | NoticeView)
    assert isinstance(loop.run(desk.practice_answer(caller, id_, text)), PracticeGradeView | NoticeView)
    assert isinstance(loop.run(desk.practice_check(caller, id_, ticks)), PracticeGradeView | NoticeView)
    assert isinstance(loop.run(desk.practice_grade(caller, id_)), PracticeGradeView | NoticeView)
    assert isinstance(loop.run(desk.practice_hint(caller, id_, number)), NoticeView)
    assert isinstance(loop.run(desk.practice_show(caller, id_, times)), AnswerView | NoticeView)


@LOOSE
@given(text=TEXTS.filter(lambda text: 0 < len(clean(text)) <= MAX_REPLY))
def test_a_practice_reply_comes_back_word_for_word(loop: Loop, text: str) -> None:
    world = loop.world
    kept_out = loop.run(world.desk.practice.planning.kept_out(world.caller().place))
    (free,) = {"q0", "q1", "q2"} - {*kept_out}

    graded = loop.run(world.desk.practice_answer(world.caller("ben"), free, text))
    looked_up = loop.run(world.desk.practice_grade(world.caller("ben"), free))

    assert isinstance(graded, PracticeGradeView)
    assert isinstance(looked_up, PracticeGradeView)
    assert graded.reply == looked_up.reply == clean(text)
