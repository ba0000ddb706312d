# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0"]
# ///
"""Packages of the registries in, the faces of this folder out.

    python fonts/build.py                          fetch, build into fonts/
    python fonts/build.py --source DIR --out DIR   use (and keep) the packages in DIR
    python fonts/build.py --source DIR --check     build in memory, compare with SHA256SUMS

The invariant: same packages and same fontTools, same bytes. Nothing here reads the clock; the dates in a face are its source's.
Needs npm, apt-get and dpkg-deb (a Debian with the releases named in `PACKAGES`) and fontTools.
Source: SIL Open Font License 1.1; 通用规范汉字表 (2013) as Unihan's kTGH.
"""

from __future__ import annotations

import argparse
import bz2
import hashlib
import io
import re
import subprocess
import sys
import tarfile
import tempfile
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import fontTools
from fontTools import subset
from fontTools.ttLib import TTFont

FONTTOOLS = "4.68.0"  # another version may order tables or lookups otherwise, and the sums would differ
STANDARD_COUNT = 8105  # 通用规范汉字表: 3500 + 3000 + 1605


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a registry, at one version, and the file its client makes of it."""

    file: str
    fetch: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One font in a package. `sha256` pins the exact file, whatever the package around it becomes."""

    package: str
    member: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Face:
    """One file of this folder. Without a `family` the source is copied as it is, under its own name."""

    file: str
    source: Source
    licence: str
    family: str = ""
    style: str = "Regular"
    features: tuple[str, ...] = ()
    loans: Mapping[int, int] = field(default_factory=dict)
    widened: str = ""


PACKAGES = {
    "serif": Package("expo-google-fonts-noto-serif-sc-0.4.3.tgz", ("npm", "pack", "--silent", "@expo-google-fonts/noto-serif-sc@0.4.3")),
    "sans": Package("expo-google-fonts-noto-sans-sc-0.4.3.tgz", ("npm", "pack", "--silent", "@expo-google-fonts/noto-sans-sc@0.4.3")),
    "kai": Package("fonts-lxgw-wenkai_1.250+repack-1_all.deb", ("apt-get", "download", "fonts-lxgw-wenkai=1.250+repack-1")),
    "unicode": Package("unicode-data_15.0.0-1_all.deb", ("apt-get", "download", "unicode-data=15.0.0-1")),
}
UNIHAN = "./usr/share/unicode/Unihan_OtherMappings.txt.bz2"

# What Chinese setting can use. `pwid` gives the Latin forms of “ ” ‘ ’ …, which are full-width by default.
NOTO_FEATURES = (
    *("vert", "vrt2", "halt", "vhal", "palt", "vpal", "chws", "vchw", "fwid", "hwid", "pwid"),
    *("locl", "ccmp", "liga", "kern", "mark"),
)
# The kai's `liga` is damaged (ê + 箁 gives 迎), and `dlig`, `calt`, `frac` turn plain text into other text: only `vert` is kept.
KAI_FEATURES = ("vert",)
# The kai's — does not join in —— (4/1000 em of white) and has no vertical form; its ― (U+2015) has both.
KAI_LOANS = {0x2014: 0x2015}

# The kai's “ ” ‘ ’ are Latin, .35 em wide. Chinese ones are an em wide, their ink .076 em from the edge towards the words, as in the serif.
KAI_QUOTES = "“”‘’"
QUOTE_BEARING = 0.076

FACES = (
    Face(
        "serif-regular.ttf",
        Source(
            "serif",
            "package/400Regular/NotoSerifSC_400Regular.ttf",
            "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
        ),
        "OFL-NotoSerifSC.txt",
    ),
    Face(
        "serif-bold.ttf",
        Source("serif", "package/700Bold/NotoSerifSC_700Bold.ttf", "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6"),
        "OFL-NotoSerifSC.txt",
        "Kanke Serif",
        "Bold",
        NOTO_FEATURES,
    ),
    Face(
        "sans-regular.ttf",
        Source("sans", "package/400Regular/NotoSansSC_400Regular.ttf", "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16"),
        "OFL-NotoSansSC.txt",
        "Kanke Sans",
        "Regular",
        NOTO_FEATURES,
    ),
    Face(
        "sans-bold.ttf",
        Source("sans", "package/700Bold/NotoSansSC_700Bold.ttf", "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96"),
        "OFL-NotoSansSC.txt",
        "Kanke Sans",
        "Bold",
        NOTO_FEATURES,
    ),
    Face(
        "kai-regular.ttf",
        Source(
            "kai",
            "./usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
            "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
        ),
        "OFL-LXGWWenKai.txt",
        "Kanke Kai",
        "Regular",
        KAI_FEATURES,
        KAI_LOANS,
        KAI_QUOTES,
    ),
)

LICENCE_MEMBERS = {
    "OFL-NotoSerifSC.txt": ("serif", "package/LICENSE_FONT"),
    "OFL-NotoSansSC.txt": ("sans", "package/LICENSE_FONT"),
    "OFL-LXGWWenKai.txt": ("kai", "./usr/share/doc/fonts-lxgw-wenkai/copyright"),
}

# Blocks, first to last code point, that a subset keeps where its source has them.
RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x024F),  # Latin-1, Latin Extended-A and -B (ǎ ǐ ǒ ǔ ǖ ǘ ǚ ǜ ǹ of pinyin)
    (0x0250, 0x02FF),  # IPA, spacing modifiers (ɑ ɡ; ˉ ˊ ˇ ˋ)
    (0x0300, 0x036F),  # combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional (ḿ, ế)
    (0x2000, 0x206F),  # General Punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letterlike (℃ ℉ № ℡ ™)
    (0x2150, 0x218F),  # number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2300, 0x23FF),  # technical
    (0x2460, 0x24FF),  # enclosed alphanumerics
    (0x2500, 0x25FF),  # box, blocks, geometric shapes
    (0x2600, 0x27BF),  # miscellaneous symbols, dingbats (☆ ★ ❶ ✓)
    (0x2E3A, 0x2E3B),  # the two- and three-em dashes
    (0x2FF0, 0x303F),  # ideographic description, CJK symbols and punctuation
    (0x3040, 0x30FF),  # kana
    (0x3100, 0x312F),  # bopomofo
    (0x31A0, 0x31EF),  # bopomofo extended, strokes
    (0x3200, 0x33FF),  # enclosed CJK, CJK compatibility (㈠ ㊣ ㎡ ㎏)
    (0xFB00, 0xFB06),  # Latin ligatures
    (0xFE00, 0xFE0F),  # variation selectors (，︀ in the corner, ，︁ in the middle)
    (0xFE10, 0xFE1F),  # vertical forms
    (0xFE30, 0xFE6F),  # compatibility and small forms
    (0xFF01, 0xFF60),  # full-width forms
    (0xFFE0, 0xFFE6),  # full-width signs
)
NAMED = "𠮷"  # outside the lists, asked for by name: the shape of 吉 in family names; only the kai has it


class BuildError(Exception):
    """What stops a build, said so that the reader can act on it."""


# Packages


def fetch(package: Package, folder: Path) -> Path:
    """Get a package with its registry's own client, unless `folder` has it already."""
    path = folder / package.file
    if not path.exists():
        print(" ".join(package.fetch), file=sys.stderr)
        subprocess.run(package.fetch, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    if not path.exists():
        raise BuildError(f"{' '.join(package.fetch)} did not make {package.file}")
    return path


def open_archive(path: Path) -> tarfile.TarFile:
    """Open an npm package, or the file tree of a Debian one, as a tar."""
    if path.suffix != ".deb":
        return tarfile.open(path)
    tree = subprocess.run(("dpkg-deb", "--fsys-tarfile", str(path)), check=True, stdout=subprocess.PIPE).stdout
    return tarfile.open(fileobj=io.BytesIO(tree))


class Packages:
    """The packages of one folder, fetched and opened when first asked for."""

    def __init__(self, folder: Path) -> None:
        """folder: where the packages are, or will be put."""
        self.folder = folder
        self.archives: dict[str, tarfile.TarFile] = {}

    def read(self, package: str, member: str) -> bytes:
        """Give the bytes of one file of a package. Raises KeyError where the package has no such file."""
        if package not in self.archives:
            self.archives[package] = open_archive(fetch(PACKAGES[package], self.folder))
        stream = self.archives[package].extractfile(member)
        if stream is None:
            raise BuildError(f"{PACKAGES[package].file}: {member} is not a file")
        return stream.read()

    def font(self, source: Source) -> bytes:
        """Give a source font, after comparing it with its pinned sum."""
        data = self.read(source.package, source.member)
        found = hashlib.sha256(data).hexdigest()
        if found != source.sha256:
            raise BuildError(f"{source.member} is another version: expected {source.sha256}, found {found}; to move on, change the pin")
        return data


# Characters


def standard_characters(packages: Packages) -> frozenset[int]:
    """Give the code points of 通用规范汉字表. Source: UAX #38, kTGH."""
    text = bz2.decompress(packages.read("unicode", UNIHAN)).decode("utf-8")
    found = frozenset(int(code, 16) for code in re.findall(r"^U\+(\w+)\tkTGH\t", text, re.MULTILINE))
    if len(found) != STANDARD_COUNT:
        raise BuildError(f"{UNIHAN}: {len(found)} characters have kTGH, not {STANDARD_COUNT}")
    return found


@cache
def gb2312_characters() -> frozenset[int]:
    """Give the code points of GB/T 2312-1980, 682 signs and 6763 characters."""
    rows = (bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset(ord(character) for character in rows if character)


def wanted_characters(packages: Packages) -> frozenset[int]:
    """Give what a subset keeps: both lists, the blocks, and what is asked for by name."""
    blocks = (code for first, last in RANGES for code in range(first, last + 1))
    return standard_characters(packages) | gb2312_characters() | frozenset(blocks) | frozenset(map(ord, NAMED))


# Faces


def subset_options(features: tuple[str, ...]) -> subset.Options:
    """Say what a subset keeps besides its characters: outlines and features; no hints, glyph names or variation axes."""
    options = subset.Options()
    options.layout_features = list(features)
    options.layout_scripts = ["*"]
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.glyph_names = False
    options.recalc_timestamp = False
    options.harfbuzz_repacker = False  # used only where it is installed, and then the bytes differ
    options.drop_tables = [*options.drop_tables, "STAT", "gasp"]
    return options


def rename(font: TTFont, face: Face) -> None:
    """Give a modified face a name of its own, the same in every record; credit, copyright and licence stay.

    Source: OFL 1.1, condition 3: no modified version may use the reserved names (Source; 霞鹜, LXGW).
    """
    table = font["name"]
    postscript = f"{face.family.replace(' ', '')}-{face.style}"
    version = table.getDebugName(5)
    table.names = [record for record in table.names if record.platformID == 3 and record.langID == 0x409 and is_credit(record.nameID)]
    full = face.family if face.style == "Regular" else f"{face.family} {face.style}"
    for name_id, text in {1: face.family, 2: face.style, 3: f"{postscript};{version}", 4: full, 5: version, 6: postscript}.items():
        table.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].achVendID = "    "  # not the makers' work any more


def lend_glyphs(font: TTFont, loans: Mapping[int, int]) -> None:
    """Let a character use another's glyph. loans: code point to the code point that lends its glyph."""
    for table in font["cmap"].tables:
        table.cmap.update({to: table.cmap[giver] for to, giver in loans.items() if giver in table.cmap})


def widen_quotes(font: TTFont, quotes: str) -> None:
    """Give quotes an em, their ink in the half that faces the words. Source: GB/T 15834-2011 5.1.3."""
    em, glyphs, cmap = font["head"].unitsPerEm, font["glyf"], font.getBestCmap()
    bearing = round(QUOTE_BEARING * em)
    for quote in quotes:
        glyph = glyphs[cmap[ord(quote)]]
        shift = em - bearing - glyph.xMax if unicodedata.category(quote) == "Pi" else bearing - glyph.xMin
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyphs)
        font["hmtx"][cmap[ord(quote)]] = (em, glyph.xMin)


def is_credit(name_id: int) -> bool:
    """Is this name record the makers' copyright, trademark, credit, address or licence?"""
    return name_id == 0 or 7 <= name_id <= 14


def build_face(face: Face, packages: Packages) -> bytes:
    """Give the bytes of one face: its source as it is, or a renamed subset of it."""
    data = packages.font(face.source)
    if not face.family:
        return data
    options = subset_options(face.features)
    font = TTFont(io.BytesIO(data), recalcTimestamp=False, lazy=False)
    lend_glyphs(font, face.loans)
    widen_quotes(font, face.widened)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted_characters(packages))
    subsetter.subset(font)
    rename(font, face)
    stream = io.BytesIO()
    subset.save_font(font, stream, options)
    return stream.getvalue()


# Licences


def licence_text(name: str, packages: Packages) -> bytes:
    """Give a licence file: the faces it covers, the copyright that they carry, and the licence of the package."""
    package, member = LICENCE_MEMBERS[name]
    covered = [face for face in FACES if face.licence == name]
    notice = TTFont(io.BytesIO(packages.font(covered[0].source)), lazy=True)["name"].getDebugName(0)
    licence = packages.read(package, member).decode("utf-8")
    head = f"Covers: {', '.join(face.file for face in covered)}\nCopyright notice in the font: {notice.strip()}\n"
    body = debian_licence(licence) if member.endswith("/copyright") else licence
    return f"{head}\n{'-' * 60}\n\n{body.strip()}\n".replace("\r\n", "\n").encode("utf-8")


def debian_licence(text: str) -> str:
    """Take the licence of the font out of a Debian copyright file. Source: Debian copyright format 1.0."""
    copyright_holders = re.search(r"^Files: \*\nCopyright:\n(.*?)^License:.*?^Comment:\n(.*?)\n\n", text, re.MULTILINE | re.DOTALL)
    licence = re.search(r"^License: OFL-1\.1\n( -.*?)\n\n", text, re.MULTILINE | re.DOTALL)
    if copyright_holders is None or licence is None:
        raise BuildError("the Debian copyright file has no OFL-1.1 paragraph")
    head = "\n".join(textwrap.dedent(group) for group in copyright_holders.groups())
    body = "\n".join("" if line == " ." else line.removeprefix(" ") for line in licence[1].splitlines())
    return f"Copyright {head.strip()}\n\n{body}"


# Results


def build(packages: Packages) -> Iterator[tuple[str, bytes]]:
    """Give every file of this folder that is made here, as path and bytes."""
    for face in FACES:
        data = build_face(face, packages)
        report(face, data, packages)
        yield face.file, data
    for name in LICENCE_MEMBERS:
        yield f"LICENSES/{name}", licence_text(name, packages)


def report(face: Face, data: bytes, packages: Packages) -> None:
    """Say on standard error how large a face is and what it lacks."""
    font = TTFont(io.BytesIO(data), lazy=True)
    have = font.getBestCmap().keys()
    lacks = {"8105": standard_characters(packages) - have, "GB2312": gb2312_characters() - have}
    missing = "; ".join(f"lacks {len(codes)} of {name}: {''.join(map(chr, sorted(codes)))}" for name, codes in lacks.items() if codes)
    size = f"{len(data):,} bytes, {font['maxp'].numGlyphs} glyphs, {len(have)} characters"
    print(f"{face.file}: {size}; {missing or 'lacks none of 8105 and GB2312'}", file=sys.stderr)


def checksums(files: Mapping[str, bytes]) -> str:
    """Give the text of SHA256SUMS, as sha256sum writes and checks it."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))


def write(files: Mapping[str, bytes], out: Path) -> None:
    """Write the files and their sums below `out`."""
    for name, data in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (out / "SHA256SUMS").write_text(checksums(files), encoding="utf-8", newline="\n")


def run(source: Path, out: Path, *, check: bool) -> None:
    """Build; then write, or compare with what `out` records. Raises BuildError where they differ."""
    source.mkdir(parents=True, exist_ok=True)
    files = dict(build(Packages(source)))
    if not check:
        write(files, out)
    elif (out / "SHA256SUMS").read_text(encoding="utf-8") != checksums(files):
        raise BuildError(f"{out / 'SHA256SUMS'} differs from this build:\n{checksums(files)}")


def main() -> int:
    """Read the command line, build, and give the exit code."""
    parser = argparse.ArgumentParser(description="Build the faces of fonts/ from packages of npm and Debian.")
    parser.add_argument("--source", type=Path, help="folder with the packages, fetched into it where missing (default: a temporary one)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write (default: this one)")
    parser.add_argument("--check", action="store_true", help="write nothing; compare with SHA256SUMS in --out")
    options = parser.parse_args()
    if fontTools.version != FONTTOOLS:
        print(f"warning: fontTools {fontTools.version}, not {FONTTOOLS}: the bytes may differ", file=sys.stderr)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            run(options.source or Path(scratch), options.out, check=options.check)
    except (BuildError, subprocess.CalledProcessError, OSError, KeyError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
