"""What a gazetteer file may hold: its tables, each checked as it is read."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator


def _regular_expression(value: str) -> str:
    try:
        re.compile(f"x|(?:{value})")  # as it will be compiled: among others
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return value


Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Spelling = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]
"""A word that is searched for by itself: one character alone would be found everywhere."""
Expression = Annotated[str, AfterValidator(_regular_expression)]
Province = Literal["上海", "江苏", "浙江", "安徽"]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Names(_Table):
    """Names that say the same; the first is what they are all called."""

    names: tuple[Spelling, ...] = Field(min_length=1)
    provinces: tuple[Province, ...] = ()
    """Provinces that the names themselves name, as 沪苏浙皖四地 does."""


class Words(_Table):
    """Words of one use."""

    words: tuple[Spelling, ...] = Field(min_length=1)


class Initiative(_Table):
    """A vehicle, document or body of the integration, with all its spellings.

    A strong one says by itself that a sentence is about the integration; a weak one (a route, a place, something within
    one province) needs a cooperation beside it.
    """

    name: Spelling
    aliases: tuple[Spelling, ...] = ()
    weak_aliases: tuple[Spelling, ...] = ()
    """Spellings that are also said of the mere place, as 虹桥商务区."""
    strength: Literal["weak", "strong"] = "strong"
    provinces: tuple[Province, ...] = ()
    """Provinces that its name itself names, as 沪苏湖高铁 does."""
    topics: tuple[Word, ...] = ()
    source: str = ""


class Topic(_Table):
    """A subject: `terms` tag an article, `linking` ones also tell that places work together, as 跨省通办 does."""

    name: Word
    terms: tuple[Spelling, ...] = ()
    linking: tuple[Spelling, ...] = ()


class Cooperation(_Table):
    """Words for acting together; weak ones (签约, 合作) are said of any two parties, strong ones mostly of places."""

    strength: Literal["weak", "strong"]
    words: tuple[Spelling, ...] = Field(min_length=1)


class ProvincePlaces(_Table):
    """One province with its places; each name only where it means nothing else."""

    name: Province
    letters: Annotated[str, StringConstraints(max_length=4)] = ""
    """Its one-character names, counted only side by side with another province's (沪苏浙, 苏、皖)."""
    aliases: tuple[Spelling, ...] = ()
    cities: dict[Spelling, tuple[Spelling, ...]] = {}
    """City to its districts and counties that matter."""
    ambiguous: dict[Spelling, tuple[Spelling, ...]] = {}
    """City to names that mean something else as well: counted only beside another place of the delta."""


class PlaceCompound(_Table):
    """An abbreviation of several places, as 宁滁 for 南京 and 滁州."""

    name: Spelling
    provinces: tuple[Province, ...] = Field(min_length=1)
    cities: tuple[Spelling, ...] = ()


class Institutions(_Table):
    """Universities, hospitals, companies: they act for their province, though nothing happens at their names."""

    province: Province
    names: tuple[Spelling, ...] = Field(min_length=1)


class Cues(_Table):
    """Words that say one thing of the places in a passage; the group counts once there, with its weight.

    `patterns` are regular expressions over the normal form: what is said by how a sentence is made, not by one word.
    """

    name: Word
    weight: float = Field(gt=0, le=5)
    why: str = Field(min_length=3)
    words: tuple[Spelling, ...] = ()
    patterns: tuple[Expression, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.words or self.patterns):
            raise ValueError("it needs words or patterns")
        return self


class FalseFriends(_Table):
    """Strings that hold a word of ours and mean something else: whatever they cover is not counted."""

    words: tuple[Spelling, ...] = Field(min_length=1)
    why: str = Field(min_length=3)


class Passing(_Table):
    """What stands around a name that is only a location, a market or a slogan.

    Regular expressions over the normal form (half-width, lower case); `before` must end where the name begins, `after`
    begin where it ends.
    """

    why: str = Field(min_length=3)
    in_title: bool = True
    """Whether a name in such a context says little in a title too."""
    initiatives: bool = True
    """Whether that holds for vehicles, documents and bodies too, or for the region and its integration only."""
    before: tuple[Expression, ...] = ()
    after: tuple[Expression, ...] = ()


class Denial(_Table):
    """What tells that a joint action is denied, refused, at an end or only imagined.

    Regular expressions over the normal form: `before` stands before the word of the action and `after` behind it, in
    the same clause; `sentence` is said of the whole sentence, `anywhere` too, and speaks against the article; `doubt`
    takes no word away and speaks against the article; `title` is said of the whole article by its title; `outcome` is
    said of the passage before it, unless `revival` follows.
    """

    why: str = Field(min_length=3)
    before: tuple[Expression, ...] = ()
    after: tuple[Expression, ...] = ()
    sentence: tuple[Expression, ...] = ()
    anywhere: tuple[Expression, ...] = ()
    doubt: tuple[Expression, ...] = ()
    title: tuple[Expression, ...] = ()
    outcome: tuple[Expression, ...] = ()
    revival: tuple[Expression, ...] = ()


class Routine(_Table):
    """Words of a kind of news that names places every day (weather, markets, sport) and is not about them."""

    name: Word
    words: tuple[Spelling, ...] = Field(min_length=1)
    titles: tuple[Expression, ...] = ()
    """Regular expressions over the normal form of a title that says by itself that the text is of this kind."""
    bar: float = Field(default=0, ge=0, le=20)
    """Weight that a passage must have in such a text, where the usual one is not enough: lawsuits, books, games."""


class Reject(_Table):
    """Words of spam: a certain one keeps a page out, of suspicious ones it takes three different ones."""

    strength: Literal["suspicious", "certain"]
    words: tuple[Spelling, ...] = Field(min_length=1)
    why: str = Field(min_length=3)


class Signs(_Table):
    """What a text that solicits or reports does; regular expressions over the normal form, N stands for a number."""

    name: Word
    why: str = Field(min_length=3)
    offers: bool = False
    """Whether an advertisement cannot do without this or another such sign."""
    patterns: tuple[Expression, ...] = Field(min_length=1)


class GazetteerFile(_Table):
    """One TOML file of the gazetteer, ours or a user's: any of the tables, in any number."""

    region: tuple[Names, ...] = ()
    integration: tuple[Names, ...] = ()
    vehicle: tuple[Initiative, ...] = ()
    document: tuple[Initiative, ...] = ()
    body: tuple[Initiative, ...] = ()
    topic: tuple[Topic, ...] = ()
    cooperation: tuple[Cooperation, ...] = ()
    province: tuple[ProvincePlaces, ...] = ()
    compound: tuple[PlaceCompound, ...] = ()
    institution: tuple[Institutions, ...] = ()
    predicate: tuple[Cues, ...] = ()
    """What places do together."""
    work: tuple[Cues, ...] = ()
    """What the integration, its policies and bodies do."""
    apart: tuple[Cues, ...] = ()
    """What only sets places beside each other: opponents, figures, a journey, a career."""
    outside: tuple[Words, ...] = ()
    """Places that are not of the delta; a list that holds them is a list, not a cooperation within the delta."""
    peer: tuple[Words, ...] = ()
    """Regions that the delta is listed with (珠三角, 京津冀)."""
    together: tuple[Words, ...] = ()
    """Words that take up places named before (两地, 三省)."""
    home: tuple[Words, ...] = ()
    """Words that take up the one place that a local newsroom reports from (我市)."""
    false_friend: tuple[FalseFriends, ...] = ()
    passing: tuple[Passing, ...] = ()
    denial: tuple[Denial, ...] = ()
    routine: tuple[Routine, ...] = ()
    reject: tuple[Reject, ...] = ()
    solicitation: tuple[Signs, ...] = ()
    """What an advertisement does."""
    report: tuple[Signs, ...] = ()
    """What a report does."""
