"""One request, as its method sees it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord.refusals import Problems, Refusal
from tests.fakes.discord.things import Channel, Json, Message
from tests.fakes.discord.world import World


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A file of a multipart body: `number` is that of `files[n]`."""

    number: str
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    world: World
    args: dict[str, str]
    """What stood in the place of the braces of the route."""
    query: dict[str, str]
    body: Any
    uploads: list[Upload] = field(default_factory=list)

    @property
    def json(self) -> Json:
        """The body, which must be an object."""
        if not isinstance(self.body, dict):
            raise Refusal(400, 50109)
        return self.body

    @property
    def channel(self) -> Channel:
        return self.world.channel_of_bot(self.args["channel"])

    @property
    def message(self) -> Message:
        return self.world.message_in(self.channel, self.args["message"])

    def need_open(self) -> None:
        """Refuses what changes an archived thread, or a locked one."""
        if self.channel.locked and not self.world.may(self.world.bot.id, self.channel, "manage_threads"):
            raise Refusal(403, 160005)
        if self.channel.archived:
            raise Refusal(400, 50083)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A number of the query, within its limits."""
        given = self.query.get(name, str(default))
        problems = Problems()
        problems.within(name, int(given) if given.isdigit() else None, least, most)
        problems.refuse()
        return int(given)


Reply = tuple[int, Any]
"""Status and JSON body; None for none."""
Method = Callable[[Call], Reply]
NOTHING: Reply = (204, None)
