"""The use cases: one module each. They see the world through the ports alone."""
