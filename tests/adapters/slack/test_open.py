"""Opening Slack: a start that cannot go on ends with one sentence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.redis.once import RedisOnce
from adapters.redis.store import Store
from adapters.slack import Access, Mode, open_slack
from adapters.slack.connecting import expect_to_listen
from bot.domain.ids import programme_of, round_id
from bot.ports import Post, StartError
from tests.adapters.console import samples
from tests.adapters.console.samples import StillClock
from tests.adapters.slack.world import PLACE, access, workspace

QUESTION = replace(samples.QUESTION, place=PLACE, round=round_id(programme_of(PLACE), samples.NOW.date()))
HOUR = timedelta(hours=1)


async def refused(wanted: Access, store: Store, patience: float = 60) -> StartError:
    with pytest.raises(StartError) as ended:
        async with open_slack(wanted, RedisOnce(store), StillClock(), patience=patience):
            pass
    assert "xox" not in str(ended.value).replace("begins with xoxb-", "")
    return ended.value


async def test_the_workspace_is_the_token_s(store: Store) -> None:
    async with workspace() as fake, open_slack(access(fake), RedisOnce(store), StillClock()) as chat:
        assert (chat.platform, chat.identity.team, chat.identity.bot) == ("slack", "T024", "B042")


@pytest.mark.parametrize("unsaid", [{"bot_id"}, {"user_id"}, {"bot_id", "user_id"}], ids=sorted)
async def test_the_team_is_all_that_slack_has_to_say_of_the_bot_token(store: Store, unsaid: set[str]) -> None:
    async with workspace() as fake:
        fake.workspace.unsaid = frozenset(unsaid)

        async with open_slack(access(fake), RedisOnce(store), StillClock()) as chat:
            post = await chat.post_question(QUESTION)

            assert await chat.find_posts(PLACE, QUESTION.round, Post.QUESTION, datetime.now(UTC) - HOUR) == [post]


async def test_a_slack_that_does_not_say_the_team_is_said_to_do_so(store: Store) -> None:
    async with workspace() as fake:
        fake.workspace.unsaid = frozenset({"team_id"})

        ended = str(await refused(access(fake), store))

    assert "auth.test has no team_id" in ended
    assert "refuses" not in ended


async def test_a_token_that_is_no_bot_s_ends_the_start(store: Store) -> None:
    async with workspace() as fake:
        for other in (fake.app_token, fake.user_token):
            ended = await refused(replace(access(fake), bot_token=other), store)

            assert "the token is of the wrong kind" in str(ended)
            assert ended.code == 78


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "account_inactive", "not_allowed_token_type"])
async def test_a_token_that_slack_refuses_ends_the_start_at_once(store: Store, error: str) -> None:
    async with workspace() as fake:
        fake.faults.next("auth.test", error)

        ended = await refused(access(fake), store)

    assert f"Slack refuses the bot token ({error}): " in str(ended)
    assert ended.code == 78
    assert fake.log.count("auth.test") == 1


async def test_a_slack_that_has_trouble_at_the_start_is_asked_again(store: Store) -> None:
    async with workspace() as fake:
        fake.faults.next("auth.test", "500")

        async with open_slack(access(fake), RedisOnce(store), StillClock()) as chat:
            assert chat.identity.team == "T024"

    assert fake.log.count("auth.test") == 2


async def test_a_slack_that_cannot_be_reached_ends_the_start_after_a_while(store: Store) -> None:
    async with workspace() as fake:
        nowhere = replace(access(fake), api_url="http://127.0.0.1:9/api/")

        ended = await refused(nowhere, store, patience=0.7)

    assert "Slack cannot be reached at http://127.0.0.1:9/api/" in str(ended)
    assert ended.code == 69


async def test_who_can_never_listen_does_not_start() -> None:
    async with workspace() as fake:
        for wrong, said in (
            ("xapp-old", "STUDYBOT_SLACK_APP_TOKEN is refused (invalid_auth). Make an app-level token"),
            (fake.bot_token, "STUDYBOT_SLACK_APP_TOKEN is refused (not_allowed_token_type). Make"),
        ):
            with pytest.raises(StartError) as ended:
                await expect_to_listen(replace(access(fake), app_token=wrong))
            assert str(ended.value).startswith(said)


async def test_who_cannot_reach_slack_just_now_starts_to_listen_all_the_same() -> None:
    async with workspace() as fake:
        for passing in ("500", "too_many_websockets"):
            fake.faults.next("apps.connections.open", passing)
            await expect_to_listen(access(fake))

        await expect_to_listen(replace(access(fake), api_url="http://127.0.0.1:9/api/"))
        await expect_to_listen(replace(access(fake), mode=Mode.HTTP, signing_secret="anything"))
