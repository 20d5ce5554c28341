"""A place is told once, under a question, before replies leave the house; what was asked before stays in."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from adapters.redis.store import Store
from bot.domain.question import Question
from bot.domain.reply import PointVerdict, Suggestion, Verdict
from bot.ports import OutcomeUnknown, Post, Refused
from bot.service.disclosure import Outside
from bot.views import ConfirmView, OtherVerdict, PracticeGradeView
from tests.mischief import DiedError
from tests.service.reviewing import item, revealed, ticked
from tests.world import ANA, BY_HAND, MONDAY, OTHER_PLACE, TODAY, TOMORROW, World, build, question

NAME = "little-model at llm.example.org"
QUESTIONS = [question(number) for number in range(6)]


@dataclass(slots=True)
class Elsewhere:
    """Sees everything, and remembers what it was shown."""

    shown: list[str] = field(default_factory=list)

    async def suggest(
        self, question: Question, phrasings: Mapping[str, Sequence[str]], replies: Sequence[str]
    ) -> Sequence[Suggestion]:
        self.shown += replies
        verdicts = tuple(PointVerdict(verdict=Verdict.COVERED) for _ in question.key_points)
        inside = Suggestion(verdicts=verdicts, grader="words", version="1")
        return [Suggestion(verdicts=verdicts, grader="llm", version="1", second=inside) for _ in replies]


@pytest.fixture
def elsewhere() -> Elsewhere:
    return Elsewhere()


@pytest.fixture
async def world(store: Store, elsewhere: Elsewhere) -> AsyncIterator[World]:
    made = build(store, QUESTIONS, outside=Outside(grader=elsewhere, name=NAME))
    yield made
    made.room.close()


def notes(world: World, place: str = TODAY.rpartition(":")[0]) -> list[str]:
    """Return what is told under the questions of a place, one after the other."""
    rounds = (f"{place}:2025-03-0{day}" for day in (3, 4, 5))
    return [post["note"] for id_ in rounds for post in world.posts(Post.QUESTION, id_, place)]  # type: ignore[arg-type]


async def test_the_first_question_tells_what_leaves_to_where_and_no_later_one_does(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.at(16)
    await world.at(9, day=TOMORROW_DATE)

    first, second = notes(world)

    assert NAME in first
    assert "without anybody's name" in first
    assert second == ""


TOMORROW_DATE = MONDAY.replace(day=4)


async def test_it_stays_under_its_question_when_that_is_closed(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.at(16)

    (post,) = world.posts(Post.QUESTION)

    assert post["closed"]
    assert NAME in post["note"]


async def test_each_place_is_told(world: World) -> None:
    await world.set_up()
    await world.set_up(OTHER_PLACE)
    await world.at(9)

    assert [NAME in note for note in (*notes(world), *notes(world, OTHER_PLACE))] == [True, True]


async def test_replies_are_shown_to_it_from_then_on(world: World, elsewhere: Elsewhere) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "nothing that the grader inside would see")
    await world.at(16)

    suggestion = await world.replies.suggestion(TODAY, ANA)

    assert elsewhere.shown == ["nothing that the grader inside would see"]
    assert suggestion is not None
    assert suggestion.second is not None
    assert (suggestion.grader, suggestion.second.grader) == ("llm", "words")
    assert (await world.points())["ana"] == 10


async def test_what_grading_anew_would_come_to_is_said_without_showing_anything_to_it(
    world: World, elsewhere: Elsewhere
) -> None:
    await revealed(world, ana="alpha", ben="beta")
    before = len(elsewhere.shown)

    view = await world.admin("regrade")
    previewed = len(elsewhere.shown)
    await world.admin("regrade yes")
    await world.due()

    assert isinstance(view, ConfirmView)
    assert f"sends them to {NAME} once more" in view.text
    assert (before, previewed, len(elsewhere.shown)) == (2, 2, 4)


async def test_who_checks_while_it_is_graded_anew_costs_no_second_look(world: World, elsewhere: Elsewhere) -> None:
    await revealed(world, ana="alpha", ben="beta")
    before = len(elsewhere.shown)

    async def check() -> None:
        await ticked(world)

    world.mischief.before("regrade", check)
    await world.admin("regrade yes")
    await world.due()

    assert len(elsewhere.shown) == before + 2


async def test_a_lead_sees_where_the_grader_inside_thinks_otherwise(
    world: World, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Suggestion(
        verdicts=tuple(PointVerdict(verdict=one) for one in (Verdict.COVERED, Verdict.MAYBE, Verdict.NOT_SEEN)),
        grader="llm",
        version="1",
    )
    other = PointVerdict(verdict=Verdict.NOT_SEEN, evidence="not beta")
    inside = replace(told, verdicts=(told.verdicts[0], other, told.verdicts[2]), grader="words")

    async def differ(*_: object) -> Sequence[Suggestion]:
        return [replace(told, second=inside)]

    monkeypatch.setattr(type(elsewhere), "suggest", differ)
    await revealed(world, ana="alpha, not beta")
    await ticked(world)

    assert (await item(world)).second == (OtherVerdict(number=2, verdict=other),)


async def test_practice_is_not_shown_to_it(world: World, elsewhere: Elsewhere) -> None:
    kept = await world.desk.practice_answer(world.caller(), QUESTIONS[0].id, "alpha, I would say")

    assert isinstance(kept, PracticeGradeView)
    assert elsewhere.shown == []


async def test_what_was_asked_before_it_was_switched_on_stays_in_the_house(
    world: World, elsewhere: Elsewhere, store: Store
) -> None:
    before = build(store, QUESTIONS)
    await before.set_up()
    await before.at(9)
    await before.reply("ana", "alpha")
    before.room.close()

    await world.at(16)
    await world.at(9, day=TOMORROW_DATE)
    await world.reply("ana", "alpha of another day", TOMORROW)
    await world.at(16)

    assert elsewhere.shown == ["alpha of another day"]


async def test_a_crash_around_the_post_changes_nothing(world: World, elsewhere: Elsewhere) -> None:
    await world.set_up()
    world.mischief.after("once", DiedError())
    await world.at(9)
    world.mischief.after("post_question", DiedError())
    await world.later(minutes=2)
    await world.later(minutes=2)

    await world.reply("ana", "alpha")
    await world.at(16)

    assert [NAME in note for note in notes(world)] == [True]
    assert elsewhere.shown == ["alpha"]


async def test_an_unknown_outcome_tells_it_with_the_next_try(world: World) -> None:
    await world.set_up()
    world.mischief.before("post_question", OutcomeUnknown("no answer"))
    await world.at(9)
    for _ in range(5):
        await world.later(minutes=1)

    assert [NAME in note for note in notes(world)] == [True]


async def test_a_question_that_was_never_asked_has_told_nobody(world: World, elsewhere: Elsewhere) -> None:
    await world.set_up()
    world.mischief.before("post_question", Refused("not in the channel"))
    await world.at(9)
    await world.admin("resume")
    await world.at(9, day=TOMORROW_DATE)
    await world.reply("ana", "alpha", TOMORROW)
    await world.at(16)

    assert [NAME in note for note in notes(world)] == [True]
    assert elsewhere.shown == ["alpha"]


async def test_another_model_is_told_of_anew(world: World, store: Store) -> None:
    await world.set_up()
    await world.at(9)
    await world.at(16)
    other = build(store, QUESTIONS, outside=Outside(grader=Elsewhere(), name="large-model at llm.example.org"))
    await other.at(9, day=TOMORROW_DATE)

    (post,) = other.posts(Post.QUESTION, TOMORROW)
    other.room.close()

    assert "large-model" in post["note"]


async def test_a_second_question_of_the_day_is_of_the_same_place(world: World, elsewhere: Elsewhere) -> None:
    await world.set_up()
    await world.at(9)
    await world.at(16)
    await world.admin("ask-now")
    await world.due()
    await world.reply("ana", "alpha by hand", BY_HAND)
    await world.admin("reveal-now")
    await world.due()

    (post,) = world.posts(Post.QUESTION, BY_HAND)

    assert post["note"] == ""
    assert elsewhere.shown == ["alpha by hand"]
