"""Accounts that are programs: a program is no author, no reviewer and nobody's first review."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache

KNOWN = frozenset((
    "actions-user", "allcontributors", "allstar-app", "amazon-q-developer", "argocd", "atlantis", "azure-pipelines", "bazel-io", "bors",
    "buildkite", "circleci", "claassistant", "claude", "cla-assistant", "codacy", "codecov", "codecov-commenter", "codecov-io",
    "coderabbitai", "codefactor-io", "codeclimate", "codspeed-hq", "copilot", "copilot-pull-request-reviewer", "copilot-swe-agent",
    "coveralls", "cursor", "deepsource-autofix", "deepsource-io", "dependabot", "dependabot-preview", "devin-ai-integration",
    "facebook-github-bot", "fossabot", "gemini-code-assist", "ghost", "github-actions", "github-advanced-security", "github-code-quality",
    "github-merge-queue", "gitguardian", "gitlab-bot", "gitpod-io", "googlebot", "googlecla", "graphite-app", "greenkeeper",
    "greptile-apps", "homu", "hound", "houndci-bot", "imgbot", "jenkins", "k8s-ci-robot", "linear", "lgtm-com", "mend-bolt-for-github",
    "mergify", "mergifyio", "netlify", "pre-commit-ci", "prow", "pull", "pyup-bot", "qodo-merge-pro", "release-please", "renovate",
    "renovatebot", "rustbot", "rust-timer", "sentry-io", "semantic-release-bot", "snyk-bot", "sonarcloud", "sonarqubecloud",
    "sourcery-ai", "stale", "svc-bot", "sweep-ai", "swiftci", "tekton-robot", "terraform-cloud", "travis-ci", "vercel", "web-flow",
    "welcome", "whitesource-bolt-for-github", "wiz", "chatgpt-codex-connector", "kodiakhq", "ellipsis-dev", "bors-ng", "elasticmachine",
    "kibanamachine", "openshift-ci", "openshift-merge-robot", "trunk-io", "korbit-ai", "korbit-ai-mentor", "scala-steward", "rfcbot",
    "triagebot", "renovate-approve", "renovate-approve-2", "codiumai-pr-agent", "codiumai-pr-agent-pro", "qodo-merge", "weblate",
    "msftbot", "grafanabot", "copybara-service", "renovate bot", "gitlabduo", "gitlab-duo", "highfive", "houndci", "lgtm", "semaphoreci",
    "appveyor", "bitrise", "deepsource", "codescene", "codeant-ai", "bito-code-review", "continue-agent", "amazon-inspector",
    "socket-security", "snyk-io", "mend-for-github-com", "dependabot-circleci", "pyup", "requires-io", "greenkeeperio-bot", "prow-bot",
    "k8s-merge-robot", "istio-testing", "mergequeue", "bulldozer", "kubevirt-bot", "tensorflow-copybara", "tensorflower-gardener",
    "pytorchmergebot", "pytorchbot", "facebook-github-tools", "meta-cla", "linux-foundation-easycla", "easycla", "zuul", "opendevreview",
    "lint-action", "autofix-ci", "github-actions-bot", "google-labs-jules", "dosubot", "charliecreates", "cubic-dev-ai",
    "vercel-release-bot", "netlify-bot", "changeset-bot", "release-drafter", "semantic-release",
))  # fmt: skip
"""Well-known programs that review, merge or change code. (`ghost` stands for an account that is gone.)"""
PATTERNS = (
    "*[[]bot]",
    "*-bot",
    "*_bot",
    "*-robot",
    "*-bot-*",
    "project_*_bot*",
    "group_*_bot*",
    "app/*",
    "svc-*",
    "service-account-*",
    "service_account_*",
    "*-[[]bot]",
)
"""How programs are called. A star is any text; `[[]` is a bracket."""


@lru_cache(100_000)  # (the same people review a whole export)
def is_program(login: str, kind: str = "", more: tuple[str, ...] = ()) -> bool:
    """Whether an account is a program: its system says so (`kind`), it is well known, or is called like one; `more` are patterns."""
    name = login.strip().casefold()
    plain = name.removeprefix("app/").removesuffix("[bot]")
    if kind.casefold() == "bot" or plain in KNOWN or name in KNOWN:
        return True
    return any(fnmatchcase(name, pattern.casefold()) for pattern in (*PATTERNS, *more))
