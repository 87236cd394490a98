"""One file a rule; topology/rules/rule.py says what such a file holds. The registry finds it by its name."""
