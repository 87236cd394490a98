"""Tests of the forms on people's phones."""
