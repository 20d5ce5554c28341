"""A Slack of ours on loopback, for tests and by hand.

It reads as a description of what Slack does, from the outside in:

    fake.py        the one object that tests hold: people act on it, and see what is there
    server.py      Slack's addresses           faults.py   what goes wrong on demand, and the log of calls
    web/           the methods of the Web API and what they refuse
    layout/        the limits of blocks, elements and views
    events.py      what happened, as events    objects.py  people, channels, messages, views as Slack writes them
    workspace.py   the state of it all         things.py   what it consists of

What it does not know (a block, a method, an argument's effect) it refuses, so that a test cannot lean on it.
"""

from tests.fakes.slack.fake import FakeSlack
from tests.fakes.slack.things import Channel, Message, Person, View

__all__ = ["Channel", "FakeSlack", "Message", "Person", "View"]
