"""Addresses of code hosts → host and repository."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

_GITHUB = re.compile(r"https?://(?P<host>[^/]+)(?:/api/v3)?/(?:repos/)?(?P<repository>[^/]+/[^/?#]+)")
_WITHOUT_API = re.compile(r"^api\.(github\.com|[^.]+\.ghe\.com)$")
_GITLAB = re.compile(r"https?://(?P<host>[^/]+)/(?P<repository>.+?)/-/")


class Home(NamedTuple):
    """Where an object lives; "" for what is not known."""

    host: str = ""
    repository: str = ""


def github_home(found: Mapping[str, Any], keys: Iterable[str]) -> Home:
    """Host and `owner/name`, from the first of an object's addresses that says them: the API of `acme.ghe.com` is
    `api.acme.ghe.com`."""
    for key in keys:
        match = _GITHUB.match(str(found.get(key) or ""))
        if match:
            host = match["host"].casefold()
            return Home(_WITHOUT_API.sub(r"\1", host), match["repository"].removesuffix(".git"))
    return Home()


def gitlab_home(address: str) -> Home:
    """Host and `group/project` of an address of a project's page."""
    match = _GITLAB.match(address)
    return Home(match["host"].casefold(), match["repository"]) if match else Home()


def place_of(address: str) -> str:
    """A repository's address without its scheme, its user and `.git`."""
    plain = re.sub(r"^[a-z+]+://", "", address.strip(), flags=re.IGNORECASE)
    plain = plain.rsplit("@", 1)[-1] if "@" in plain.split("/", 1)[0] else plain
    return plain.replace(":", "/").removesuffix(".git").strip("/")
