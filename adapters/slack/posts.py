"""The bot's own posts: by what they are known again, and how they are named."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack.refusals import SlackRefusal, refusal
from bot.domain.ids import RoundId
from bot.domain.round import MessageRef
from bot.ports import Post

NO_TEAM = "no_team_id"
"""Our own word for an answer of auth.test without a workspace: nothing that Slack refuses."""
_OF_A_BOT = "xoxb-"
_EVENT_TYPES = {Post.QUESTION: "mlops_quiz_question", Post.REVEAL: "mlops_quiz_reveal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose token it is: the workspace, and the bot's user and bot id in it, which may be empty if Slack does not say them."""

    team: str
    team_name: str
    user: str
    bot: str


def identity_of(told: Mapping[str, Any], token: str) -> Identity:
    """Return whose token it is, by the answer of auth.test. Raises SlackRefusal for a token that is no bot's, or of nobody known."""
    if not told.get("bot_id") and not token.startswith(_OF_A_BOT):
        raise refusal("auth.test", "not_allowed_token_type")
    if not told.get("team_id"):
        raise SlackRefusal(
            NO_TEAM, "its answer to auth.test has no team_id, so it is not known which workspace the token is of"
        )
    return Identity(
        team=str(told["team_id"]),
        team_name=str(told.get("team") or ""),
        user=str(told.get("user_id") or ""),
        bot=str(told.get("bot_id") or ""),
    )


def metadata(post: Post, round_: RoundId) -> Mapping[str, Any]:
    """Return what a post carries unseen, so that it is found again."""
    return {"event_type": _EVENT_TYPES[post], "event_payload": {"round": round_}}


def stands_for(message: Mapping[str, Any], post: Post, round_: RoundId, bot: Identity) -> bool:
    """Tell whether a message is our post of this kind for the round: by its metadata, or by its first block where none is shown."""
    if not _by(message, bot):
        return False
    carried = message.get("metadata") or {}
    if carried.get("event_type") == _EVENT_TYPES[post] and (payload := carried.get("event_payload")):
        return bool(payload.get("round") == round_)
    blocks = message.get("blocks") or [{}]
    return bool(blocks[0].get("block_id") == f"{post}:{round_}")


def _by(message: Mapping[str, Any], bot: Identity) -> bool:
    """Tell whether the bot wrote a message; where nothing is known of it, whether an app did."""
    known = {bot.bot, bot.user} - {""}
    return bool({message.get("bot_id"), message.get("user")} & known) if known else bool(message.get("bot_id"))


def ref_of(channel: str, ts: str) -> MessageRef:
    return MessageRef(f"{channel}:{ts}")


def channel_and_ts(post: MessageRef) -> tuple[str, str]:
    channel, _, ts = post.partition(":")
    return channel, ts


def microseconds(ts: str) -> int:
    """Return a message's ts, which is in seconds with six decimals, as a whole number."""
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int(fraction[:6].ljust(6, "0"))
