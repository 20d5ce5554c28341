"""The study bot: a platform-neutral core and the one place that wires everything."""

__version__ = "0.1.0"
