"""What Slack's errors mean for people: each has its sentence, and its row in docs/slack.md."""

import re
from pathlib import Path

import pytest

from adapters.slack.refusals import (
    BY_PLACE,
    BY_TOKEN,
    GONE,
    LIMITED,
    NO_THREAD,
    OURS,
    PASSING,
    WITHOUT_METADATA,
    other_workspace,
    refusal,
)
from bot.ports import BotRefused

ROOT = Path(__file__).parents[3]
KNOWN = {*BY_PLACE, *BY_TOKEN, *GONE, *LIMITED, *NO_THREAD, *OURS, *PASSING, *WITHOUT_METADATA, other_workspace().error}


def test_every_error_that_the_bot_knows_is_in_the_table_of_the_documentation_and_no_other() -> None:
    told = set(re.findall(r"`([a-z]+(?:_[a-z]+)*)`", _table()))

    assert told == KNOWN


def test_no_error_is_of_two_kinds() -> None:
    kinds = (BY_PLACE, BY_TOKEN, LIMITED, OURS, PASSING)

    assert sum(len(kind) for kind in kinds) == len({error for kind in kinds for error in kind})


@pytest.mark.parametrize("error", [*BY_PLACE, *BY_TOKEN])
def test_a_sentence_fits_into_the_notice_that_quotes_it(error: str) -> None:
    sentence = str(refusal("chat.postMessage", error))

    assert sentence[0].islower() or sentence.startswith("Slack ")
    assert not sentence.endswith(".")
    assert error not in sentence


def test_a_missing_scope_is_named_by_slack_or_by_the_method() -> None:
    assert "the scope chat:write, for chat.update" in str(refusal("chat.update", "missing_scope", "chat:write"))
    assert "channels:history or groups:history" in str(refusal("conversations.history", "missing_scope"))


def test_an_error_that_nobody_knows_is_told_by_its_word() -> None:
    assert str(refusal("chat.update", "moon_in_the_way")) == "Slack refused chat.update (moon_in_the_way)"


def test_nothing_but_a_plain_word_of_slack_s_is_repeated() -> None:
    said = refusal("chat.update", "hello <@U1> ```")
    scope = refusal("chat.update", "missing_scope", "hello <@U1>")

    assert "hello" not in f"{said}{said.error}{scope}"


def _table() -> str:
    """Return the second column of the first table: what comes of a call."""
    text = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    rows = text.partition("## What happens when")[2].partition("\n| ")[2].partition("\n\n")[0]
    return "\n".join(row.split("|")[2] for row in f"| {rows}".splitlines())


@pytest.mark.parametrize(
    "error", ["token_revoked", "account_inactive", "ekm_access_denied", "missing_scope", "invalid_blocks"]
)
def test_what_is_wrong_with_the_bot_itself_can_be_told_from_a_place_that_refuses(error: str) -> None:
    assert isinstance(refusal("chat.postMessage", error), BotRefused)
    assert not isinstance(refusal("chat.postMessage", "is_archived"), BotRefused)
