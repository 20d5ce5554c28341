"""The commands of ``python -m bot``: one module per group, each of which adds its parsers in ``add_to``."""
