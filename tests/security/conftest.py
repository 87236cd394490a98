"""The repository of the tests of history."""

from tests.history.conftest import repo

__all__ = ["repo"]
