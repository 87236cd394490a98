"""The codes of clans, which `topology.words.clans` puts into words. Light: a rule may compare them without the statistics."""

from enum import StrEnum


class Grade(StrEnum):
    """What the four tests come to; `FINDING` alone says that a group turns inward."""

    TOO_LITTLE = "too-little"
    NO_SIGN = "no-sign"
    SIGN = "sign"
    FINDING = "finding"


class TestKind(StrEnum):
    """The four tests, in their order."""

    __test__ = False  # (no test of pytest's)

    ENOUGH = "enough"
    INWARD = "inward"
    NOT_BY_DESIGN = "not-by-design"
    LASTING = "lasting"


class Unasked(StrEnum):
    """Why a test has no answer, or needs none."""

    NO_SIGN = "no-sign"
    TOO_LITTLE = "too-little"
    NO_OTHER_LABELS = "no-other-labels"
    NO_CONTACT = "no-contact"
    FEW_NEEDS = "few-needs"
    SHARED_WORK = "shared-work"
    PARTLY_DECLARED = "partly-declared"
    HARDLY_ACROSS = "hardly-across"
    NEARLY_ONLY_ACROSS = "nearly-only-across"


class Cap(StrEnum):
    """Why a reading is a sign at most, whatever its four tests say."""

    LENGTH = "length"
    UNEVEN = "uneven"
    HALF_SEEN = "half-seen"
    OWN_SIDE = "own-side"
    TWO_OF_THREE = "two-of-three"


class Why(StrEnum):
    """Why a layer has no ties to read."""

    DECLARED_BETWEEN_TEAMS = "declared-between-teams"
    CHANGED_BETWEEN_TEAMS = "changed-between-teams"
    NO_SHARED_CHANNEL = "no-shared-channel"
    NO_CROSS_CHANGES = "no-cross-changes"
    NOBODY_KNOWN = "nobody-known"
    NO_CONTACT = "no-contact"
    FEW_PEOPLE = "few-people"


class Kind(StrEnum):
    """What the file and the contact say of a pair, set side by side (`topology.words.clans.PAIRS` says it)."""

    BOTH = "both"
    ON_PAPER = "on-paper"
    SHADOW = "shadow"
    NEITHER = "neither"
    SERVICE = "service"
    SERVICE_IN_NAME = "service-in-name"
    NOT_TOLD = "not-told"
