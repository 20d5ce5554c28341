"""Nothing of an erased member is left on the server, whatever is going on at the moment, and what others have stays right."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from adapters.redis import keys
from bot.domain.ids import team_of
from bot.domain.reply import ReceiptState
from bot.domain.score import Period
from bot.ports import Change, Post
from bot.service import reveals
from bot.views import PracticeView
from tests.leftovers import leftovers
from tests.mischief import DiedError
from tests.world import MONDAY, PLACE, TODAY, World, who

ZOE = who("zoe")
TEXT = "quokka"
"""A word that Zoe alone writes."""
TRACES = ("zoe", TEXT)
STEPS = (
    "begin_erasure",
    "erase_replies",
    "erase_member",
    "erase_awards",
    "erase_setter",
    "erase_change",
    "erase_keys",
    "end_erasure",
)


async def begin(world: World) -> None:
    """Let Zoe set the quiz up, be hidden, and have practised."""
    await world.desk.command(
        world.caller("zoe", admin=True), "quiz-admin", "setup zone=UTC at=09:00 reveal=16:00 days=daily"
    )
    await world.members.hide(ZOE, hidden=True)
    await world.changes.add(PLACE, Change(at=world.clock.now(), who=ZOE, what="paused the quiz", reason=TEXT), "x")
    asked = await world.quiz("zoe", "ask")
    assert isinstance(asked, PracticeView)
    await world.desk.practice_answer(world.caller("zoe"), asked.question, f"alpha {TEXT}")


async def replies(world: World, *, without: bool = False) -> None:
    for name, text in (("ana", "alpha beta"), ("zoe", f"alpha {TEXT}"), ("ben", "alpha"), ("chris", "gamma")):
        if name != "zoe" or not without:
            await world.reply(name, text)


async def left(world: World) -> list[str]:
    return await leftovers(world.store.steady, *TRACES)


async def whole_day(world: World, monkeypatch: pytest.MonkeyPatch, gone: Sequence[object] = ()) -> None:
    """Play today's round until it is settled; from when she is ``gone`` on, Zoe does nothing any more."""
    monkeypatch.setattr(reveals, "BATCH", 1)
    await begin(world)
    await world.at(9)
    await replies(world, without=bool(gone))
    await world.at(16)
    if not gone:
        await world.desk.check(world.caller("zoe"), TODAY, [True, True, False], f"I said {TEXT}")
    await world.desk.check(world.caller("ana"), TODAY, [True, True, True])
    if not gone:
        await world.reply("zoe", f"late {TEXT}", TODAY)
    await world.at(17, day=MONDAY + timedelta(days=2))


DAY = [
    *[(when, script) for script in ("begin", "opened") for when in ("before", "after")],
    *[(when, script) for script in ("close", "suggest", "award", "revealed", "check") for when in ("before", "after")],
    ("before", "read_back"),
    ("before", "find_posts"),
    ("before", "post_reveal"),
    ("after", "post_reveal"),
    *[(when, script) for script in ("end_checks", "remember", "settle") for when in ("before", "after")],
]


@pytest.mark.parametrize(("when", "script"), DAY)
async def test_whenever_it_happens_nothing_is_left_and_the_others_have_what_they_have(
    world: World, monkeypatch: pytest.MonkeyPatch, when: str, script: str
) -> None:
    found: list[list[str]] = []  # what was left at once

    async def forget() -> None:
        await world.members.erase(ZOE)
        found.append(await left(world))

    getattr(world.mischief, when)(script, forget)
    await whole_day(world, monkeypatch, found)

    assert found == [[]]
    assert await left(world) == []
    assert (await world.get()).settled
    assert await world.repliers(TODAY) == 3
    assert await world.points() == {"ana": 10, "ben": 6, "chris": 4}
    assert await world.is_sound()
    (reveal,) = world.posts(Post.REVEAL)
    assert reveal["final"]


@pytest.mark.parametrize("script", ["close", "suggest", "award", "post_reveal", "end_checks"])
async def test_the_reveal_counts_who_is_left(world: World, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    world.mischief.before(script, lambda: world.members.erase(ZOE))

    await whole_day(world, monkeypatch)

    (reveal,) = world.posts(Post.REVEAL)
    assert reveal["repliers"] == 3


@pytest.mark.parametrize("state", ["opening", "open", "closing", "revealed", "settled"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
async def test_who_dies_while_erasing_is_gone_on_with_by_the_sweep(
    world: World, monkeypatch: pytest.MonkeyPatch, state: str, step: str, when: str
) -> None:
    await _until(world, monkeypatch, state)
    getattr(world.mischief, when)(step, DiedError())
    try:
        await world.members.erase(ZOE)
    except DiedError:
        assert (await left(world) == []) == ((step, when) == ("end_erasure", "after"))
        assert not (await world.boards.verify()).differences
    else:  # nothing to do for that step in this state
        assert step == "erase_awards"
    if (step, when) == ("begin_erasure", "before"):
        await world.members.erase(ZOE)

    await world.life.sweep("console", world.clock.at)

    assert await left(world) == []
    assert await world.repliers(TODAY) == 3
    await world.later(minutes=2)
    for days in (0, 2) if state in {"opening", "open", "closing"} else (2,):
        await world.at(17, day=MONDAY + timedelta(days=days))
    assert (await world.get()).settled
    assert await world.points() == {"ana": 8, "ben": 6, "chris": 4}
    assert await world.is_sound()


async def _until(world: World, monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    """Let the round come so far, and then whoever carried it out die."""
    monkeypatch.setattr(reveals, "BATCH", 1)
    await begin(world)
    if state == "opening":
        world.mischief.before("opened", DiedError())
        await world.at(9)
        await replies(world)
        return
    await world.at(9)
    await replies(world)
    if state == "closing":
        world.mischief.after("award", _nothing, _nothing, DiedError())
    if state != "open":
        await world.at(16)
        assert (await world.get()).state == ("closing" if state == "closing" else "revealed")
    if state == "settled":
        await world.at(17, day=MONDAY + timedelta(days=2))
        assert (await world.get()).settled


async def _nothing() -> None: ...


async def test_the_ledger_keeps_the_points_under_a_random_name_without_what_was_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await whole_day(world, monkeypatch)
    before = (await world.boards.verify()).awards
    check = f"{TODAY}/{ZOE}/self-check.1"
    of_earlier = {**json.loads(await world.store.steady.hget(keys.ledger(TODAY), check)), "reason": TEXT}
    await world.store.steady.hset(keys.ledger(TODAY), check, json.dumps(of_earlier))

    await world.members.erase(ZOE)

    entries = await world.store.steady.hgetall(keys.ledger(TODAY))
    renamed = {id_: json.loads(entry) for id_, entry in entries.items() if "~" in id_}
    assert sorted(id_.rpartition("/")[2] for id_ in renamed) == ["reply", "self-check.1"]
    assert [entry["points"] for _, entry in sorted(renamed.items())] == [6, 2]
    assert await left(world) == []
    assert len({id_.split("/")[1] for id_ in renamed}) == 1
    assert (await world.boards.verify()).awards == before
    await world.boards.rebuild()
    assert await world.is_sound()
    assert await left(world) == []


async def test_who_comes_back_starts_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await whole_day(world, monkeypatch)
    await world.members.erase(ZOE)
    (round_, *_) = await world.rounds.latest(PLACE, 1)

    await world.at(9, day=MONDAY + timedelta(days=3))
    (round_,) = await world.rounds.latest(PLACE, 1)
    await world.reply("zoe", "alpha", round_.id)
    await world.at(16)

    assert (await world.points())["zoe"] == 6
    assert await world.boards.streak(PLACE, ZOE) == (1, 1)
    assert ZOE not in await world.members.hidden(team_of(ZOE))
    assert [result.round for result in await world.members.results(PLACE, ZOE)] == [round_.id]
    assert await world.is_sound()


async def test_nothing_new_is_kept_while_an_erasure_runs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await whole_day(world, monkeypatch)
    await world.at(9, day=MONDAY + timedelta(days=3))
    (round_,) = await world.rounds.latest(PLACE, 1)
    world.mischief.before("end_erasure", DiedError())
    with pytest.raises(DiedError):
        await world.members.erase(ZOE)

    receipt = await world.reply("zoe", f"again {TEXT}", round_.id)
    await world.members.hide(ZOE, hidden=True)

    assert receipt.state is ReceiptState.NOT_SAVED
    assert await left(world) == [f"studybot:console:erasing: {ZOE} = {await _token(world)}"]
    await world.life.sweep("console", world.clock.at)
    assert await left(world) == []
    assert (await world.reply("zoe", "again", round_.id)).state is ReceiptState.ACCEPTED


async def _token(world: World) -> Any:
    return await world.store.steady.hget("studybot:console:erasing", ZOE)


async def test_no_award_is_kept_while_an_erasure_runs(world: World) -> None:
    await begin(world)
    await world.at(9)
    await replies(world)
    world.mischief.after("begin_erasure", DiedError())
    with pytest.raises(DiedError):
        await world.members.erase(ZOE)
    await world.at(16)

    assert ZOE not in await world.ledger.grades(TODAY)
    assert ZOE not in await world.replies.suggestions(TODAY)
    assert await _awards_of_zoe(world) == 0
    await world.life.sweep("console", world.clock.at)
    assert await left(world) == []


async def test_no_check_is_kept_while_an_erasure_runs(world: World) -> None:
    await begin(world)
    await world.at(9)
    await replies(world)
    await world.at(16)
    world.mischief.after("begin_erasure", DiedError())
    with pytest.raises(DiedError):
        await world.members.erase(ZOE)

    await world.desk.check(world.caller("zoe"), TODAY, [True] * 3, TEXT)

    assert await _awards_of_zoe(world) == 1
    await world.life.sweep("console", world.clock.at)
    assert await left(world) == []
    assert await world.is_sound()


async def _awards_of_zoe(world: World) -> int:
    return sum(f"/{ZOE}/" in id_ for id_ in await world.store.steady.hkeys(keys.ledger(TODAY)))


async def test_who_stood_still_while_erasing_takes_nothing_from_who_has_come_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await whole_day(world, monkeypatch)
    await world.at(9, day=MONDAY + timedelta(days=3))
    (round_,) = await world.rounds.latest(PLACE, 1)

    async def others_go_on() -> None:
        await world.members.resume("console")
        await world.reply("zoe", "alpha", round_.id)
        await world.at(16)
        await world.members.hide(ZOE, hidden=True)

    world.mischief.after("begin_erasure", others_go_on)
    await world.members.erase(ZOE)

    assert (await world.ledger.grades(round_.id)).keys() == {ZOE}
    assert ZOE in await world.members.hidden(team_of(ZOE))
    page = await world.boards.page(PLACE, Period("all"), ZOE)
    assert page.own
    assert page.own.points == 6
    assert await world.is_sound()


async def test_a_name_that_looks_like_a_pattern_erases_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await whole_day(world, monkeypatch)
    points = await world.points()

    await world.members.erase(who("*"))
    await world.members.erase(who("zo"))

    assert await world.points() == points
    assert (await world.boards.page(PLACE, Period("all"), ZOE)).own
    assert await world.is_sound()


async def test_the_same_person_in_another_team_is_another_member(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await whole_day(world, monkeypatch)

    await world.members.erase(who("zoe", "away"))

    assert (await world.boards.page(team_of(PLACE), Period("all"), ZOE)).own


async def test_a_rebuild_that_an_erasure_overtakes_is_done_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await whole_day(world, monkeypatch)
    await world.members.hide(ZOE, hidden=False)
    world.mischief.before("replace_board", lambda: world.members.erase(ZOE))

    await world.boards.rebuild()

    assert await left(world) == []
    assert await world.is_sound()


async def test_a_rebuild_while_an_erasure_runs_leaves_the_member_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await whole_day(world, monkeypatch)
    world.mischief.before("erase_awards", world.boards.rebuild)

    await world.members.erase(ZOE)

    assert await left(world) == []
    assert await world.is_sound()


async def test_a_late_delivery_of_an_erased_reply_keeps_nothing(world: World) -> None:
    await world.set_up()
    await world.at(9)
    reply = world.form("zoe", TEXT)
    await world.desk.submit(reply)
    await world.members.erase(ZOE)

    await world.desk.submit(reply)

    assert await left(world) == []
    assert await world.repliers(TODAY) == 0
