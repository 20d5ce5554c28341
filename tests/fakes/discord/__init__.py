"""A Discord of ours on loopback, for tests and by hand.

It reads as a description of what Discord does, from the outside in:

    fake.py        the one object that tests hold: a server with its people, channels and the bot
    people.py      what people say and moderators do    hands.py      what they type, press, choose and send
    screen.py      what they find on the screen         typing_commands.py   commands among those that are registered
    gateway.py     starts, resumes, what goes wrong     sessions.py   what each was sent, to be sent again
    connections.py open sockets and how they end        packets.py    packets on the wire
    payloads.py    interactions as the bot receives them
    server.py      Discord's addresses                  limits.py     buckets and the global limit
    faults.py      what goes wrong on demand, and the log of requests
    rest/          the methods of the REST API and what they refuse
    rules/         the limits of messages, components, forms and commands
    posting.py     messages come to be, change and go   permissions.py   what roles and overwrites allow
    events.py      what happened, as events             objects.py    people, servers and channels as Discord writes them
    written_messages.py   messages as Discord writes them
    world.py       the state of it all                  things.py     what it consists of

What it does not know (a route, a component, a field of one) it refuses and notes in `invalid`, so that no test can lean on it.
"""

from tests.fakes.discord.fake import FakeDiscord
from tests.fakes.discord.hands import Answer
from tests.fakes.discord.screen import NotPossible, pressable, words
from tests.fakes.discord.things import Channel, Guild, Interaction, Message, Modal, Person, Role

__all__ = [
    "Answer",
    "Channel",
    "FakeDiscord",
    "Guild",
    "Interaction",
    "Message",
    "Modal",
    "NotPossible",
    "Person",
    "Role",
    "pressable",
    "words",
]
