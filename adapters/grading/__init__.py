"""Graders behind the Grader port, and the processes they run in.

``lexical`` is the offline rubric grader: pure, deterministic, a fraction of a millisecond for a usual reply. It is made of
``clauses``, ``language``, ``rubric`` and ``thresholds``. ``pool`` runs it for many replies without stopping the event loop,
in processes that are made ready by ``worker``.
"""
