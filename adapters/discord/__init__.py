"""The quiz in Discord: everything of Discord is in here."""
