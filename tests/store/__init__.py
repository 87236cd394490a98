"""Tests of what is kept while people take part."""
