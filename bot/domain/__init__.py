"""Values and rules of the quiz. Standard library only: no clock, no I/O, no async."""
