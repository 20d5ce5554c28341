"""What a person is to see, in Slack's blocks. Pure: a view in, blocks out, always within Slack's limits."""
