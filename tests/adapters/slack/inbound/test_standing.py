"""Whose word counts as an admin's: that of the place's own team."""

from collections.abc import Mapping
from typing import cast

import pytest

from adapters.slack.client import SlackClient
from adapters.slack.inbound.standing import Standings

ADMIN = {"is_admin": True}


class Known:
    """A Slack that says this of everybody."""

    def __init__(self, user: Mapping[str, object]) -> None:
        self.user = user

    async def call(self, _method: str, **_arguments: object) -> Mapping[str, object]:
        return {"ok": True, "user": self.user}


@pytest.mark.parametrize(
    ("user", "admin"),
    [
        ({**ADMIN, "team_id": "T024"}, True),
        (ADMIN, True),
        ({**ADMIN, "team_id": "T777"}, False),
        ({**ADMIN, "team_id": "T777", "enterprise_user": {"id": "W1", "teams": ["T777", "T024"]}}, True),
        ({**ADMIN, "team_id": "T777", "enterprise_user": {"id": "W1", "teams": ["T777"]}}, False),
        ({**ADMIN, "team_id": "T024", "is_stranger": True}, False),
        ({"team_id": "T024"}, False),
    ],
)
async def test_an_admin_is_one_of_the_place_s_own_team(user: Mapping[str, object], admin: bool) -> None:
    standings = Standings(client=cast("SlackClient", Known(user)), team="T024")

    assert await standings.is_workspace_admin("U1") is admin
