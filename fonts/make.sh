#!/usr/bin/env bash
# Makes every font file of this folder again, from the packages they come from.
#
#   fonts/make.sh [TARGET]
#
# TARGET is the folder to write to, by default this one. To see whether the files in the repository are what this
# script makes:  fonts/make.sh /tmp/made; diff -r fonts /tmp/made  (what is not a face, a list or a licence is only in the first)
#
# Needs Debian 12 (apt-get, dpkg-deb), npm and python3 with venv; no root. Downloads about 250 MB once, into .tools/.
# The same bytes come out of every run: versions are pinned below, the sources are compared with their checksums, and
# the time stamps inside the fonts are those of the originals.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$here}
mkdir -p "$target"
target=$(cd "$target" && pwd)
cache=$here/../.tools/fonts
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

tinos=0.4.2
symbols=0.4.1
fonttools=4.68.0

# A newer Debian has newer outlines: other bytes, other coverage. Say so instead of mixing them in silently.
sources=$(cat <<'END'
a5d4b046c127da3d7c72f98b46c41489cd29bf52abfdf18aba920903e920d4ac  fonts-noto-cjk/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc
a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481  fonts-noto-cjk/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc
197d5e1e019faca33a4d55931c7d68b8056f3b97cb862049f5cb8de9efdfb8ce  fonts-noto-cjk-extra/usr/share/fonts/opentype/noto/NotoSansCJK-Medium.ttc
d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9  texlive-lang-chinese/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf
ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827  texlive-lang-chinese/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolKai-Regular.otf
bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2  unicode-data/usr/share/unicode/Unihan_OtherMappings.txt.bz2
924ef269e73da94c1803ff68877f5d998dd16605c5ffad82ee181034f8a1fffe  tinos/package/400Regular/Tinos_400Regular.ttf
576a19b5dc026cafe6ae8fde4c849588dae6475cf5d912cebdf2827388c43ad9  tinos/package/700Bold/Tinos_700Bold.ttf
f67f40c65f929f029827ab37cfdc4897dfd9ae3c28d9e98ba46e0d52e39eb97e  symbols/package/400Regular/NotoSansSymbols2_400Regular.ttf
END
)

echo "== packages"
fetch_deb() { # fetch_deb PACKAGE FILE...: the named files of a Debian package, unpacked into $cache/PACKAGE
    local package=$1 file
    shift
    for file in "$@"; do
        [ -e "$cache/$package/$file" ] && continue
        [ -n "$(ls "$cache/$package"_*.deb 2>/dev/null)" ] || (cd "$cache" && apt-get -q download "$package")
        rm -rf "${cache:?}/$package"
        dpkg-deb -x "$cache/$package"_*.deb "$cache/$package"
        return
    done
}
noto=usr/share/fonts/opentype/noto
fandol=usr/share/texlive/texmf-dist/fonts/opentype/public/fandol
fetch_deb fonts-noto-cjk $noto/NotoSerifCJK-Bold.ttc $noto/NotoSerifCJK-Regular.ttc
fetch_deb fonts-noto-cjk-extra $noto/NotoSansCJK-Medium.ttc
fetch_deb texlive-lang-chinese $fandol/FandolFang-Regular.otf $fandol/FandolKai-Regular.otf
fetch_deb unicode-data usr/share/unicode/Unihan_OtherMappings.txt.bz2
fetch_npm() { # fetch_npm FOLDER PACKAGE: an npm package, unpacked into $cache/FOLDER
    [ -e "$cache/$1/package/package.json" ] && return
    mkdir -p "$cache/$1"
    (cd "$cache/$1" && tar xzf "$(npm pack --silent "$2")")
}
fetch_npm tinos "@expo-google-fonts/tinos@$tinos"
fetch_npm symbols "@expo-google-fonts/noto-sans-symbols-2@$symbols"
(cd "$cache" && sha256sum --check --quiet <<<"$sources") || {
    echo "fonts/make.sh: the sources are not those the fonts were made from (Debian 12); see above" >&2
    exit 1
}
python=$cache/venv/bin/python
if ! "$python" -c "import fontTools, sys; sys.exit(fontTools.version != '$fonttools')" 2>/dev/null; then
    python3 -m venv --clear "$cache/venv"
    "$cache/venv/bin/pip" install -q --disable-pip-version-check "fonttools==$fonttools"
fi

echo "== character lists"
"$python" - "$cache" "$target" <<'END'
import bz2, re, sys, unicodedata
from fontTools.ttLib import TTFont

cache, target = sys.argv[1:]

def span(first, last):
    return {chr(c) for c in range(first, last + 1)}

def double_byte(codec, rows, cells):
    found = set()
    for row in rows:
        for cell in cells:
            try:
                found.add(bytes((row, cell)).decode(codec))
            except UnicodeDecodeError:
                pass
    return found

gb2312 = double_byte("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))
# The symbol rows of GBK, which input methods offer: ㎡ ≦ ㊣ ﹙ and the like. Its further hanzi are left out.
symbols = double_byte("gbk", range(0xA1, 0xAA), [*range(0x40, 0x7F), *range(0x80, 0xFF)])

# 通用规范汉字表 (2013): the characters to which Unihan gives a place in that table.
table = set()
with bz2.open(f"{cache}/unicode-data/usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt", encoding="utf-8") as lines:
    for line in lines:
        if m := re.match(r"U\+([0-9A-F]+)\tkTGH\t", line):
            table.add(chr(int(m[1], 16)))
assert len(table) == 8105, len(table)

wanted = (
    gb2312 | symbols | table
    | span(0x20, 0x7E) | span(0xA0, 0xFF)              # Latin-1
    | span(0x2010, 0x2015) | span(0x2018, 0x201F)      # dashes, quotation marks
    | set("•‣․‥…‧‰′″‹›※‼⁇⁈⁉€℃℅ℓ№℡™Ω℮−∕√∞≈≠≤≥⊕✓✔☐☑☒★☆♀♂")
    | span(0x2150, 0x215E) | span(0x2160, 0x217B)      # fractions, Roman numerals
    | span(0x2190, 0x2199) | span(0x21D0, 0x21D4)      # arrows
    | span(0x2460, 0x24FF)                             # ① ⑴ ⒈ Ⓐ
    | span(0x25A0, 0x25CF)                             # □ ■ ○ ●
    | span(0x2776, 0x277F)                             # ❶
    | span(0x3000, 0x303F) | {"・"}                    # CJK symbols and punctuation
    | span(0x3200, 0x32FF) | span(0x3380, 0x33DF)      # ㈠ ㊀ ㎡
    | span(0xFE10, 0xFE19) | span(0xFE30, 0xFE4F)      # vertical forms
    | span(0xFF00, 0xFF5E) | span(0xFFE0, 0xFFE6)      # full-width and half-width forms
)
wanted = {c for c in wanted if unicodedata.category(c) not in ("Cn", "Co", "Cc")}

noto = set(TTFont(f"{cache}/fonts-noto-cjk/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", fontNumber=2).getBestCmap())
# What the list names, some face must draw. Of the hanzi none may be missing; of the symbols those without a glyph go.
drawn = {c for c in wanted if ord(c) in noto}
lost = wanted - drawn
assert not {c for c in lost if unicodedata.name(c).startswith("CJK UNIFIED")}, lost
print("no glyph in Noto Serif, left out:", "".join(sorted(lost)))

# Of Fandol only what it draws well: hanzi and Chinese punctuation. Its ￥ is a dollar sign, its Latin is not ours.
for name in ("Fang", "Kai"):
    held = TTFont(f"{cache}/texlive-lang-chinese/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/Fandol{name}-Regular.otf").getBestCmap()
    fandol = {c for c in (fandol if name == "Kai" else drawn) if ord(c) in held}
fandol = {c for c in fandol if unicodedata.name(c).startswith("CJK UNIFIED IDEOGRAPH")} | fandol & set("〇　、。〃々〈〉《》「」『』【】〔〕〖〗·—‘’“”…！（），．：；？［］｛｝～")

def write(name, characters):
    row, rows = "", []
    for c in sorted(characters):
        row += c
        if len(row) == 64:
            rows.append(row)
            row = ""
    rows.append(row)
    with open(f"{target}/{name}", "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(r for r in rows if r) + "\n")
    print(f"{name}: {len(characters)} characters")

write("characters.txt", drawn)
# All other hanzi of Noto Serif: names of people and places, and the traditional forms.
write("characters-wide.txt", {chr(c) for c in noto if "IDEOGRAPH-" in unicodedata.name(chr(c), "")} - drawn)
write("characters-fandol.txt", fandol)
# ☐ ☑ of forms, which Noto Serif lacks.
with open(f"{cache}/characters-symbols.txt", "w", encoding="utf-8") as file:
    file.write("☐☑☒✔✗✘")
# Tinos has the accented letters of European names that Noto lacks.
latin = span(0x20, 0x7E) | span(0xA0, 0x17F) | set("‐‑‒–—―‘’‚‛“”„•…‰′″‹›€№™−≈≠≤≥")
with open(f"{cache}/characters-tinos.txt", "w", encoding="utf-8") as file:
    file.write("".join(sorted(latin)))
END

echo "== fonts"
# No locl: it would carry in the Japanese, Korean and Traditional Chinese forms and nearly double the files.
# No hinting: it is for screens of low resolution, and PDF viewers ignore it.
trim() { # trim SOURCE INDEX CHARACTERS FILE: a face with these characters, in $work
    mkdir -p "$(dirname "$work/$4")" "$(dirname "$target/$4")"
    "$cache/venv/bin/pyftsubset" "$cache/$1" --font-number="$2" --text-file="$3" --output-file="$work/$4" \
        --layout-features=vert,vrt2,halt,vhal,palt,vpal,chws,vchw,ccmp,kern,vkrn,mark \
        --no-hinting --notdef-outline --no-recalc-timestamp --name-IDs='*' --name-languages='*' \
        --drop-tables+=DSIG,FFTM,STAT,mort
}
# A family of its own, lest a part is found where the whole face is meant.
rename=$(cat <<'END'
import sys
from fontTools.ttLib import TTFont

path, family = sys.argv[1:]
font = TTFont(path, recalcTimestamp=False)
for record in font["name"].names:
    if record.nameID in (1, 3, 4, 16):
        record.string = family
font.save(path)
END
)
work=$cache/trimmed
trim fonts-noto-cjk/$noto/NotoSerifCJK-Bold.ttc 2 "$target/characters.txt" noto/NotoSerifSC-Bold.otf
trim fonts-noto-cjk/$noto/NotoSerifCJK-Regular.ttc 2 "$target/characters.txt" noto/NotoSerifSC-Regular.otf
trim fonts-noto-cjk-extra/$noto/NotoSansCJK-Medium.ttc 2 "$target/characters.txt" noto/NotoSansSC-Medium.otf
trim texlive-lang-chinese/$fandol/FandolFang-Regular.otf 0 "$target/characters-fandol.txt" fandol/FandolFang-Regular.otf
trim texlive-lang-chinese/$fandol/FandolKai-Regular.otf 0 "$target/characters-fandol.txt" fandol/FandolKai-Regular.otf
"$python" - "$work" "$target" "$here/characters-frequent.txt" <<'END'
# In Chinese the dash and the middle dot take one character's room, and two dashes are one stroke. Noto's Chinese forms
# of them are behind locl, which is not kept, and leave a gap between two dashes. So give the two characters those forms
# directly, and let the dash reach both edges as it does in Fandol and in the usual Song faces.
import sys
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.reorderGlyphs import reorderGlyphs

work, target, frequent = sys.argv[1:]
DASH, BAR, DOT, MIDDLE_DOT = 0x2014, 0x2015, 0xB7, 0x30FB
for name in ("NotoSerifSC-Bold", "NotoSerifSC-Regular", "NotoSansSC-Medium"):
    path = f"{work}/noto/{name}.otf"
    font = TTFont(path, recalcTimestamp=False)
    glyphs, cff, em = font.getGlyphSet(), font["CFF "].cff.topDictIndex[0], font["head"].unitsPerEm
    bar = font.getBestCmap()[BAR]
    bounds = BoundsPen(glyphs)
    glyphs[bar].draw(bounds)
    _, low, _, high = bounds.bounds
    old, selector = cff.CharStrings.getItemAndSelector(bar)
    private = cff.FDArray[selector].Private
    assert glyphs[bar].width == em
    pen = T2CharStringPen(None if em == private.defaultWidthX else em - private.nominalWidthX, glyphs)
    pen.moveTo((0, low))
    pen.lineTo((em, low))
    pen.lineTo((em, high))
    pen.lineTo((0, high))
    pen.closePath()
    cff.CharStrings[bar] = pen.getCharString(private, old.globalSubrs)
    cff.CharStrings[bar].fdSelectIndex = selector
    font["hmtx"][bar] = (em, 0)
    for table in font["cmap"].tables:
        if DASH in getattr(table, "cmap", {}):
            table.cmap[DASH] = bar
            table.cmap[DOT] = table.cmap[MIDDLE_DOT]
    font.save(path)

# Outlines in TrueType's form are copied into a document as they are; those of CFF are taken apart and put together again,
# which is a quarter of the time a PDF takes. The curves differ by at most a thousandth of an em, and nothing is lost:
# there is no hinting. The files are no greater when compressed.
for name in ("noto/NotoSerifSC-Bold", "noto/NotoSerifSC-Regular", "noto/NotoSansSC-Medium", "fandol/FandolFang-Regular", "fandol/FandolKai-Regular"):
    font = TTFont(f"{work}/{name}.otf", recalcTimestamp=False)
    glyphs, order, outlines = font.getGlyphSet(), font.getGlyphOrder(), {}
    for glyph in order:
        pen = TTGlyphPen(None)
        glyphs[glyph].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 1000, reverse_direction=True))
        outlines[glyph] = pen.glyph()
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, outlines
    for glyph, outline in outlines.items():
        # A glyph is drawn where its side bearing says, which must be that of the new curves.
        outline.recalcBounds(font["glyf"])
        font["hmtx"][glyph] = (font["hmtx"][glyph][0], getattr(outline, "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion, maxp.maxZones = 0x00010000, 1
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions"):
        setattr(maxp, f"max{field}", 0)
    maxp.maxComponentElements = 0
    font["post"].formatType = 3
    font.sfntVersion = "\0\1\0\0"
    # What budgets say stands together, so that a program that maps the file brings little of it into memory.
    map = font.getBestCmap()
    first = [map[ord(c)] for c in open(frequent, encoding="utf-8").read() if ord(c) in map]
    reorderGlyphs(font, list(dict.fromkeys([order[0], *first, *order])))
    font.save(f"{target}/{name}.ttf")
END
# A face whose outlines have CFF's form, as those that an office names often have: for tests.
printf '预算收支总表合计万元一二三四五六七八九十（）、，。0123456789.abc' >"$cache/characters-cff.txt"
work=$target
trim fonts-noto-cjk-extra/$noto/NotoSansCJK-Medium.ttc 2 "$cache/characters-cff.txt" cff/NotoSansCFF.otf
"$python" - "$target/cff/NotoSansCFF.otf" "Noto Sans CFF" <<<"$rename"
# Seldom needed, so that the smaller form of outlines is left, and every other face comes first.
trim fonts-noto-cjk/$noto/NotoSerifCJK-Regular.ttc 2 "$target/characters-wide.txt" wide/NotoSerifSC-Wide.otf
"$python" - "$target/wide/NotoSerifSC-Wide.otf" "Noto Serif SC Wide" <<<"$rename"
trim symbols/package/400Regular/NotoSansSymbols2_400Regular.ttf 0 "$cache/characters-symbols.txt" symbols/NotoSansSymbols2-Regular.ttf
trim tinos/package/400Regular/Tinos_400Regular.ttf 0 "$cache/characters-tinos.txt" tinos/Tinos-Regular.ttf
trim tinos/package/700Bold/Tinos_700Bold.ttf 0 "$cache/characters-tinos.txt" tinos/Tinos-Bold.ttf

echo "== deflated glyphs"
# Of the glyphs that come first: all would be two thirds of a face once more.
"$python" "$here/deflate-glyphs.py" 1200 "$target"/{noto,fandol,tinos}/*.ttf

echo "== licences"
zcat "$cache/texlive-lang-chinese/usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz" >"$target/fandol/COPYING"
cp "$cache/tinos/package/LICENSE_FONT" "$target/tinos/OFL.txt"
# The Noto package carries the licence in Debian's form; the text is the same as Tinos's, under Noto's own notice.
{
    cat <<'END'
Copyright 2017-2022 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source' (Noto Serif CJK)
Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source' (Noto Sans CJK)
Noto is a trademark of Google Inc. Source is a trademark of Adobe in the United States and/or other countries.
END
    sed 1d "$target/tinos/OFL.txt"
} >"$target/noto/OFL.txt"
cp "$target/noto/OFL.txt" "$target/cff/OFL.txt"
cp "$target/noto/OFL.txt" "$target/wide/OFL.txt"
cp "$cache/symbols/package/LICENSE_FONT" "$target/symbols/OFL.txt"

echo "== reading back"
"$python" - "$target" <<'END'
import sys
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

target = sys.argv[1]
full, chinese = (open(f"{target}/{n}.txt", encoding="utf-8").read().replace("\n", "") for n in ("characters", "characters-fandol"))
digits = "0123456789"
for path, listed in (
    ("noto/NotoSerifSC-Bold.ttf", full), ("noto/NotoSerifSC-Regular.ttf", full), ("noto/NotoSansSC-Medium.ttf", full),
    ("fandol/FandolFang-Regular.ttf", chinese), ("fandol/FandolKai-Regular.ttf", chinese),
    ("tinos/Tinos-Regular.ttf", digits), ("tinos/Tinos-Bold.ttf", digits),
):
    font = TTFont(f"{target}/{path}")
    cmap, em, advance = font.getBestCmap(), font["head"].unitsPerEm, font["hmtx"]
    features = {r.FeatureTag for t in ("GSUB", "GPOS") if t in font and font[t].table.FeatureList for r in font[t].table.FeatureList.FeatureRecord}
    held = sum(ord(c) in cmap for c in listed)
    print(f"{path}: {len(cmap)} characters, {held} of the {len(listed)} listed, {' '.join(sorted(features))}")
    if path.startswith("tinos"):
        assert all(2 * advance[cmap[ord(c)]][0] == em for c in digits), "digits are not half an em"
    else:
        narrow = [c for c in "“”‘’…—·，。、；：？！（）《》　" if ord(c) in cmap and advance[cmap[ord(c)]][0] != em]
        assert not narrow, narrow
        assert "halt" in features
    if not path.startswith("tinos"):
        glyph, pen = cmap[ord("—")], BoundsPen(font.getGlyphSet())
        font.getGlyphSet()[glyph].draw(pen)
        assert (pen.bounds[0], pen.bounds[2]) == (0, em), "two dashes do not join"
    if path.startswith("noto"):
        assert {"palt", "vert"} <= features
        missing = [c for c in listed if ord(c) not in cmap]
        assert not missing, missing
END
