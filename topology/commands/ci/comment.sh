# The step “Comment”: of action.yml, and of the workflow that `topology init --ci` writes. Takes MODEL, BASE, REPOSITORY, NUMBER.
topology diff "origin/$BASE...HEAD" --model "$MODEL" --format markdown --output topology-comment.md \
  || printf '%s\n' '<!-- topology: this comment is edited in place -->' 'The organisation cannot be compared: one of its files cannot be read. The check says where.' > topology-comment.md
cat topology-comment.md >> "$GITHUB_STEP_SUMMARY"
denied="No right to comment here (a fork?); the text stands in the summary."
found=$(gh api "repos/$REPOSITORY/issues/$NUMBER/comments" --paginate --jq '.[] | select(.body | startswith("<!-- topology:")) | .id' | head -n 1 || true)
if [ -n "$found" ]; then
  gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$found" -F body=@topology-comment.md || echo "$denied"
else
  gh api --silent --method POST "repos/$REPOSITORY/issues/$NUMBER/comments" -F body=@topology-comment.md || echo "$denied"
fi
