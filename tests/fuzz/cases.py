"""How many cases are tried, and how many were."""

from collections import Counter

from hypothesis import HealthCheck, settings

THOROUGH = "thorough"
CONVERTED = "of them converted by LibreOffice"
_HEALTH = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]

# Loaded by `make fuzz`: other cases each time, those that failed before first.
settings.register_profile(
    THOROUGH, max_examples=2_000, deadline=None, suppress_health_check=_HEALTH
)

tried: Counter[str] = Counter()
"""Cases of this session, by how each ended."""


def fuzzed(cases: int) -> settings:
    """Return the settings of a test: so many cases, always the same, unless all are wanted."""
    if settings.get_current_profile_name() == THOROUGH:
        return settings(settings.get_profile(THOROUGH))
    return settings(
        max_examples=cases,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=_HEALTH,
    )
