"""Sessions of the gateway: what each asked to hear, and all that it was sent, so that it can be sent again."""

import uuid
from dataclasses import dataclass, field
from typing import Protocol

from tests.fakes.discord.packets import dispatch
from tests.fakes.discord.things import Json
from tests.fakes.discord.world import MESSAGE_CONTENT, Event


class Wire(Protocol):
    """An open socket."""

    def send(self, packet: Json) -> None: ...


@dataclass(kw_only=True, eq=False)
class Session:
    """Lives on after its socket, for a while."""

    intents: int
    shard: tuple[int, int]
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    wire: Wire | None = None
    sent: list[Json] = field(default_factory=list)
    """Every dispatch, the n-th with the sequence number n."""
    lost: int = 0
    """How many of its events came while no socket was open."""

    def hears(self, event: Event) -> bool:
        """It asked for such events, and the server is of its shard. What has no server is told to the first."""
        number, of = self.shard
        own = (int(event.guild) >> 22) % of == number if event.guild else number == 0
        return own and (not event.intent or bool(event.intent & self.intents))

    def tell(self, event: Event) -> None:
        self.dispatch(event.name, event.body(bool(self.intents & MESSAGE_CONTENT)))

    def dispatch(self, name: str, body: Json | None) -> None:
        packet = dispatch(name, body, len(self.sent) + 1)
        self.sent.append(packet)
        if self.wire:
            self.wire.send(packet)
        else:
            self.lost += 1

    def since(self, number: int) -> list[Json]:
        """All after the one of this number."""
        return self.sent[number:]
