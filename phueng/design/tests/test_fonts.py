"""Are the fonts complete, small and made only once?"""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from phueng.design.fonts import build_fonts, letter_font_directory, letter_font_url

SMALL_BYTES = 14_000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return build_fonts(tmp_path_factory.mktemp("fonts"))


def test_thai_and_latin_are_all_there(built: list[Path]) -> None:
    for path in built:
        if path.suffix != ".woff2":
            continue
        assert path.stat().st_size < SMALL_BYTES
        letters = set(TTFont(path).getBestCmap())
        if "thai" in path.name:
            assert set(map(ord, "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ่้๊๋์ํ็ัิีึืุูะาำเแโใไๆฯ๐๑๒๓๔๕๖๗๘๙฿")) <= letters
        else:
            assert set(map(ord, "ABCxyz0123456789.,:;–—“”•…")) <= letters


def test_numbers_stand_under_each_other(built: list[Path]) -> None:
    for path in built:
        if "latin" in path.name:
            font = TTFont(path)
            assert len({font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_building_again_touches_nothing(built: list[Path]) -> None:
    before = [path.stat().st_mtime_ns for path in built]
    assert build_fonts(built[0].parent) == built
    assert [path.stat().st_mtime_ns for path in built] == before
    assert not list(built[0].parent.glob("*.part"))


def test_letters_find_full_fonts() -> None:
    for name in ("Regular", "SemiBold", "Bold"):
        assert (letter_font_directory() / f"Sarabun-{name}.ttf").is_file()
    assert letter_font_url().startswith("file:///")
