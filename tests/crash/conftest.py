"""Stores of their own for days that run side by side."""

import pytest

from tests.conftest import Server


@pytest.fixture
def urls(server: Server) -> list[str]:
    return [f"{server.url}?db={number}" for number in range(1, 5)]
