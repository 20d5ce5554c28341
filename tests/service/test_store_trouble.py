"""A store that refuses or loses answers, met by the whole bot."""

from dataclasses import replace
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from adapters.redis import keys
from adapters.redis.store import Store
from bot import wording
from bot.domain.ids import programme_of, round_id, team_of
from bot.domain.reply import MAX_REPLY, ReceiptState
from bot.domain.round import RoundState, Step
from bot.domain.score import PeriodKind, period
from bot.ports import StoreUnavailable
from bot.views import NoticeView, ReceiptView
from tests.world import MONDAY, PLACE, TODAY, World, build, question


@pytest.mark.parametrize(("name", "value", "well"), [("maxmemory", "1", "0"), ("min-replicas-to-write", "1", "0")])
async def test_a_store_that_cannot_write_is_one_that_does_not_answer(
    world: World, name: str, value: str, well: str
) -> None:
    await world.set_up()
    await world.store.steady.config_set(name, value)
    try:
        with pytest.raises(StoreUnavailable):
            await world.agenda.hasten(Step.OPEN, TODAY)
    finally:
        await world.store.steady.config_set(name, well)


async def test_an_answer_that_meets_no_store_is_said_not_to_be_saved(
    world: World, store: Store, tmp_path: Path
) -> None:
    async with Redis(unix_socket_path=str(tmp_path / "gone"), retry=Retry(NoBackoff(), 0)) as gone:
        lost = build(replace(store, quick=gone), [question()])

        at_once = await lost.quiz("ana", "answer alpha")
        form = await lost.quiz("ana", "answer")
        by_form = await lost.reply("ana", "alpha")

    assert isinstance(at_once, ReceiptView)
    assert at_once.sentence == f"{wording.replies.NOT_SAVED} {wording.replies.WHAT_YOU_WROTE}"
    assert at_once.text == "alpha"
    assert form == NoticeView(text=wording.desk.NOT_DONE)
    assert by_form.sentence == wording.replies.NOT_SAVED


async def test_what_falls_due_is_carried_out_by_a_store_too_busy_to_answer_people_in_time(
    world: World, store: Store, tmp_path: Path
) -> None:
    await world.set_up()
    async with Redis(unix_socket_path=str(tmp_path / "gone"), retry=Retry(NoBackoff(), 0)) as gone:
        hurried = build(replace(store, quick=gone), [question()])
        await hurried.at(9)
        opened = await world.get()
        await hurried.at(16)

    assert opened.state is RoundState.OPEN
    assert (await world.get()).state is RoundState.REVEALED


async def test_what_was_written_or_deleted_openly_meanwhile_is_read_again_and_so_it_is_said(world: World) -> None:
    await world.set_up()
    await world.at(9)
    written = await world.say("ana", "alpha")
    taken_back = await world.chat.withdraw(PLACE, written.member)
    assert taken_back
    world.mischief.before("submit", StoreUnavailable("silent"), StoreUnavailable("silent"))

    assert (await world.desk.submit(written)).sentence == wording.replies.NOT_HEARD
    assert (await world.desk.submit(taken_back)).sentence == wording.replies.DELETION_NOT_HEARD


async def test_a_board_put_in_its_place_twice_stays(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)
    board = keys.board(PLACE, period(PeriodKind.ALL, MONDAY))
    await world.store.steady.zadd(f"{board}:x:anew", {"ana": 6})
    names = [board, f"{board}:x:anew", keys.LEDGERS, keys.rights(team_of(PLACE))]

    for _ in range(2):
        assert await world.store.run("replace_board", names, [0, 0, 1, "0"])

    assert await world.store.steady.zrange(board, 0, -1) == ["ana"]


async def test_a_ledger_that_begins_during_a_rebuild_is_not_left_out(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)
    april = MONDAY.replace(month=4, day=1)

    async def first_round_of_april() -> None:
        await world.at(9, day=april)
        await world.reply("ana", "alpha", round_=round_id(programme_of(PLACE), april))
        await world.at(16, day=april)

    world.mischief.before("replace_board", first_round_of_april)
    await world.boards.rebuild()

    assert not (await world.boards.verify()).differences


async def test_an_answer_that_is_too_long_is_said_to_be_also_without_a_store(
    world: World, store: Store, tmp_path: Path
) -> None:
    async with Redis(unix_socket_path=str(tmp_path / "gone"), retry=Retry(NoBackoff(), 0)) as gone:
        lost = build(replace(store, quick=gone), [question()])

        receipt = await lost.reply("ana", "x" * (MAX_REPLY + 1))

    assert receipt.state is ReceiptState.TOO_LONG
