"""Does every model say how private each column is, hold at least one promise, and have a factory?"""

import importlib
from collections.abc import Iterable
from typing import Any

import factory
import pytest
from django.db import models

from phueng.kernel.privacy import privacy
from tests.architecture.test_storeys import our_models


def privacy_faults(model: type[models.Model]) -> list[str]:
    """Columns without a privacy class, and classes without a column."""
    declared = set(getattr(model, "PRIVACY", {}))
    columns = {field.name for field in model._meta.concrete_fields}
    return sorted(
        [f"undeclared: {name}" for name in columns - declared] + [f"no such column: {n}" for n in declared - columns]
    )


def factories_of(package: str) -> set[type[models.Model]]:
    """The models that the package's factories make."""
    try:
        module = importlib.import_module(f"phueng.{package}.tests.factories")
    except ModuleNotFoundError:
        return set()
    made: Iterable[Any] = (
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, factory.django.DjangoModelFactory)
    )
    return {thing._meta.model for thing in made if thing._meta.model}


def has_promise(model: type[models.Model]) -> bool:
    """A constraint of its own, a unique column, or a one-to-one link."""
    meta = model._meta
    return bool(meta.constraints) or any(field.unique and not field.primary_key for field in meta.concrete_fields)


def model_names() -> list[Any]:
    """Parameters with readable ids."""
    return [pytest.param(model, id=model._meta.label) for model in our_models()]


@pytest.mark.parametrize("model", model_names())
def test_every_column_has_a_privacy_class(model: type[models.Model]) -> None:
    assert privacy_faults(model) == []


@pytest.mark.parametrize("model", model_names())
def test_every_model_holds_a_promise(model: type[models.Model]) -> None:
    assert has_promise(model)


@pytest.mark.parametrize("model", model_names())
def test_every_model_has_a_factory(model: type[models.Model]) -> None:
    assert model in factories_of(model._meta.app_label)


def test_privacy_check_sees_a_planted_fault() -> None:
    class Planted:
        PRIVACY = privacy(public="id gone")

        class _meta:
            concrete_fields = (models.UUIDField(name="id"), models.TextField(name="story"))

    assert privacy_faults(Planted) == ["no such column: gone", "undeclared: story"]  # type: ignore[arg-type]


def test_a_column_cannot_have_two_classes() -> None:
    with pytest.raises(ValueError, match="both"):
        privacy(public="name", personal="name")
