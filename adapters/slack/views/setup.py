"""The form that sets the quiz up in a place, or changes it."""

from adapters.slack import names
from adapters.slack.views import labels
from adapters.slack.views.blocks import Message, button, buttons, header, message
from bot.views import SetupFormView


def setup_message(_view: SetupFormView) -> Message:
    """Return a message whose button opens the setup of the channel that it stands in."""
    return message([header(labels.SETUP_TITLE), buttons(button(labels.SET_UP, names.SETUP, style="primary"))])
