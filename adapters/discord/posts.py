"""The bot's own posts: by what they are known again, and how they are named."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from adapters.discord import names
from bot.domain.ids import RoundId
from bot.domain.round import MessageRef
from bot.ports import Post

_BUTTONS = {Post.QUESTION: (names.ANSWER, names.CLOSED), Post.REVEAL: (names.GRADE,)}
_EPOCH_MS, _WORKER_BITS = 1_420_070_400_000, 22
_NONCE_BYTES = 12


def nonce(*parts: str) -> Mapping[str, Any]:
    """Return by what Discord knows a message that it was sent before, for some minutes, and gives that one back."""
    digest = hashlib.blake2b("\n".join(parts).encode(), digest_size=_NONCE_BYTES).hexdigest()
    return {"nonce": digest, "enforce_nonce": True}


def stands_for(message: Mapping[str, Any], post: Post, round_: RoundId, user: str) -> bool:
    """Tell whether a message is our post of this kind for the round: by its buttons."""
    wanted = {f"{name}:{round_}" for name in _BUTTONS[post]}
    return is_by(message, user) and not wanted.isdisjoint(custom_ids(message.get("components")))


def is_by(message: Mapping[str, Any], user: str) -> bool:
    return str((message.get("author") or {}).get("id") or "") == user


def custom_ids(components: Any) -> Iterator[str]:
    """Yield the custom ids of a message's components, however deep they stand."""
    for one in components or ():
        if one.get("custom_id"):
            yield str(one["custom_id"])
        yield from custom_ids(one.get("components"))
        if one.get("accessory"):
            yield from custom_ids([one["accessory"]])


def ref_of(channel: str, message: str) -> MessageRef:
    return MessageRef(f"{channel}:{message}")


def channel_and_message(post: MessageRef) -> tuple[str, str]:
    channel, _, message = post.partition(":")
    return channel, message


def before(instant: datetime) -> int:
    """Return an id that is lower than that of everything since the instant."""
    return max((int(instant.timestamp() * 1000) - _EPOCH_MS << _WORKER_BITS) - 1, 0)


def microseconds(timestamp: str) -> int:
    """Return an instant, which Discord writes as ISO 8601, as a whole number of microseconds since 1970."""
    at = datetime.fromisoformat(timestamp)
    return int(at.timestamp()) * 1_000_000 + at.microsecond


def microseconds_of(snowflake: str) -> int:
    """Return the instant that is in an id, as a whole number of microseconds since 1970."""
    return ((int(snowflake) >> _WORKER_BITS) + _EPOCH_MS) * 1000
