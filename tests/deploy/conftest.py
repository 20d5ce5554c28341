"""What a bot tells Prometheus after a bad day."""

from collections.abc import Sequence

import pytest
from prometheus_client.parser import text_string_to_metric_families

from adapters.metrics import Metrics
from adapters.redis.overview import RedisOverview
from adapters.redis.store import Store
from bot.ports import OutcomeUnknown, Refused, StoreUnavailable
from bot.views import Load
from tests.deploy.promql import Sample
from tests.world import MONDAY, TODAY, build, question


@pytest.fixture
async def exposed(store: Store) -> Sequence[Sample]:
    """What a scrape finds after a day with a late post, a refusal and a reply that was lost."""
    metrics = Metrics(["console"], "1.0")
    metrics.clock(lambda: True)
    metrics.gateway("console", lambda: (True, {}))
    metrics.gate("console", lambda: 0.0)
    world = build(store, [question(number) for number in range(6)], metrics=metrics)
    await world.set_up()
    world.mischief.before("post_question", OutcomeUnknown("slow"))
    await world.at(9)
    await world.later(seconds=5)
    await world.reply("ben", "alpha")
    world.mischief.before("submit", StoreUnavailable("gone"))
    await world.reply("eva", "beta")
    world.mischief.before("post_reveal", Refused("gone"))
    await world.at(16)
    await world.at(17, day=MONDAY.replace(day=5))
    assert (await world.get(TODAY)).settled
    world.room.close()
    page, _ = await metrics.scraped(lambda: _loads(world.store))
    # What Prometheus adds to what it scrapes.
    target = {"job": "studybot", "instance": "localhost:8080"}
    return [("up", target, 1.0), *samples(page)]


async def _loads(store: Store) -> Sequence[Load]:
    return [await RedisOverview(store).load("console")]


def samples(page: bytes) -> Sequence[Sample]:
    families = text_string_to_metric_families(page.decode())
    return [(one.name, one.labels, one.value) for family in families for one in family.samples]
