"""Whether the bot may do in a channel what was just set up there, and what to do if not: the interaction itself says it."""

from collections.abc import Sequence

from adapters.discord.inbound.asked import Asked
from adapters.discord.permissions import REACT, Permission, missing
from bot.domain.programme import Collect
from bot.views import NoticeView

ALL_WELL = "I looked at this channel: I may do here all that the quiz needs."
UNKNOWN = "I was not told what I may do in this channel: python -m bot doctor looks at that."


def preflight(asked: Asked, collect: str) -> NoticeView:
    """Return what the bot found out; ``collect`` is how replies are collected, empty if that was not said."""
    if asked.bot_may is None:
        return NoticeView(text=UNKNOWN)
    lacks = [one for one in missing(asked.bot_may) if one != REACT or collect != Collect.FORM]
    if not lacks:
        return NoticeView(text=ALL_WELL)
    needed, wished = [one for one in lacks if one.needed], [one for one in lacks if not one.needed]
    said = [
        *(
            [f"The quiz is set up, but it will not work here yet. Allow me in this channel: {_named(needed)}."]
            if needed
            else []
        ),
        *([f"The quiz runs here, but with less. Better allow me in this channel: {_named(wished)}."] if wished else []),
    ]
    return NoticeView(text=" ".join(said))


def _named(permissions: Sequence[Permission]) -> str:
    return "; ".join(f"{one.name}, {one.why}" for one in permissions)
