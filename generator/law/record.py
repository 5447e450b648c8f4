"""What every entry of a pack has in common."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

Grade = Literal["text", "secondary", "lead"]
"""How well a rule is known: its own words were seen; a trustworthy source describes it; nobody has verified it."""

Texts = Annotated[tuple[str, ...], BeforeValidator(lambda v: v if isinstance(v, list) else [v] if v else [])]


class Record(BaseModel):
    """An entry of a pack file."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Sourced(Record):
    """An entry that says where it was read and how well it is known; one without a grade is a lead."""

    grade: Grade = "lead"
    source: str = ""
    note: str = ""
