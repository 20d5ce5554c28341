"""What the settings of chats and of a model must look like, and what they need beside each other."""

from pathlib import Path

import pytest

from tests.bot.environment import SLACK, given_, lines


@pytest.mark.parametrize(
    ("name", "text", "holds"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1", "holds an app-level token (xapp-…): it should be the app's bot token"),
        ("SLACK_BOT_TOKEN", "xoxp-1", "holds a user token (xoxp-…): it should be the app's bot token"),
        ("SLACK_BOT_TOKEN", "hunter2", "holds something else: it should be the app's bot token"),
        ("SLACK_APP_TOKEN", "xoxb-1", "holds a bot token (xoxb-…): it should be an app-level token"),
        ("SLACK_SIGNING_SECRET", "xapp-1", "holds an app-level token (xapp-…): it should be the app's signing secret"),
        ("SLACK_SIGNING_SECRET", "xoxe.xoxp-1", "holds something else: it should be the app's signing secret"),
        ("SLACK_BOT_TOKEN", "xoxb-1 2", "holds something else: it should be the app's bot token"),
    ],
)
def test_slacks_secrets_are_told_apart_by_their_look(name: str, text: str, holds: str) -> None:
    (line,) = lines(**{**SLACK, name: text})
    assert line.startswith(f"STUDYBOT_{name} {holds}")
    assert text not in line


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"SLACK_APP_TOKEN": ""}, ["STUDYBOT_SLACK_APP_TOKEN is not set, and mode socket needs it"]),
        ({"SLACK_SIGNING_SECRET": ""}, []),
        ({"SLACK_APP_TOKEN": "", "ROLES": "scheduler"}, []),
        ({"SLACK_APP_TOKEN": "", "SLACK_MODE": "http"}, []),
        (
            {"SLACK_SIGNING_SECRET": "", "SLACK_MODE": "http", "HTTP_PORT": "0"},
            [
                "STUDYBOT_SLACK_SIGNING_SECRET is not set, and mode http needs it",
                "STUDYBOT_HTTP_PORT is 0, and with STUDYBOT_SLACK_MODE=http Slack delivers there",
            ],
        ),
        ({"SLACK_SIGNING_SECRET": "", "SLACK_MODE": "http", "HTTP_PORT": "0", "ROLES": "scheduler"}, []),
        (
            {"SLACK_BOT_TOKEN": ""},
            [
                "STUDYBOT_SLACK_APP_TOKEN is set and STUDYBOT_SLACK_BOT_TOKEN is not",
                "STUDYBOT_SLACK_SIGNING_SECRET is set and STUDYBOT_SLACK_BOT_TOKEN is not",
            ],
        ),
    ],
)
def test_what_slack_needs_beside_the_bot_token_is_asked_for(changes: dict[str, str], missing: list[str]) -> None:
    if not missing:
        assert given_(**{**SLACK, **changes}).slack_bot_token
        return
    found = lines(**{**SLACK, **changes})
    assert [line[: len(right)] for line, right in zip(found, missing, strict=True)] == missing


def test_what_is_wrong_is_not_called_missing_too(tmp_path: Path) -> None:
    assert len(lines(**{**SLACK, "SLACK_BOT_TOKEN": "x"})) == 1
    assert len(lines(**{**SLACK, "SLACK_APP_TOKEN": "", "SLACK_APP_TOKEN_FILE": str(tmp_path / "none")})) == 1
    assert len(lines(**{**SLACK, "SLACK_APP_TOKEN": "", "SLACK_MODE": "x"})) == 1
    assert len(lines(**{**SLACK, "SLACK_APP_TOKEN": "", "WORKERS": "x"})) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bot hunter2", "begins with the word Bot, which the bot adds by itself: leave it out."),
        ("xoxb-hunter2", "holds a token of Slack (xoxb-…): it should be the bot's token"),
        ("hunter 2", "holds something else: it should be the bot's token"),
    ],
)
def test_what_is_no_token_of_discord_s_is_told_by_its_look(text: str, said: str) -> None:
    (line,) = lines(DISCORD_TOKEN=text)

    assert line.startswith(f"STUDYBOT_DISCORD_TOKEN {said}")
    assert text not in line


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("http://127.0.0.1:9/api/v10", "http://127.0.0.1:9/api/v10/"),
        ("http://127.0.0.1:9/api", "http://127.0.0.1:9/api/v10/"),
        ("http://127.0.0.1:9", "http://127.0.0.1:9/api/v10/"),
        ("https://proxy.example.org/discord/api/", "https://proxy.example.org/discord/api/v10/"),
    ],
)
def test_discord_s_address_may_leave_out_the_version_that_the_bot_speaks(given: str, url: str) -> None:
    assert given_(DISCORD_API_URL=given).discord_api_url == url


def test_a_version_of_discord_s_api_that_the_bot_does_not_speak_is_one_sentence() -> None:
    (line,) = lines(DISCORD_API_URL="https://discord.com/api/v9")

    assert line.startswith("STUDYBOT_DISCORD_API_URL is 'https://discord.com/api/v9/': the bot speaks v10")


def test_a_model_needs_its_address_and_its_name() -> None:
    assert lines(LLM_URL="https://llm.example.org") == (
        "STUDYBOT_LLM_URL is set and STUDYBOT_LLM_MODEL is not: name the model to be asked there.",
    )
    assert len(lines(LLM_MODEL="m", LLM_KEY="k")) == 2
    assert given_(LLM_URL="http://localhost:11434/v1", LLM_MODEL="m").llm_key is None


@pytest.mark.parametrize(
    "text", ["https://ana:hunter2@llm.example.org/v1", "llm.example.org", "https://llm.example.org/v1?key=hunter2"]
)
def test_an_address_of_a_model_is_one_without_a_secret_in_it(text: str) -> None:
    (line,) = lines(LLM_URL=text, LLM_MODEL="m")
    assert line.startswith("STUDYBOT_LLM_URL ")
    assert "without a password in it" in line


def test_a_key_that_is_none_is_not_shown() -> None:
    (line,) = lines(LLM_URL="https://llm.example.org", LLM_MODEL="m", LLM_KEY="Bearer hunter2")
    assert line == "STUDYBOT_LLM_KEY holds something else: it should be the key of the API, without spaces."
