"""Which columns may be seen by whom: public, personal or sensitive (PDPA B.E. 2562, sections 24 and 26)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class PrivacyClass(StrEnum):
    """How carefully a column is kept."""

    PUBLIC = "public"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


def privacy(*, public: str = "", personal: str = "", sensitive: str = "") -> Mapping[str, PrivacyClass]:
    """Map every column name of a model to its class.

    Each argument is a space separated list of column names. Raises ValueError when a name stands twice,
    since a column with two classes has none.
    """
    classes: dict[str, PrivacyClass] = {}
    for kind, names in (
        (PrivacyClass.PUBLIC, public),
        (PrivacyClass.PERSONAL, personal),
        (PrivacyClass.SENSITIVE, sensitive),
    ):
        for name in names.split():
            if name in classes:
                raise ValueError(f"column {name} is declared both {classes[name]} and {kind}")
            classes[name] = kind
    return MappingProxyType(classes)
