"""What is configured of Discord, as values."""

from dataclasses import dataclass, field

DISCORD_URL = "https://discord.com/api/v10/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """No repr shows the token. ``api_url`` is that of the REST API with its version, or of a proxy of it.

    ``message_content``: the privileged intent of this name is switched on for the application, so that messages in the
    threads of our posts can be read. ``lease_seconds``: so long who dies holding something may keep others from it.
    """

    token: str = field(repr=False)
    api_url: str = DISCORD_URL
    message_content: bool = False
    lease_seconds: float = 60.0
