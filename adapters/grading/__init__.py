"""Graders behind the Grader port, and the processes they run in.

``lexical`` is the offline rubric grader: pure, deterministic, about a millisecond for a usual reply. It cuts a reply by
``clauses`` and ``frames`` into ``passages``, and compares their words (``vocabulary``, ``language``, ``abbreviations``) with
the question's ``rubric`` and with what a team has ``learnt``; its figures are in ``thresholds``. ``samples`` says how often it
is right on the bank. ``likeness`` is a finer figure, for measuring. ``pool`` runs the grader for many replies without
stopping the event loop, in processes that are made ready by ``worker``.
"""
