"""A pack: the dimensions of maturity, each with its levels, their criteria, and the question that people are asked about it."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from topology.language import language_code
from topology.model.values import Amount, Count, Id, Value, one_or_several

LEVELS = (1, 2, 3, 4, 5)
ANCHORS = len(LEVELS)
ITEM_PATTERN = r"^[a-z0-9][a-z0-9-]*\.\d+$"
Whom = Literal["duo", "squad", "platform", "enabling", "team", "organisation"]
"""For whom a dimension is: any team with both seats, squads, platform teams, enabling teams, all teams, the organisation as a whole."""


class Words(Value):
    """A text in English, and in French where somebody wrote it."""

    en: str
    """In English."""
    fr: str | None = None
    """In French."""

    def __str__(self) -> str:
        """In the language that is spoken, else in English."""
        return (self.fr if language_code() == "fr" else None) or self.en


class Anchors(Value):
    """What one sees at each of the five levels, from the lowest to the highest, without a number."""

    en: Annotated[list[str], Field(min_length=ANCHORS, max_length=ANCHORS)]
    """In English."""
    fr: Annotated[list[str], Field(min_length=ANCHORS, max_length=ANCHORS)] | None = None
    """In French."""

    def spoken(self) -> list[str]:
        """In the language that is spoken, else in English."""
        return (self.fr if language_code() == "fr" else None) or self.en


class Question(Value):
    """What everybody is asked about a dimension: one sentence and five behaviours."""

    item: Annotated[str, StringConstraints(pattern=ITEM_PATTERN)]
    """Its id, such as `duo.1`; a question whose words change gets the next one, since trends do not cross versions."""
    en: str
    """The sentence in English."""
    fr: str | None = None
    """The sentence in French."""
    anchors: Anchors
    """The five behaviours."""

    def __str__(self) -> str:
        """The sentence in the language that is spoken, else in English."""
        return (self.fr if language_code() == "fr" else None) or self.en

    @property
    def digest(self) -> str:
        """Eight letters that change with any word of it: kept with the answers, which are to these words and no others."""
        return sha256(self.model_dump_json(exclude={"item"}).encode()).hexdigest()[:8]


class Statement(Value):
    """A statement of the second short form, answered on its scale; of `{side}` where it is about each side."""

    item: Annotated[str, StringConstraints(pattern=ITEM_PATTERN)]
    """Its id, such as `regard-word.1`."""
    en: str
    """The statement in English."""
    fr: str | None = None
    """In French."""

    def about(self, side: SideOfRegard) -> Self:
        """The same about a side, with an item of its own: `regard-word-product.1`."""
        name, _, version = self.item.rpartition(".")
        words = {language: text and text.replace("{side}", names[side]) for language, text, names in
                 (("en", self.en, SIDES_EN), ("fr", self.fr, SIDES_FR))}  # fmt: skip
        return self.model_copy(update={"item": f"{name}-{side}.{version}", **words})


SideOfRegard = Literal["product", "tech"]
SIDES_EN: dict[str, str] = {"product": "Product", "tech": "Tech"}
SIDES_FR: dict[str, str] = {"product": "Le Produit", "tech": "La Tech"}


class ShortForm(Value):
    """`short.yaml`: what is asked beside the questions in every other survey: safety, and how the sides regard each other."""

    scale: Anchors
    """The five answers, from the lowest to the highest."""
    safety: list[Statement] = Field(default_factory=list)
    """On psychological safety."""
    regard: list[Statement] = Field(default_factory=list)
    """On mutual regard; each is asked about Product and about Tech."""

    @property
    def statements(self) -> list[tuple[str, Question]]:
        """(safety or regard, the statement as a question) of all that are asked, in their order."""
        listed = [("safety", one) for one in self.safety]
        listed += [("regard", one.about(side)) for one in self.regard for side in get_args(SideOfRegard)]
        return [(kind, Question(item=one.item, en=one.en, fr=one.fr, anchors=self.scale)) for kind, one in listed]


class Criterion(Value):
    """What a measure has to come to; a measure that is yes or no needs no bound."""

    measure: Id
    """The measure, such as duo-rituals-held (`topology pack show --measures` lists them)."""
    at_least: Amount | None = None
    """It has to be this much or more."""
    at_most: Amount | None = None
    """It has to be this much or less."""
    above: Amount | None = None
    """It has to be more than this."""
    below: Amount | None = None
    """It has to be less than this."""

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if len(self.bounds) > 1:
            raise ValueError(f"expected one bound, such as `at_least`, and not {' and '.join(self.bounds)}")
        return self

    @property
    def bounds(self) -> dict[str, float]:
        """{at_least, at_most, above or below: its number}; empty for a measure that is yes or no."""
        return {
            name: value
            for name in ("at_least", "at_most", "above", "below")
            if (value := getattr(self, name)) is not None
        }

    def met_by(self, value: float) -> bool:
        """Whether a value is enough."""
        holds = {
            "at_least": lambda bound: value >= bound - ROUNDING, "at_most": lambda bound: value <= bound + ROUNDING,
            "above": lambda bound: value > bound + ROUNDING, "below": lambda bound: value < bound - ROUNDING,
        }  # fmt: skip
        return all(holds[name](bound) for name, bound in self.bounds.items()) if self.bounds else value > 0


ROUNDING = 1e-9


class Dimension(Value):
    """One dimension. A team is on the highest level whose criteria, and those of all below, are met; level 1 has none."""

    order: Count
    """Its place among the others."""
    name: Words
    """A name of one or two words."""
    about: Words
    """What it is about, in a sentence."""
    applies_to: Annotated[list[Whom], BeforeValidator(one_or_several), Field(min_length=1)]
    """For whom it is: one kind, or several."""
    question: Question | None = None
    """What everybody is asked; without it nobody is."""
    levels: dict[Literal["2", "3", "4", "5"], list[Criterion]]
    """The criteria of the levels 2 to 5."""

    @property
    def criteria(self) -> dict[int, list[Criterion]]:
        """{level: its criteria}, in order; a level that has none cannot be reached."""
        return {level: self.levels.get(str(level), []) for level in LEVELS[1:]}  # type: ignore[call-overload]


class About(Value):
    """`pack.yaml`: what the pack is."""

    name: str
    """What it is called."""
    version: Count
    """Its version; it grows with every change of a criterion."""
    extends: Literal["standard", "nothing"] = "standard"
    """Whether the dimensions of the package hold where this pack has none of the same id."""


class Pack(Value):
    """Dimensions by id, in their order."""

    about: About
    dimensions: dict[Id, Dimension]
    short: ShortForm | None = None
    """The second short form."""

    @property
    def questions(self) -> dict[str, Question]:
        """{item: question} of all that may be asked, the short form's statements last."""
        own = [one.question for one in self.dimensions.values() if one.question is not None]
        return {one.item: one for one in [*own, *(one for _, one in (self.short.statements if self.short else []))]}

    @property
    def items(self) -> dict[str, str]:
        """{item of a question: the dimension that it asks about}, in order."""
        return {one.question.item: id_ for id_, one in self.dimensions.items() if one.question is not None}
