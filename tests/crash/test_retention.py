"""What is kept runs out: every question about it has a kind answer, points stay, and the boards are right."""

import asyncio

from bot.wording import grades, members, replies
from tests.cli.command import bot
from tests.conftest import Server
from tests.crash.case import ANA, CHRIS, Case, open_case
from tests.crash.day import play
from tests.leftovers import leftovers

DAY = 86_400


async def test_after_a_day_that_is_kept_for_a_day_its_words_are_gone_and_its_points_stay(server: Server) -> None:
    async with open_case(server.url, settings={"STUDYBOT_RETENTION_DAYS": "1"}) as case:
        await play(case, others=False)
        word = (await case.asked()).asked().text[:40]

        await _run_out(case)

        date = case.today.rpartition(":")[2]
        for said, sentence in (
            ("grade", grades.NOTHING_REVEALED),
            (f"grade {date}", grades.ROUND_GONE),
            (f"grade {date} 1", grades.ROUND_GONE),
            ("answer once more", replies.NO_ROUND),
            ("me", members.no_round_lately(1)),
            ("leaderboard all", f"member='{ANA}', points=10"),
            ("export", '"rounds": []'),
        ):
            assert sentence in (await case.answer_to(member=ANA, command="quiz", text=said))[1], said
        late = await case.answer_to(member=ANA, round=case.today, text="old form", version=1)
        assert replies.NO_ROUND in late[1]
        assert not await leftovers(case.client, word)

        assert await case.tell(member=CHRIS, command="quiz", text="forget-me yes") == "NoticeView"
        assert not await leftovers(case.client, "chris")
        verified = await asyncio.to_thread(bot, "boards", "verify", settings={"STUDYBOT_REDIS_URL": server.url})
        assert (verified.returncode, verified.stderr) == (0, "")


async def _run_out(case: Case) -> None:
    """Let the time pass that a settled round is kept for."""
    for key in [key async for key in case.client.scan_iter(count=1000)]:
        if 0 < await case.client.ttl(key) <= DAY:
            await case.client.pexpire(key, 1)
    await asyncio.sleep(0.01)
