"""Chat platforms of ours on loopback."""
