# The step “Comment”: of action.yml, and of the workflow that `topology init --ci` writes. Takes MODEL, BASE, REPOSITORY, NUMBER.
# Nothing is written into the checkout, in which a pull request may have put a link.
out="$RUNNER_TEMP/topology"
mkdir -p "$out"
comment="$out/comment.md"
topology diff "origin/$BASE...HEAD" --model "$MODEL" --format markdown --output "$comment" \
  || printf '%s\n' '<!-- topology: this comment is edited in place -->' 'The organisation cannot be compared: one of its files cannot be read. The check says where.' > "$comment"
cat "$comment" >> "$GITHUB_STEP_SUMMARY"
denied="No right to comment here (a fork?); the text stands in the summary."
# Only our own comment is edited: anybody may write one that begins like it.
found=$(gh api "repos/$REPOSITORY/issues/$NUMBER/comments" --paginate --jq '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- topology:"))) | .id' | head -n 1 || true)
case "$found" in *[!0-9]*) found="" ;; esac
if [ -n "$found" ]; then
  gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$found" -F "body=@$comment" || echo "$denied"
else
  gh api --silent --method POST "repos/$REPOSITORY/issues/$NUMBER/comments" -F "body=@$comment" || echo "$denied"
fi
