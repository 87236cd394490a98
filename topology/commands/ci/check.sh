# The step “Check”: of action.yml, and of the workflow that `topology init --ci` writes. Takes MODEL, FAIL_ON, BASE.
code=0
if [ -n "$BASE" ]; then
  topology check "$MODEL" --fail-on "$FAIL_ON" --against "origin/$BASE" --format github || code=$?
else
  topology check "$MODEL" --fail-on "$FAIL_ON" --format github || code=$?
fi
topology check "$MODEL" --fail-on never --format sarif --output topology.sarif --format markdown --output topology-summary.md || true
cat topology-summary.md >> "$GITHUB_STEP_SUMMARY"
echo "code=$code" >> "$GITHUB_OUTPUT"
