"""A message in a post's thread as a reply: the same whether an event brought it or it was read back."""

import re
from collections.abc import Mapping
from typing import Any

from adapters.slack.posts import microseconds
from bot.domain.ids import RoundId, is_part, member_id
from bot.domain.reply import Reply, Via

PLATFORM = "slack"

_WRITTEN = frozenset({"", "file_share", "me_message", "thread_broadcast"})
"""What a person's message may be called; any other subtype is Slack's or an app's."""

_MARKED = re.compile(r"<([^<>]*)>")
_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def reply_of(message: Mapping[str, Any], *, channel: str, team: str, round_: RoundId) -> Reply | None:
    """Return what a person wrote in the thread of the round's post; None for the post itself, and for what no person wrote."""
    ts, user = str(message.get("ts") or ""), str(message.get("user") or "")
    if message.get("bot_id") or (message.get("subtype") or "") not in _WRITTEN or not is_part(user):
        return None
    if ts == message.get("thread_ts") or not message.get("thread_ts"):
        return None
    edited = str((message.get("edited") or {}).get("ts") or "0")
    return Reply(
        round=round_,
        member=member_id(PLATFORM, team, user),
        text=plain(str(message.get("text") or "")),
        via=Via.THREAD,
        delivery=f"{channel}:{ts}:{edited}",
        version=max(microseconds(ts), microseconds(edited)),
        part=ts,
    )


def plain(text: str) -> str:
    """Return a message's text as it was typed: Slack puts mentions and links in angle brackets and escapes three characters."""
    shown = _MARKED.sub(lambda found: _shown(found[1]), text)
    for escaped, character in _ESCAPED:
        shown = shown.replace(escaped, character)
    return shown


def _shown(marked: str) -> str:
    target, _, label = marked.partition("|")
    if target.startswith(("@", "#")):
        return f"{target[0]}{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    if label and label not in target:  # a link with words of its own; else Slack has only completed what was typed
        return f"{label} ({target})"
    return label or target
