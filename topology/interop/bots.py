"""Accounts that are programs: a program is no author, no reviewer and nobody's first review."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache

KNOWN = frozenset((
    "actions-user", "allcontributors", "allstar-app", "amazon-q-developer", "argocd", "atlantis", "azure-pipelines", "bazel-io", "bors",
    "buildkite", "circleci", "claassistant", "claude", "cla-assistant", "codacy", "codecov", "codecov-commenter", "codecov-io",
    "coderabbitai", "codefactor-io", "codeclimate", "codspeed-hq", "copilot", "copilot-pull-request-reviewer", "copilot-swe-agent",
    "coveralls", "cursor", "deepsource-autofix", "deepsource-io", "dependabot", "dependabot-preview", "devin-ai-integration",
    "facebook-github-bot",
    "fossabot", "gemini-code-assist", "ghost", "github-actions", "github-advanced-security", "github-code-quality", "github-merge-queue",
    "gitguardian", "gitlab-bot", "gitpod-io", "googlebot", "googlecla", "graphite-app", "greenkeeper", "greptile-apps", "homu", "hound",
    "houndci-bot", "imgbot", "jenkins", "k8s-ci-robot", "linear", "lgtm-com", "mend-bolt-for-github", "mergify", "mergifyio", "netlify",
    "pre-commit-ci", "prow", "pull", "pyup-bot", "qodo-merge-pro", "release-please", "renovate", "renovatebot", "rustbot", "rust-timer",
    "sentry-io", "semantic-release-bot", "snyk-bot", "sonarcloud", "sonarqubecloud", "sourcery-ai", "stale", "svc-bot", "sweep-ai",
    "swiftci", "tekton-robot", "terraform-cloud", "travis-ci", "vercel", "web-flow", "welcome", "whitesource-bolt-for-github", "wiz",
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
)
"""How programs are called. A star is any text; `[[]` is a bracket."""


@lru_cache(100_000)  # (the same people review a whole export)
def is_program(login: str, kind: str = "", more: tuple[str, ...] = ()) -> bool:
    """Whether an account is a program: its system says so (`kind`), it is well known, or is called like one; `more` are patterns."""
    name = login.strip().casefold()
    plain = name.removeprefix("app/").removesuffix("[bot]")
    if kind.casefold() in ("bot", "mannequin") or plain in KNOWN:
        return True
    return any(fnmatchcase(name, pattern.casefold()) for pattern in (*PATTERNS, *more))
