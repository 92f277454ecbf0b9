"""Does the file stand the official schema? (The schema comes with a package; it is held against every file we write.)

lxml reads it with everything from outside switched off, and only after `safe_xml` has seen that there is nothing to
switch off. One transfer at a time is looked at and forgotten.
"""

from __future__ import annotations

import functools
import importlib.util
import io
import re
from pathlib import Path

from lxml import etree

from phueng.gateways.faults import MOST_FAULTS, FileFault

_NAMESPACE = re.compile(r"\{[^}]*\}")


@functools.cache
def schema() -> etree.XMLSchema:
    """pain.001.001.09 as the standard's registrar publishes it."""
    package = importlib.util.find_spec("sepaxml")
    if package is None or package.origin is None:
        raise RuntimeError("the package that carries the schema is not installed")
    return etree.XMLSchema(file=str(Path(package.origin).parent / "schemas" / "pain.001.001.09.xsd"))


def schema_faults(content: bytes) -> tuple[FileFault, ...]:
    """Every contradiction to the schema (at most 200), with its line; empty when there is none."""
    is_whole = False
    try:
        for _, element in etree.iterparse(
            io.BytesIO(content), events=("end",), tag=("{*}CdtTrfTxInf", "{*}Document"), schema=schema(), **_CAUTIOUS
        ):
            is_whole = etree.QName(element).localname == "Document"
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        return _told(content)
    return () if is_whole else _told(content)  # a file that breaks off is not always an error to a pulling parser


_CAUTIOUS = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def _told(content: bytes) -> tuple[FileFault, ...]:
    """Once more as a whole: only then does the schema say in which line it was contradicted."""
    try:
        document = etree.fromstring(content, etree.XMLParser(**_CAUTIOUS))
    except etree.XMLSyntaxError as wrong:
        return (_fault(wrong.lineno or 0, "form", str(wrong.msg)),)
    schema().validate(document)
    return tuple(_fault(one.line, _element(one.message), one.message) for one in schema().error_log[:MOST_FAULTS]) or (
        _fault(0, "form", "it does not stand the schema"),
    )


def _fault(line: int, name: str, message: str) -> FileFault:
    plain = _NAMESPACE.sub("", message)
    return FileFault(
        line,
        1,
        1,
        name,
        "",
        "pain.001.001.09",
        f"บรรทัดที่ {line} ช่อง {name}: ไม่เป็นไปตามแบบมาตรฐาน pain.001.001.09 ({plain})",
        f"Line {line}, {name}: against the standard's schema pain.001.001.09: {plain}",
    )


def _element(message: str) -> str:
    found = re.match(r"Element '(?:\{[^}]*\})?([A-Za-z0-9]+)'", message)
    return found[1] if found else "document"
