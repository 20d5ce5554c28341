"""Ways of putting a key point that a lead accepts count from then on, and are refused where they would fit too much."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.redis.store import Store
from bot import wording
from bot.domain.ids import team_of
from bot.domain.phrasing import MOST_LEARNT, Learnt
from bot.domain.question import MAX_PHRASING, Label, Question, SampleReply
from bot.domain.reply import PointVerdict, Suggestion, Verdict
from bot.ports import StoreUnavailable
from bot.views import GradeView, NoticeView, PhrasingsView, PracticeGradeView, ReviewView
from tests.backups import backed_up, restored
from tests.expiry import keys_without_expiry
from tests.leftovers import leftovers
from tests.mischief import MORNING, DiedError
from tests.service.reviewing import item, revealed, waiting
from tests.world import ANA, BEN, PLACE, TODAY, World, question, who

TEAM = team_of(PLACE)
OWN_WORDS = "alpha, and then the second letter"
SECOND = "the second letter"


async def ticked(world: World, words: str = OWN_WORDS) -> str:
    """Let Ana tick the second key point that her words made; return what waits."""
    await revealed(world, ana=words, ben="alpha")
    await world.desk.check(world.caller("ana"), TODAY, [True, True, False], "it is beta")
    return (await item(world)).id


async def learn(world: World, said: str) -> ReviewView | NoticeView:
    view = await world.admin(f"review {await ticked(world)} learn {said}")
    assert isinstance(view, ReviewView | NoticeView)
    return view


async def learnt(world: World) -> list[str]:
    return [one.text for one in await world.phrasings.of(TEAM, asked(world).id)]


def asked(world: World) -> Question:
    return world.shelf.questions[0]


@pytest.fixture
def world(store: Store, world: World) -> World:
    world.shelf.questions = [question(0)]
    return world


async def test_an_accepted_phrasing_counts_for_everybody_from_then_on(world: World) -> None:
    view = await learn(world, f"2 {SECOND}")
    world.shelf.questions.append(question(1))  # so that another one comes next

    practised = await world.desk.practice_answer(world.caller("chris"), asked(world).id, f"I would take {SECOND}")
    late = await world.reply("dana", f"it is {SECOND}")

    assert isinstance(view, ReviewView)
    assert view.notice.startswith(wording.phrasings.LEARNT)
    assert isinstance(practised, PracticeGradeView)
    assert late.late_grade
    assert [[one.ticked for one in points] for points in (practised.points, late.late_grade.points)] == [
        [False, True, False]
    ] * 2
    assert await world.points() == {"ana": 8, "ben": 6}
    assert await world.is_sound()


async def test_the_next_reveal_of_the_question_knows_it(world: World) -> None:
    await learn(world, f"2 {SECOND}")
    world.clock.go(days=1)
    await world.admin("ask-now")
    await world.due()
    present = await world.rounds.present(PLACE)
    assert present
    await world.reply("ben", f"surely {SECOND}", present.id)
    await world.admin("reveal-now")
    await world.due()

    bens = await world.desk.grade(world.caller("ben"), present.id)

    assert isinstance(bens, GradeView)
    assert [one.ticked for one in bens.points] == [False, True, False]


async def test_the_passage_is_what_the_grader_saw_if_the_lead_names_none(world: World) -> None:
    alpha, beta, gamma = question(0).key_points
    world.shelf.questions = [replace(question(0), key_points=(alpha, replace(beta, accepted=("the next",)), gamma))]

    await world.admin(f"review {await ticked(world, 'alpha, and maybe beta?')} learn 2")

    assert await learnt(world) == ["beta?"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("2", wording.phrasings.NO_PASSAGE),
        ("1 alpha", wording.phrasings.WHICH_POINT),
        ("9 the ninth", wording.phrasings.WHICH_POINT),
        ("the second letter", wording.phrasings.WHICH_POINT),
        ("2 no idea", wording.phrasings.COPIED),
        ("2 Beta!", wording.phrasings.KNOWN),
        ("2 gamma", wording.phrasings.fits_two(3)),
        ("2 beta then gamma", wording.phrasings.fits_two(3)),
        ("2 words that nobody ever wrote", wording.phrasings.NOT_IN_REPLY),
        (f"2 {'w' * (MAX_PHRASING + 1)}", wording.phrasings.too_long(MAX_PHRASING + 1)),
    ],
)
async def test_what_may_not_be_learnt_is_refused_with_the_reason_and_decides_nothing(
    world: World, said: str, answer: str
) -> None:
    assert await learn(world, said) == NoticeView(text=answer)
    assert await learnt(world) == []
    assert len((await waiting(world)).items) == 1


WRONG = SampleReply(
    kind="wrong",
    text="It is the second letter, or so.",
    labels={"alpha": Label.NOT_MADE, "beta": Label.NOT_MADE, "gamma": Label.NOT_MADE},
)


async def test_a_lead_may_put_a_passage_better(world: World) -> None:
    await learn(world, "2 the second letter, namely")

    assert await learnt(world) == ["the second letter, namely"]


async def test_what_would_count_in_a_sample_that_is_known_to_be_wrong_is_refused(world: World) -> None:
    world.shelf.questions = [replace(question(0), samples=(WRONG,))]

    assert await learn(world, f"2 {SECOND}") == NoticeView(text=wording.phrasings.fits_a_wrong_reply(WRONG.text))


async def test_a_sample_that_makes_the_key_point_hinders_nothing(world: World) -> None:
    right = replace(WRONG, labels={**WRONG.labels, "beta": Label.MADE})
    world.shelf.questions = [replace(question(0), samples=(replace(WRONG, text="Nothing of all that."), right))]

    assert isinstance(await learn(world, f"2 {SECOND}"), ReviewView)


class Jealous:
    """Sees gamma, but only as long as nothing was learnt: a grader weighs words against each other."""

    async def suggest(self, question: Question, phrasings: object, replies: Sequence[str]) -> Sequence[Suggestion]:
        gamma = Verdict.NOT_SEEN if phrasings else Verdict.COVERED
        betas = [Verdict.COVERED if reply == SECOND else Verdict.NOT_SEEN for reply in replies]
        made = [tuple(PointVerdict(verdict=one) for one in (Verdict.NOT_SEEN, beta, gamma)) for beta in betas]
        return [Suggestion(verdicts=verdicts, grader="jealous", version="1") for verdicts in made]


async def test_what_changes_another_key_point_in_a_sample_is_refused(world: World) -> None:
    world.shelf.questions = [replace(question(0), samples=(WRONG,))]
    phrasings = replace(world.desk.review.phrasings, grader=Jealous())
    one = Learnt(point="beta", text=SECOND, round=TODAY, at=MORNING)

    assert await phrasings.fault(TEAM, question(0), one) == wording.phrasings.changes_another(3, WRONG.text)


async def test_a_key_point_learns_only_so_much(world: World) -> None:
    id_ = await ticked(world)
    key = f"studybot:{TEAM}:phrasings:q0"
    for number in range(MOST_LEARNT):
        row = f'{{"point":"beta","text":"way {number}","round":"{TODAY}","at":0}}'
        await world.store.steady.hset(key, f"{number:08}", row)

    assert await world.admin(f"review {id_} learn 2 {SECOND}") == NoticeView(text=wording.phrasings.FULL)


async def test_what_was_learnt_is_listed_edited_and_dropped(world: World) -> None:
    await learn(world, f"2 {SECOND}")
    name = f"phrasings {asked(world).id}"

    listed = await world.admin(name)
    assert isinstance(listed, PhrasingsView)
    (one,) = listed.learnt
    edited = await world.admin(f"{name} edit {one.id} the letter after the first")
    assert isinstance(edited, PhrasingsView)
    (other,) = edited.learnt
    again = await world.admin(f"{name} edit {one.id} the letter after the first")
    dropped = await world.admin(f"{name} drop {other.id}")
    gone = await world.admin(f"{name} drop {other.id}")

    assert (one.point, one.text, other.text) == (2, SECOND, "the letter after the first")
    assert edited.notice.startswith(wording.phrasings.CHANGED)
    notices = [view.notice for view in (again, dropped, gone) if isinstance(view, PhrasingsView)]
    assert notices[0].startswith(wording.phrasings.GONE)
    assert notices[1].startswith(wording.phrasings.DROPPED)
    assert notices[2].startswith(wording.phrasings.GONE)
    assert await learnt(world) == []


async def test_an_edit_to_what_may_not_be_learnt_is_refused(world: World) -> None:
    await learn(world, f"2 {SECOND}")
    (one,) = await world.phrasings.of(TEAM, "q0")

    assert await world.admin(f"phrasings q0 edit {one.id} gamma") == NoticeView(text=wording.phrasings.fits_two(3))
    assert await learnt(world) == [SECOND]


async def test_an_edit_of_what_is_dropped_meanwhile_brings_nothing_back(world: World) -> None:
    await learn(world, f"2 {SECOND}")
    (one,) = await world.phrasings.of(TEAM, "q0")

    async def drop() -> None:
        await world.admin(f"phrasings q0 drop {one.id}")

    world.mischief.before("rephrase", drop)
    view = await world.admin(f"phrasings q0 edit {one.id} the letter after the first")

    assert isinstance(view, PhrasingsView)
    assert view.notice.startswith(wording.phrasings.GONE)
    assert await learnt(world) == []


@pytest.mark.parametrize("said", ["phrasings", "phrasings nowhere"])
async def test_without_a_question_the_last_ones_are_named(world: World, said: str) -> None:
    await revealed(world)

    view = await world.admin(said)

    assert isinstance(view, NoticeView)
    assert view.text.endswith("The last ones here: q0.")


async def test_before_any_question_none_is_named(world: World) -> None:
    await world.set_up()

    assert await world.admin("phrasings") == NoticeView(text=wording.phrasings.which_question([]))
    assert await world.admin("phrasings q0 shrug") == NoticeView(text=wording.phrasings.HOW)


async def test_what_was_learnt_of_a_key_point_that_the_bank_no_longer_has_can_be_seen_and_dropped(world: World) -> None:
    await learn(world, f"2 {SECOND}")
    world.shelf.questions = [replace(question(0), key_points=question(0).key_points[:1])]

    view = await world.admin("phrasings q0")
    assert isinstance(view, PhrasingsView)
    (one,) = view.learnt
    await world.admin(f"phrasings q0 drop {one.id}")

    assert (one.point, one.text) == (0, SECOND)
    assert await learnt(world) == []


async def test_nothing_is_learnt_of_a_key_point_that_the_bank_no_longer_has(world: World) -> None:
    id_ = await ticked(world)
    alpha, beta, gamma = question(0).key_points
    world.shelf.questions = [replace(question(0), key_points=(alpha, replace(beta, id="delta"), gamma))]

    assert await world.admin(f"review {id_} learn 2 {SECOND}") == NoticeView(text=wording.phrasings.NO_SUCH_POINT)
    assert len((await waiting(world)).items) == 1


class Deaf:
    """Makes nothing of anything, whatever it has learnt."""

    async def suggest(self, question: Question, _: object, replies: Sequence[str]) -> Sequence[Suggestion]:
        made = tuple(PointVerdict(verdict=Verdict.NOT_SEEN) for _ in question.key_points)
        return [Suggestion(verdicts=made, grader="deaf", version="1") for _ in replies]


async def test_what_would_not_be_seen_by_itself_is_not_said_to_count_from_now_on(world: World) -> None:
    phrasings = replace(world.desk.review.phrasings, grader=Deaf())
    one = Learnt(point="beta", text=SECOND, round=TODAY, at=MORNING)

    assert await phrasings.fault(TEAM, question(0), one) == wording.phrasings.NOT_RECOGNISED


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_process_that_dies_learns_and_decides_both_or_neither(world: World, when: str) -> None:
    id_ = await ticked(world)
    getattr(world.mischief, when)("decide", DiedError())

    with suppress(DiedError):
        await world.admin(f"review {id_} learn 2 {SECOND}")
    both = (len((await waiting(world)).items), await learnt(world))
    await world.admin(f"review {id_} learn 2 {SECOND}")

    assert both == ((1, []) if when == "before" else (0, [SECOND]))
    assert await learnt(world) == [SECOND]
    assert (await waiting(world)).items == ()
    assert await world.is_sound()


async def test_what_came_from_an_erased_member_is_forgotten_and_what_the_member_accepted_is_nobodys(
    world: World,
) -> None:
    id_ = await ticked(world)
    lead = world.caller("ben", admin=True)
    await world.desk.command(lead, "quiz-admin", f"review {id_} learn 2 {SECOND}")

    await world.members.erase(BEN)
    (kept,) = await world.phrasings.of(TEAM, "q0")
    await world.members.erase(ANA)

    assert (kept.by, kept.text) == (None, SECOND)
    assert await leftovers(world.store.steady, ANA, BEN, "second letter") == []


async def test_a_lead_who_is_erased_just_then_is_not_named(world: World) -> None:
    id_ = await ticked(world)
    lead = world.caller("ben", admin=True)

    async def begin() -> None:
        await world.store.steady.hset("studybot:console:erasing", BEN, "t")

    world.mischief.before("decide", begin)
    await world.desk.command(lead, "quiz-admin", f"review {id_} learn 2 {SECOND}")

    (kept,) = await world.phrasings.of(TEAM, "q0")
    assert kept.by is None


async def test_what_was_learnt_is_in_backups_and_copies_and_stays(world: World) -> None:
    await learn(world, f"2 {SECOND}")

    export = {name: await world.members.export(who(name)) for name in ("ana", "ben")}
    rows = await backed_up(world.store)
    await world.store.steady.flushall()
    await restored(Store(steady=world.store.steady, quick=world.store.quick, limits=world.store.limits), rows)

    about = {"question": "q0", "key_point": "beta", "text": SECOND, "at": (MORNING + timedelta(hours=8)).isoformat()}
    assert (export["ana"]["taught"], export["ben"]["taught"]) == ([about], [])
    assert export["ana"]["accepted"] == [about]
    assert await learnt(world) == [SECOND]
    assert await keys_without_expiry(world.store.steady) == []
    ((team, name, one),) = await world.phrasings.all()
    assert (team, name, one.text) == (TEAM, "q0", SECOND)


async def test_a_late_reply_is_receipted_without_a_grade_if_what_was_learnt_cannot_be_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await revealed(world)

    async def silent(*_: object) -> None:
        raise StoreUnavailable("no answer")

    monkeypatch.setattr(type(world.phrasings), "of", silent)
    receipt = await world.reply("dana", "alpha")

    assert receipt.late_grade is None


def test_a_phrasing_is_the_same_however_it_is_written() -> None:
    one = Learnt(point="beta", text="The second letter!", round=TODAY, at=MORNING)

    assert one.id == replace(one, text="the  second Letter").id
    assert one.id != replace(one, point="gamma").id
