"""Settings as an environment says them."""

import pytest

from bot.ports import StartError
from bot.settings import Settings, SettingsError, load

SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "hunter2"}


def given_(**variables: str) -> Settings:
    return load({f"STUDYBOT_{name}": text for name, text in variables.items()}, env_file=None)


def lines(**variables: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        given_(**variables)
    assert isinstance(caught.value, StartError)
    assert caught.value.code == 78
    assert str(caught.value) == "\n".join(caught.value.lines)
    return caught.value.lines
