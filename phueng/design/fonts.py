"""Where does the looped Thai typeface come from, and how does it get small enough for a phone?

Sarabun (SIL Open Font License 1.1) comes as 90 kB TTF files in the package fontpkg-sarabun. Pages get
woff2 subsets, Thai and Latin apart so that a browser fetches only what it shows; letters embed the full
TTF files.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

import fontpkg_sarabun  # type: ignore[import-untyped]

# Body and emphasis. More weights would cost a phone 20 kB each and add no meaning.
WEIGHTS = {400: "Sarabun-Regular.ttf", 600: "Sarabun-SemiBold.ttf"}
SUBSETS: dict[str, tuple[range, ...]] = {
    # The joiners travel with Thai: word-break hints stand between Thai letters.
    "thai": (range(0x0E01, 0x0E5C), range(0x200B, 0x200E)),
    "latin": (
        range(0x20, 0x7F),
        range(0xA0, 0x100),
        range(0x2010, 0x2028),
        range(0x2030, 0x203B),
        range(0x20AC, 0x20AD),
    ),
}


def letter_font_directory() -> Path:
    """The folder of full TTF files, for letters."""
    return Path(fontpkg_sarabun.ROOT) / "files"


def letter_font_url() -> str:
    """The same folder as a file URL, to be given to the letter templates as `font_dir`."""
    return letter_font_directory().as_uri()


def build_fonts(target_dir: Path) -> list[Path]:
    """Write the woff2 subsets and the licence into `target_dir`; what is there is kept. Returns all files."""
    target_dir.mkdir(parents=True, exist_ok=True)
    written = []
    for weight, source in WEIGHTS.items():
        for subset, ranges in SUBSETS.items():
            target = target_dir / f"sarabun-{weight}-{subset}.woff2"
            if not target.exists():
                _write_subset(letter_font_directory() / source, target, ranges)
            written.append(target)
    licence = target_dir / "sarabun-licence.txt"
    if not licence.exists():
        shutil.copyfile(Path(fontpkg_sarabun.ROOT) / "LICENSE", licence)
    return [*written, licence]


def _write_subset(source: Path, target: Path, ranges: Iterable[range]) -> None:
    # Imported here because web processes must not carry a font compiler in memory.
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["*"]
    options.name_IDs = [0, 1, 2, 13, 14]
    options.hinting = False
    options.notdef_outline = True
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[point for points in ranges for point in points])
    subsetter.subset(font)
    # Written beside and renamed, so that a set-up that was killed leaves no half file that looks finished.
    unfinished = target.with_suffix(".part")
    subset.save_font(font, str(unfinished), options)
    font.close()
    unfinished.replace(target)
