"""Tells how many cases were tried."""

import pytest

from tests.fuzz.cases import CONVERTED, tried


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts."""
    if tried:
        converted = tried[CONVERTED]
        counts = ", ".join(f"{n} {how}" for how, n in sorted(tried.items()) if how != CONVERTED)
        terminalreporter.write_line(
            f"fuzz: {tried.total() - converted} cases: {counts}; {converted} {CONVERTED}"
        )
