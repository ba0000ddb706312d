"""Word files for tests, written out part by part, so that each test shows the markup that it is about."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from converters.diagnostics import Sink
from converters.manuscript import Manuscript, Piece
from converters.readers.docx import DocxReader

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = (
    f'xmlns:w="{_MAIN}" xmlns:r="{_RELATIONSHIPS}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_PARTS = ("styles", "numbering", "footnotes", "endnotes", "comments", "header", "footer")
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:rPr><w:sz w:val="21"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    '<w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>'
)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0"
    b"\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


def word_file(body: str, media: Mapping[str, bytes] | None = None, links: Mapping[str, str] | None = None, **parts: str) -> bytes:
    """A package. body: inside w:body. media: pictures by relationship; links: addresses by relationship; parts: inside their roots."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _content_types(parts))
        package.writestr("_rels/.rels", _relations([("rId1", f"{_RELATIONSHIPS}/officeDocument", "word/document.xml", "")]))
        package.writestr("word/document.xml", f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>")
        for name, markup in parts.items():
            root = {"header": "hdr", "footer": "ftr"}.get(name, name)
            package.writestr(f"word/{name}.xml", f"<w:{root} {_NAMESPACES}>{markup}</w:{root}>")
        relations = [(f"part{name}", f"{_RELATIONSHIPS}/{name}", f"{name}.xml", "") for name in parts]
        relations += [(key, f"{_RELATIONSHIPS}/image", f"media/{key}.png", "") for key in media or {}]
        relations += [(key, f"{_RELATIONSHIPS}/hyperlink", target, ' TargetMode="External"') for key, target in (links or {}).items()]
        package.writestr("word/_rels/document.xml.rels", _relations(relations))
        for key, data in (media or {}).items():
            package.writestr(f"word/media/{key}.png", data)
    return out.getvalue()


def _content_types(parts: Mapping[str, str]) -> str:
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{name}+xml"/>' for name in parts)
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>{overrides}</Types>'
    )


def _relations(relations: list[tuple[str, str, str, str]]) -> str:
    listed = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{mode}/>' for key, kind, target, mode in relations)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph; a run given as plain words is one."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def picture(relationship: str, description: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="{description}"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{relationship}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def read(data: bytes, sink: Sink, path: str = "稿.docx") -> Manuscript:
    return DocxReader().read(data, path, sink)


def pieces(body: str, sink: Sink, **parts: str) -> tuple[Piece, ...]:
    return read(word_file(body, **parts), sink).pieces


def only(body: str, sink: Sink, **parts: str) -> Piece:
    (piece,) = pieces(body, sink, **parts)
    return piece
