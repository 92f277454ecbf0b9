"""Does the layout say what we know of the bank's file, and is a contradictory one refused?"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from phueng.gateways.krungthai.layout import LAYOUTS, LayoutFault, layout_from, load_layout


@pytest.fixture
def written() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((LAYOUTS / "ipay-2024.yaml").read_text(encoding="utf-8"))
    return copy.deepcopy(read)


def test_both_records_fill_498_bytes() -> None:
    layout = load_layout()
    assert [sum(field.length for field in fields) for fields in (layout.header, layout.detail)] == [498, 498]
    assert (len(layout.header), len(layout.detail)) == (12, 29)


@pytest.mark.parametrize(
    ("source", "start", "length"),
    [
        ("account", 17, 11),
        ("amount_satang", 58, 17),
        ("name", 93, 100),
        ("reference", 353, 18),
        ("running_no", 393, 6),
        ("mobile", 441, 20),
    ],
)
def test_fields_stand_where_the_papers_say(source: str, start: int, length: int) -> None:
    field = load_layout().detail_field(source)
    assert field is not None
    assert (field.start, field.length) == (start, length)


def test_doubtful_fields_can_be_decided_otherwise() -> None:
    layout = load_layout(
        options={
            "mobile": "blank",
            "receiving_branch": "spaces_right",
        }
    )
    assert layout.detail_field("mobile") is None
    branch = layout.detail_field("branch")
    assert branch is not None
    assert branch.kind == "text"


@pytest.mark.parametrize("options", [{"mobile": "upside_down"}, {"nothing": "blank"}])
def test_unknown_choices_are_refused(options: dict[str, str]) -> None:
    with pytest.raises(LayoutFault):
        load_layout(options=options)


@pytest.mark.parametrize("name", ["../ipay-2024", "nothing", "/etc/passwd", ""])
def test_only_layouts_of_ours_are_loaded(name: str) -> None:
    with pytest.raises(LayoutFault):
        load_layout(name)


def test_faults_in_a_layout_are_found(written: dict[str, Any]) -> None:
    layout_from(written, {})
    spoils: tuple[Callable[[dict[str, Any]], object], ...] = (
        lambda w: w["detail"][5].update(length=10),
        lambda w: w["detail"][5].update(start=18),
        lambda w: w["header"].pop(),
        lambda w: w["detail"][5].update(source="shoe_size"),
        lambda w: w["detail"][0].update(constant="1"),
        lambda w: w.update(encoding="utf-8"),
        lambda w: w["detail"][20].update(source="name"),
        lambda w: w["detail"][3].update(constant="006"),
    )
    for spoil in spoils:
        spoilt = copy.deepcopy(written)
        spoil(spoilt)
        with pytest.raises(LayoutFault):
            layout_from(spoilt, {})
