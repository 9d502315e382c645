"""How many mutated files a test tries: a share of them each time, all with EVERY_LOOK=1."""

import os

from hypothesis import HealthCheck, settings

MUTATED = settings(
    max_examples=1000 if os.environ.get("EVERY_LOOK") else 40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
