from collections.abc import Iterator

import pytest

from adapters.redis.store import Store
from tests.world import World, build, question


@pytest.fixture
def world(store: Store) -> Iterator[World]:
    made = build(store, [question(number) for number in range(6)])
    yield made
    made.room.close()
