# The step “Check”: of action.yml, and of the workflow that `topology init --ci` writes. Takes MODEL, FAIL_ON, BASE.
# Nothing is written into the checkout, in which a pull request may have put a link.
out="$RUNNER_TEMP/topology"
mkdir -p "$out"
code=0
if [ -n "$BASE" ]; then
  topology check "$MODEL" --fail-on "$FAIL_ON" --against "origin/$BASE" --format github || code=$?
else
  topology check "$MODEL" --fail-on "$FAIL_ON" --format github || code=$?
fi
topology check "$MODEL" --fail-on never --format sarif --output "$out/findings.sarif" --format markdown --output "$out/summary.md" || true
if [ -f "$out/summary.md" ]; then cat "$out/summary.md" >> "$GITHUB_STEP_SUMMARY"; fi
echo "code=$code" >> "$GITHUB_OUTPUT"
