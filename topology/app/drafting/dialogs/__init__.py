"""The dialogs of a draft's operations: what each asks, and the checks that answer while one types."""
