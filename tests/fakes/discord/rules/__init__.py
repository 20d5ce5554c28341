"""The documented limits of messages, components, forms and commands: what breaks them is refused with 50035."""

from tests.fakes.discord.rules.commands import check_commands
from tests.fakes.discord.rules.layout import check_layout
from tests.fakes.discord.rules.messages import check_message
from tests.fakes.discord.rules.modals import check_modal
from tests.fakes.discord.rules.numbering import numbered

__all__ = ["check_commands", "check_layout", "check_message", "check_modal", "numbered"]
