"""The tracks on which bodies answer requests, as `templates/requests.yaml` sorts them."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from generator.errors import DataError
from generator.folders import Folders
from generator.sources import read_source
from generator.validation import validate

Track = Literal["complaint", "motion", "information", "any"]
"""A complaint of what was done, a motion in the case, a request for information; `any` goes with each."""


class _Requests(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    requests: dict[str, Track]


def load_tracks(folders: Folders) -> Mapping[str, Track]:
    """Return the track of every request a letter can make; raise `DataError` if the list is missing or defective."""
    path = folders.find("templates", "requests.yaml")
    if path is None:
        raise DataError.one("file-missing", None, "templates/requests.yaml")
    read: _Requests = validate(_Requests, read_source(path, DataError), DataError)
    return read.requests
