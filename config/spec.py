"""What may stand in config.yaml: one model a section, each key documented, unknown keys refused."""

from itertools import pairwise
from typing import Any, Literal
from zoneinfo import available_timezones

from pydantic import Field, field_validator, model_validator

from config.experiment_spec import ExperimentSpec
from config.model_spec import ModelSpec
from config.part import Part
from semantic.errors import unknown_name

FieldKind = Literal["id", "category", "place", "band", "number", "amount", "flag", "time", "probability"]


class FieldSpec(Part):
    """What a source column means and which values it may hold.

    Attributes
    ----------
    column : str
        Name in the source.
    kind : FieldKind
        How it is used; known for the product's own fields, needed for added ones.
    label, unit, description : str
        What people read.
    values : tuple of str
        Members in the order wanted. They fix the spelling, they do not exclude others.
    aliases : mapping of str to str
        Other spellings of a member, such as ``{Bengaluru: Bangalore}``.
    edges : tuple of float
        Cuts of a band or number, ascending.
    minimum, maximum, above : float or None
        Values outside are quarantined; ``above`` excludes the bound itself.
    missing : {"keep", "quarantine", "zero"}
        What becomes of an empty cell.
    after_engine : bool
        Whether it is measured after the engine acted. No part of ``repr``: no stored row depends on it.
    chosen_by_engine : bool
        Whether the engine chose it, such as the category recommended. No part of ``repr`` either.
    """

    column: str
    kind: FieldKind | None = None
    label: str = ""
    unit: str = ""
    description: str = ""
    values: tuple[str, ...] = ()
    aliases: dict[str, str] = Field(default_factory=dict)
    edges: tuple[float, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    missing: Literal["keep", "quarantine", "zero"] | None = None
    after_engine: bool | None = Field(default=None, repr=False)
    chosen_by_engine: bool | None = Field(default=None, repr=False)

    @field_validator("values", mode="before")
    @classmethod
    def _as_text(cls, value: Any) -> Any:
        return tuple(str(v) for v in value) if isinstance(value, list | tuple) else value

    @field_validator("edges")
    @classmethod
    def _ascending(cls, value: tuple[float, ...]) -> tuple[float, ...]:
        if any(a >= b for a, b in pairwise(value)):
            raise ValueError(f"edges are {list(value)}, must ascend; write them in order")
        return value


class LookupSpec(Part):
    """A table whose columns are added to each session by a key, such as a country for each user."""

    path: str
    on: str
    delimiter: str = ""
    encoding: str = "utf-8"

    @model_validator(mode="before")
    @classmethod
    def _keep_on(cls, value: Any) -> Any:
        # YAML 1.1 reads the bare word on as true, also as a key
        return {"on" if key is True else key: item for key, item in value.items()} if isinstance(value, dict) else value


class SourceSpec(Part):
    """Where sessions come from.

    Attributes
    ----------
    kind : {"synthetic", "csv", "parquet", "database"}
        What is read.
    path : str
        File of a csv or parquet source, relative to the configuration file.
    delimiter : str
        Of a csv; empty: found out.
    encoding : str
        Of a csv.
    url, table, query : str
        Of a database source: its SQLAlchemy URL and either a table or a query.
    profile, sessions, seed : str, int, int
        Of the synthetic source.
    lookups : tuple of LookupSpec
        Tables joined by a key.
    """

    kind: Literal["synthetic", "csv", "parquet", "database"] = "synthetic"
    path: str = ""
    delimiter: str = ""
    encoding: str = "utf-8"
    url: str = Field(default="", repr=False)
    table: str = ""
    query: str = ""
    profile: Literal["planted", "null", "seed"] = "planted"
    sessions: int = Field(default=200_000, ge=1)
    seed: int = Field(default=42, ge=0)
    lookups: tuple[LookupSpec, ...] = ()

    @field_validator("profile", mode="before")
    @classmethod
    def _without_quotes(cls, value: Any) -> Any:
        return "null" if value is None else value

    @model_validator(mode="after")
    def _complete(self) -> "SourceSpec":
        if self.kind in ("csv", "parquet") and not self.path:
            raise ValueError(f"kind is {self.kind} and path is empty; name the file")
        if self.kind == "database" and (not self.url or bool(self.table) == bool(self.query)):
            raise ValueError("kind is database; give url and exactly one of table and query")
        return self


class RuleSpec(Part):
    """A consistency rule: where all of ``when`` holds, all of ``then`` must hold. Keys are fields or source columns."""

    name: str
    when: dict[str, str]
    then: dict[str, str]

    @field_validator("when", "then", mode="before")
    @classmethod
    def _as_text(cls, value: Any) -> Any:
        return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else value


class CleaningSpec(Part):
    """What becomes of sessions that stand twice and of users who saw two variants.

    Attributes
    ----------
    identical : {"drop", "keep"}
        Rows equal to an earlier one. Without a session id, ``keep`` counts equal rows as separate sessions.
    conflicting : {"quarantine", "first", "last"}
        Rows with one session id and different content: refuse all, or keep one and count the others as duplicates.
    users_in_two_variants : {"keep", "exclude", "first"}
        ``exclude`` quarantines all their sessions, ``first`` those of the variant that was seen later.
    max_quarantined : float
        Share of the rows that may be quarantined; a load that exceeds it is refused.
    rules : tuple of RuleSpec
        Consistency rules.
    """

    identical: Literal["drop", "keep"] = "drop"
    conflicting: Literal["quarantine", "first", "last"] = "quarantine"
    users_in_two_variants: Literal["keep", "exclude", "first"] = "keep"
    max_quarantined: float = Field(default=0.5, ge=0, le=1)
    rules: tuple[RuleSpec, ...] = ()


class DisplaySpec(Part):
    """How numbers and days are written, and what the map draws.

    Attributes
    ----------
    currency : str
        Sign of amounts.
    currency_position : {"before", "after"}
        Where the sign stands.
    currency_decimals : {"as_needed", "none"}
        ``none`` writes whole amounts; differences keep what tells them apart.
    grouping : {"international", "indian"}
        200,000 or 2,00,000.
    numbers : {"comma_point", "point_comma", "space_comma"}
        Sign between groups and sign of decimals: 1,234.5 or 1.234,5 or 1 234,5.
    dates : {"day_month_year", "month_day_year", "slashes", "iso"}
        30 Sep 2026, or Sep 30, 2026, or 30/09/2026, or 2026-09-30.
    timezone : str
        Zone in which days begin and end.
    confidence : float
        Level of every interval.
    base_map : {"coast", "borders", "none"}
        What lies under the places. Borders are Natural Earth's, which some countries do not accept; hence coasts only.
    """

    currency: str = "₹"
    currency_position: Literal["before", "after"] = "before"
    currency_decimals: Literal["as_needed", "none"] = "as_needed"
    grouping: Literal["international", "indian"] = "international"
    numbers: Literal["comma_point", "point_comma", "space_comma"] = "comma_point"
    dates: Literal["day_month_year", "month_day_year", "slashes", "iso"] = "day_month_year"
    timezone: str = "UTC"
    confidence: float = Field(default=0.95, gt=0.5, lt=1)
    base_map: Literal["coast", "borders", "none"] = "coast"

    @field_validator("timezone")
    @classmethod
    def _exists(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(
                unknown_name("time zone", value, ["UTC", "Asia/Kolkata", "Europe/Berlin", "America/New_York"])
            )
        return value


class FileSpec(Part):
    """The whole file."""

    title: str = "Recommender Conversion"
    database: str = "sqlite:///data/recommender.db"
    source: SourceSpec = SourceSpec()
    fields: dict[str, FieldSpec]
    control: str = ""
    cleaning: CleaningSpec = CleaningSpec()
    display: DisplaySpec = DisplaySpec()
    model: ModelSpec = ModelSpec()
    experiment: ExperimentSpec = ExperimentSpec()
    cube_memory_mb: float = Field(default=160, gt=0)

    @field_validator("fields", mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {str(k): {"column": v} if isinstance(v, str) else v for k, v in value.items()}
