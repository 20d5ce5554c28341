"""A Slack of ours on loopback, for tests and by hand.

It reads as a description of what Slack does, from the outside in:

    fake.py        the one object that tests hold: a workspace with its people, channels and app
    people.py      what people do in channels      hands.py      what they press, choose and send
    screen.py      what they find on the screen
    deliveries.py  what reaches the app, how often  payloads.py   what it looks like
    sockets.py     Socket Mode                     requests.py   HTTP mode, signed
    server.py      Slack's addresses               responses.py  answers to commands and clicks
    faults.py      what goes wrong on demand, and the log of calls
    web/           the methods of the Web API and what they refuse
    layout/        the limits of blocks, elements and views
    events.py      what happened, as events        objects.py    people, channels, messages, views as Slack writes them
    workspace.py   the state of it all             things.py     what it consists of

What it does not know (a method, a block, a field of one) it refuses, so that no test can lean on it; arguments that only
change looks (`unfurl_links`) it ignores.
"""

from tests.fakes.slack.deliveries import Answer
from tests.fakes.slack.fake import FakeSlack
from tests.fakes.slack.hands import Submission
from tests.fakes.slack.screen import NotPossible, pressable, words
from tests.fakes.slack.things import Channel, Message, Person, View

__all__ = [
    "Answer",
    "Channel",
    "FakeSlack",
    "Message",
    "NotPossible",
    "Person",
    "Submission",
    "View",
    "pressable",
    "words",
]
