"""The profile under which the machine runs long: see test_machine.py."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "long", max_examples=2_000, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)
