"""What GitHub runs: the workflow, the scripts of its steps, and who is asked."""
