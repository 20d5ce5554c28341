"""The quiz in Slack: everything of Slack is in here."""
