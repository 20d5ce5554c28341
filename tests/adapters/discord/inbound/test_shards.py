"""The connection to the gateway: who holds it, and that it is there again whatever happens to it."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.discord.gateway import DiscordGateway
from adapters.discord.inbound import line as line_module
from adapters.discord.inbound.holder import has_died, name_of_mine
from adapters.discord.inbound.marks import MARK
from adapters.discord.inbound.shard import BARRED
from adapters.redis import keys
from adapters.redis.store import Store
from bot.ports import Listening
from tests.adapters.discord.inbound.quiz import PACE, Quiz, open_bot, open_quiz
from tests.fakes.discord import Message, words
from tests.fakes.discord.world import Event

CONNECTED, ELSEWHERE, NOBODY, CONNECTING = "connected", "another process", "nobody", "connecting"


@pytest.fixture
async def stage(store: Store) -> AsyncIterator[Quiz]:
    """A server whose bot does not listen yet."""
    async with open_quiz(store, listens=False) as opened:
        yield opened


def told(one: Listening) -> list[str]:
    shards = one.ready()[1]["shards"]
    assert isinstance(shards, dict)
    return list(shards.values())


async def comes_to(quiz: Quiz, one: Listening, *states: str, seconds: float = 5) -> None:
    await quiz.discord.until(lambda: told(one) == list(states), seconds)


def lease_of(quiz: Quiz, shard: int = 0, count: int = 1) -> str:
    return f"discord:{quiz.discord.world.app}:shard:{shard}:{count}"


# Who holds a shard


async def test_of_two_bots_one_is_connected_and_the_other_stands_by_and_both_are_ready(stage: Quiz) -> None:
    async with open_bot(stage) as first:
        await comes_to(stage, first, CONNECTED)
        async with open_bot(stage) as second:
            await comes_to(stage, second, ELSEWHERE)
            await asyncio.sleep(2 * PACE.lease)
            assert (told(first), told(second)) == ([CONNECTED], [ELSEWHERE])
            assert first.ready()[0]
            assert second.ready()[0]
    assert stage.discord.gateway.identifies == 1


async def test_what_a_bot_leaves_at_its_end_another_takes_at_once(stage: Quiz) -> None:
    async with open_bot(stage, replace(PACE, lease=60.0)) as first:
        await comes_to(stage, first, CONNECTED)
    async with open_bot(stage) as second:
        await comes_to(stage, second, CONNECTED, seconds=2)


async def test_what_a_dead_bot_held_another_takes_when_its_lease_has_run_out(stage: Quiz) -> None:
    await stage.core.doors.leases.take(lease_of(stage), "a process that died", 0.6)

    async with open_bot(stage) as one:
        await comes_to(stage, one, ELSEWHERE)
        await comes_to(stage, one, CONNECTED)
        assert stage.discord.gateway.identifies == 1


def name_of_one_that_has_died() -> str:
    program = "from adapters.discord.inbound.holder import name_of_mine; print(name_of_mine())"
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.strip()


async def test_what_a_process_held_that_has_died_on_the_same_machine_is_taken_at_once(stage: Quiz) -> None:
    await stage.core.doors.leases.take(lease_of(stage), name_of_one_that_has_died(), 60)

    async with open_bot(stage) as one:
        await comes_to(stage, one, CONNECTED, seconds=2)


def test_only_of_a_process_of_this_machine_it_is_said_that_it_has_died() -> None:
    dead = name_of_one_that_has_died()

    assert has_died(dead)
    assert not has_died(name_of_mine())
    assert not has_died(f"another-{dead}")
    assert not has_died(dead.replace("/pid", "/another-container-pid"))


def test_who_was_killed_and_is_not_waited_for_by_its_parent_has_died() -> None:
    program = "import sys; from adapters.discord.inbound.holder import name_of_mine; print(name_of_mine(), flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        name = process.stdout.readline().decode().strip()
        assert not has_died(name)

        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)

        assert has_died(name)


async def test_what_nobody_holds_for_now_is_not_said_to_be_another_s(stage: Quiz) -> None:
    await stage.core.doors.leases.take(lease_of(stage), "a process that died", 0.6)
    async with open_bot(stage) as one:
        await comes_to(stage, one, ELSEWHERE)
        assert one.ready()[0]
        await stage.stall(1.5)

        await comes_to(stage, one, NOBODY)

        assert not one.ready()[0]


async def test_a_shard_is_held_no_longer_than_all_else_without_being_held_on(stage: Quiz) -> None:
    chat = DiscordGateway(stage.chat.rest, stage.core.doors.once, replace(stage.access, lease_seconds=2))
    async with chat.listening(stage.core.doors) as one:
        await comes_to(stage, one, CONNECTED)
        assert 1000 < await stage.store.steady.pttl(keys.lease(lease_of(stage))) <= 2000


async def test_who_loses_a_lease_ends_its_connection(stage: Quiz) -> None:
    async with open_bot(stage) as one:
        await comes_to(stage, one, CONNECTED)
        await stage.store.steady.flushdb()
        await stage.core.doors.leases.take(lease_of(stage), "somebody faster", 60)

        await comes_to(stage, one, ELSEWHERE)

        await stage.discord.until(lambda: not stage.discord.gateway.connections)


async def test_who_is_connected_stays_so_while_the_store_is_away(stage: Quiz) -> None:
    async with open_bot(stage) as one:
        await comes_to(stage, one, CONNECTED)
        await stage.stall(1.5)
        await asyncio.sleep(1.2)

        answer = await stage.discord.type_command(stage.lead, stage.channel, "/quiz help")

        assert answer.kind == "deferred"
        assert "/quiz answer" in words(await stage.shown(answer))
        assert told(one) == [CONNECTED]
    assert stage.discord.gateway.identifies == 1


async def test_several_shards_are_shared_and_their_number_is_agreed(stage: Quiz) -> None:
    stage.discord.gateway.shards = 3
    await stage.core.doors.leases.take(lease_of(stage, 1, 3), "another", 60)
    async with open_bot(stage) as first:
        await comes_to(stage, first, CONNECTED, ELSEWHERE, CONNECTED)
        stage.discord.gateway.shards = 5

        async with open_bot(stage) as second:
            await comes_to(stage, second, ELSEWHERE, ELSEWHERE, ELSEWHERE)
    assert stage.discord.gateway.identifies == 2


# Whatever happens to it


async def test_a_gateway_that_lets_nobody_in_at_first_is_tried_again(stage: Quiz) -> None:
    stage.discord.gateway.refusing = True
    async with open_bot(stage) as one:
        await asyncio.sleep(0.5)
        assert not one.ready()[0]
        stage.discord.gateway.refusing = False
        await comes_to(stage, one, CONNECTED)


async def test_a_cut_socket_is_resumed_and_nothing_is_lost(quiz: Quiz, post: Message) -> None:
    quiz.discord.gateway.refusing = True
    quiz.discord.gateway.drop()
    await comes_to(quiz, quiz.listening, CONNECTING)
    reply = quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post)
    await asyncio.sleep(0.3)
    quiz.discord.gateway.refusing = False

    await quiz.discord.until(lambda: reply.reactions.get(MARK))

    assert quiz.discord.gateway.identifies == 1
    assert quiz.discord.gateway.resumes


@pytest.mark.parametrize("loss", ["reconnect", "invalidate", "close"])
async def test_a_session_that_discord_ends_politely_is_resumed(quiz: Quiz, loss: str) -> None:
    gateway = quiz.discord.gateway
    match loss:
        case "reconnect":
            gateway.reconnect()
        case "invalidate":
            gateway.invalidate(resumable=True)
        case _:
            gateway.drop(code=4000)
    await quiz.discord.until(lambda: gateway.resumes)
    await comes_to(quiz, quiz.listening, CONNECTED)
    assert gateway.identifies == 1


async def test_a_session_is_taken_up_again_where_discord_says_so_with_nothing_more(quiz: Quiz, post: Message) -> None:
    quiz.discord.gateway.terse = True
    quiz.discord.gateway.drop()
    reply = quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post)

    await quiz.discord.until(lambda: reply.reactions.get(MARK))

    await comes_to(quiz, quiz.listening, CONNECTED)
    assert quiz.discord.gateway.identifies == 1


async def test_a_session_that_discord_does_not_know_so_far_is_not_offered_again(quiz: Quiz) -> None:
    gateway = quiz.discord.gateway
    for session in gateway.sessions.values():
        session.sent.clear()
    gateway.drop()

    await quiz.discord.until(lambda: gateway.identifies == 2)

    await comes_to(quiz, quiz.listening, CONNECTED)
    assert (gateway.closes, gateway.resumes) == ([4007], 1)


async def test_a_session_that_discord_puts_off_again_and_again_is_given_up(quiz: Quiz) -> None:
    gateway = quiz.discord.gateway
    gateway.unwilling = True
    gateway.drop()

    await quiz.discord.until(lambda: gateway.identifies == 2, seconds=20)

    await comes_to(quiz, quiz.listening, CONNECTED)
    assert gateway.resumes > 2


async def test_what_came_between_two_sessions_is_made_good_at_the_reveal(quiz: Quiz, post: Message) -> None:
    gone = quiz.discord.say(quiz.ben, quiz.channel, "beta", reply_to=post)
    await quiz.discord.until(lambda: gone.reactions.get(MARK))
    quiz.discord.gateway.refusing = True
    quiz.discord.gateway.drop(resumable=False)
    await comes_to(quiz, quiz.listening, CONNECTING)
    quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post)
    quiz.discord.delete(gone)
    quiz.discord.gateway.refusing = False
    await comes_to(quiz, quiz.listening, CONNECTED)
    assert quiz.discord.gateway.identifies == 2

    await quiz.reveal()

    assert await quiz.points() == {"chris": 6}


async def test_a_silent_socket_is_noticed_and_resumed(quiz: Quiz, post: Message) -> None:
    quiz.discord.gateway.zombify()
    reply = quiz.discord.say(quiz.chris, quiz.channel, "alpha", reply_to=post)

    await quiz.discord.until(
        lambda: reply.reactions.get(MARK), seconds=2 * (quiz.discord.gateway.heartbeat + PACE.grace)
    )

    assert quiz.discord.gateway.identifies == 1


async def test_where_heartbeats_are_far_apart_silence_between_them_ends_nothing(stage: Quiz) -> None:
    stage.discord.gateway.heartbeat = 60.0
    async with open_bot(stage) as one:
        await comes_to(stage, one, CONNECTED)

        await asyncio.sleep(2 * PACE.grace)

        assert told(one) == [CONNECTED]
    assert (stage.discord.gateway.identifies, stage.discord.gateway.resumes) == (1, 0)


async def test_a_payload_that_is_not_as_it_should_be_ends_nothing(quiz: Quiz, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("INTERACTION_CREATE", "MESSAGE_CREATE", "MESSAGE_DELETE", "GUILD_DELETE", "NEVER_HEARD_OF"):
        quiz.discord.world.tell(Event(name=name, guild=None, intent=0, body=lambda _: {"guild_id": "1", "author": {}}))

    answer = await quiz.type(quiz.ana, "/quiz help")

    assert "/quiz answer" in words(await quiz.shown(answer))
    assert "a payload could not be taken" in caplog.text
    assert quiz.discord.gateway.identifies == 1


async def test_where_discord_names_no_address_to_resume_at_the_one_in_use_is_taken(stage: Quiz) -> None:
    stage.discord.gateway.resume_url = False
    async with open_bot(stage) as one:
        await comes_to(stage, one, CONNECTED)
        stage.discord.gateway.drop()
        await stage.discord.until(lambda: stage.discord.gateway.resumes)
        await comes_to(stage, one, CONNECTED)
    assert stage.discord.gateway.identifies == 1


async def test_a_fault_that_comes_back_with_every_greeting_does_not_burn_the_day_s_starts(
    stage: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(packet: str, _: str) -> str:
        if "READY" in packet:
            raise ZeroDivisionError
        return packet

    monkeypatch.setattr(line_module, "completed", fault)
    async with open_bot(stage, replace(PACE, turn=0.05)):
        await asyncio.sleep(4)
    assert 1 <= stage.discord.gateway.identifies <= 3


@pytest.mark.parametrize(
    ("route", "status"),
    [("GET /gateway/bot", 404), ("GET /gateway/bot", 405), ("GET /gateway/bot", 501), ("GET /gateway", 404)],
)
async def test_one_of_the_two_ways_to_ask_for_the_gateway_s_address_is_enough(
    stage: Quiz, route: str, status: int
) -> None:
    stage.discord.lack(route, status)
    async with open_bot(stage) as one:
        await comes_to(stage, one, CONNECTED)


# What no time mends


@pytest.mark.parametrize("code", [4004, 4013, 4014])
async def test_what_no_time_mends_is_said_and_not_tried_fast(
    stage: Quiz, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_bot(stage) as one:
        await comes_to(stage, one, CONNECTED)
        before = stage.discord.gateway.identifies

        stage.discord.gateway.drop(code=code)

        await comes_to(stage, one, BARRED[code])
        await asyncio.sleep(0.5)
        assert not one.ready()[0]
        assert BARRED[code] in [getattr(record, "why", "") for record in caplog.records]
        assert stage.discord.gateway.identifies == before


async def test_an_intent_that_is_not_switched_on_is_named(store: Store) -> None:
    async with open_quiz(store, listens=False) as stage:
        stage.access = replace(stage.access, message_content=True)
        async with open_bot(stage) as one:
            await comes_to(stage, one, BARRED[4014])


async def test_a_token_that_was_taken_away_is_said_and_no_more_is_asked(stage: Quiz) -> None:
    stage.discord.world.token = "another"
    async with open_bot(stage) as one:
        await stage.discord.until(lambda: "token" in str(one.ready()[1].get("trouble")))
        assert not one.ready()[0]


# IDENTIFYs


async def test_while_there_are_plenty_of_starts_nobody_waits(stage: Quiz) -> None:
    stage.discord.gateway.starts_left = 600
    began = time.monotonic()
    async with open_bot(stage) as one:
        await comes_to(stage, one, CONNECTED)
    assert time.monotonic() - began < 2


async def test_of_the_last_half_of_a_day_s_starts_each_waits_for_its_share(
    stage: Quiz, caplog: pytest.LogCaptureFixture
) -> None:
    """A loop of crashes cannot burn them: whoever starts waits first, however short it lives."""
    stage.discord.gateway.starts_left = 400
    for _ in range(3):
        async with open_bot(stage) as one:
            await comes_to(stage, one, CONNECTING)
            await asyncio.sleep(0.3)
            assert not one.ready()[0]
    assert stage.discord.gateway.identifies == 0
    assert "few starts are left" in caplog.text


async def test_processes_take_turns_as_discord_wants_them_to(stage: Quiz) -> None:
    stage.discord.gateway.shards = 3
    stage.discord.gateway.start_pause = 0.25
    pace = replace(PACE, turn=0.3)
    async with open_bot(stage, pace) as one:
        await comes_to(stage, one, CONNECTED, CONNECTED, CONNECTED)
    assert stage.discord.gateway.identifies == 3
