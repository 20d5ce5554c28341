"""A discord.py client that only acknowledges: ``python -m benchmarks.bare_discord``, with the settings of the bot in its environment.

It listens as discord.py does by itself, says ``ready`` once it is greeted, and works until it is killed.
"""

import os

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


class Bare(discord.Client):
    async def setup_hook(self) -> None:
        """Let discord.py, which knows of its own address alone, connect where the API says."""
        _, gateway, *_ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)

    async def on_ready(self) -> None:
        print("ready", flush=True)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)


def main() -> None:
    Route.BASE = os.environ["STUDYBOT_DISCORD_API_URL"].rstrip("/")
    client = Bare(
        intents=discord.Intents(guilds=True, guild_messages=True),
        max_messages=None,
        chunk_guilds_at_startup=False,
        member_cache_flags=discord.MemberCacheFlags.none(),
    )
    client.run(os.environ["STUDYBOT_DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()
