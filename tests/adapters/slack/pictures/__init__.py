"""The pictures of docs/slack.md, drawn from the blocks that Slack is sent: `python -m tests.adapters.slack.pictures`."""
