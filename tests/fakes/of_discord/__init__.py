"""The Discord of ours, with discord.py at the other end."""
