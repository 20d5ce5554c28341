"""Graders behind the Grader port, and the processes they run in.

``lexical`` is the offline rubric grader: pure, deterministic, one core. ``pool`` runs it for many replies without stopping
the event loop. ``clauses``, ``language`` and ``rubric`` are what it is made of.
"""
