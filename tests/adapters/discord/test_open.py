"""Opening Discord: a start that cannot go on ends with one sentence."""

from dataclasses import replace

import pytest

from adapters.discord import Access, open_discord
from adapters.discord.application import Application
from adapters.redis.once import RedisOnce
from adapters.redis.store import Store
from bot.ports import StartError
from tests.adapters.console.samples import StillClock
from tests.adapters.discord.world import access, server

ME = "GET /users/@me"


async def refused(wanted: Access, store: Store, patience: float = 60) -> StartError:
    with pytest.raises(StartError) as ended:
        async with open_discord(wanted, RedisOnce(store), StillClock(), patience=patience):
            pass
    assert wanted.token not in str(ended.value)
    return ended.value


async def test_the_bot_is_the_token_s(store: Store) -> None:
    async with server() as fake, open_discord(access(fake), RedisOnce(store), StillClock()) as chat:
        assert (chat.platform, chat.rest.user) == ("discord", fake.bot.id)


OTHER_WAY = {
    "GET /applications/@me": "GET /oauth2/applications/@me",
    "GET /oauth2/applications/@me": "GET /applications/@me",
}


@pytest.mark.parametrize("route", OTHER_WAY)
async def test_one_of_the_two_ways_to_ask_for_the_application_is_enough(store: Store, route: str) -> None:
    async with server() as fake:
        fake.lack(OTHER_WAY[route])
        fake.tell_no_more_of(route, "id", "name", "flags")

        async with open_discord(access(fake), RedisOnce(store), StillClock()) as chat:
            assert chat.rest.application == Application(id=fake.world.app, name="Study bot", reads_content=False)


async def test_where_discord_tells_of_no_application_it_is_the_one_of_the_bot_s_id(store: Store) -> None:
    async with server() as fake:
        for route in OTHER_WAY:
            fake.lack(route)

        async with open_discord(access(fake), RedisOnce(store), StillClock()) as chat:
            assert chat.rest.application.id == fake.bot.id


async def test_a_token_that_discord_refuses_ends_the_start_at_once(store: Store) -> None:
    async with server() as fake:
        ended = await refused(replace(access(fake), token="of.somebody.else"), store)

        assert str(ended).startswith("Discord refuses the start (401): Discord does not know the token")
        assert ended.code == 78
        assert fake.log.count(ME) == 1


async def test_an_address_at_which_there_is_no_discord_ends_the_start_at_once(store: Store) -> None:
    async with server() as fake:
        ended = await refused(replace(access(fake), api_url=f"{fake.world.address}/api/"), store)

    assert "STUDYBOT_DISCORD_API_URL ends in /api/v10/" in str(ended)
    assert ended.code == 78


async def test_a_discord_that_has_trouble_at_the_start_is_asked_again(store: Store) -> None:
    async with server() as fake:
        fake.faults.next(ME, "503")

        async with open_discord(access(fake), RedisOnce(store), StillClock()) as chat:
            assert chat.rest.user == fake.bot.id

        assert fake.log.count(ME) == 2


async def test_a_discord_that_cannot_be_reached_ends_the_start_after_a_while(store: Store) -> None:
    nowhere = Access(token="some.token.here", api_url="http://127.0.0.1:9/api/v10/")

    ended = await refused(nowhere, store, patience=0.7)

    assert "Discord cannot be reached at http://127.0.0.1:9/api/v10/" in str(ended)
    assert ended.code == 69


async def test_who_only_posts_never_opens_a_gateway(store: Store) -> None:
    async with server() as fake, open_discord(access(fake), RedisOnce(store), StillClock()):
        assert fake.gateway.sessions == {}
