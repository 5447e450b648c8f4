"""What letters ask for, as `templates/requests.yaml` lists it: on which track, on what facts, against which breach."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from generator.errors import DataError
from generator.folders import Folders
from generator.sources import read_source
from generator.validation import validate

Track = Literal["complaint", "motion", "information", "any"]
"""A complaint of what was done, a motion in the case, a request for information; `any` goes with each."""


class RequestList(BaseModel):
    """Every request a letter can make, by its id.

    `tracks` says where a body answers it; `rests_on` names facts of which at least one must be told before it is made;
    `answers` names, for a ground, the requests of which a letter that pleads it makes at least one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tracks: Mapping[str, Track]
    rests_on: Mapping[str, tuple[str, ...]] = {}
    answers: Mapping[str, tuple[str, ...]] = {}


def load_requests(folders: Folders) -> RequestList:
    """Return the list; raise `DataError` if it is missing or defective."""
    path = folders.find("templates", "requests.yaml")
    if path is None:
        raise DataError.one("file-missing", None, "templates/requests.yaml")
    read: RequestList = validate(RequestList, read_source(path, DataError), DataError)
    return read
