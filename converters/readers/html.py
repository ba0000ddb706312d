"""A web page in, one piece for each line that it shows out.

Invariant: every word of the page's text is in a piece, in order; what a site puts round it is left out, counted and reported. What a page
shows is decided as in a browser, by the HTML Living Standard; no script runs and nothing is fetched.
"""

from dataclasses import replace
from typing import ClassVar
from urllib.parse import unquote

from converters.diagnostics import Sink, Span, refuse
from converters.manuscript import Manuscript


class HtmlReader:
    """.html as browsers save it, as old sites, Word, LibreOffice and pandoc write it, and our own web editions."""

    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm", ".xhtml")

    def read(self, data: bytes, path: str, sink: Sink) -> Manuscript:
        """Reports: what `read_tree` and `page_text` do. Raises: ConversionError(page-without-text), and as `page_text` does."""
        from converters.readers.hypertext import Origin, believable_language, read_tree
        from converters.readers.hypertext.charset import page_text
        from converters.readers.hypertext.editions import edition_meta
        from converters.readers.hypertext.looks import Looks
        from converters.readers.hypertext.tree import Element, parse_broken_xml, parse_html, parse_xml

        text = page_text(data, path, sink)
        says_xml = text.lstrip().startswith("<?xml") or path.lower().endswith(".xhtml")
        page = (parse_xml(text) or parse_broken_xml(text)) if says_xml else parse_html(text)
        looks = Looks()
        for element in page.elements:
            if element.name == "style":
                looks.add_sheet(element.text)
        root = page.first("html") or Element("html")
        meta = edition_meta(page)
        pieces = read_tree(page, looks, Origin(path, _picture_name), sink)
        if not pieces:
            raise refuse("page-without-text", Span(path))
        language = root.attributes.get("lang") or root.attributes.get("xml:lang", "")
        return Manuscript(path, pieces, replace(meta, language=believable_language(language, pieces)))


def _picture_name(address: str) -> str:
    """The file that a picture's address beside the page names; an address elsewhere, and a picture in the page itself, as they are."""
    from converters.readers.hypertext.pictures import leads_elsewhere

    return address if leads_elsewhere(address) else unquote(address.partition("#")[0].partition("?")[0])
