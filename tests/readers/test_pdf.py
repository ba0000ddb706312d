"""What the PDF reader sees on pages that we draw ourselves, glyph by glyph where it matters."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from converters.diagnostics import ConversionError, Sink
from converters.document import Footnote, NoteReference, Paragraph, Ruby, Strong, Text, plain_text
from converters.manuscript import Manuscript, Piece
from converters.readers.pdf import PdfReader
from tests.conftest import expect
from tests.outside import PROJECT

SERIF, SANS_BOLD = "TestSerif", "TestSans-Bold"
HEIGHT = A4[1]
SIZE, LEADING = 10.0, 16.0
WORDS = "乡村的早晨从一声鸡鸣开始炊烟升起来田埂上已经有人走动孩子们背着书包往学校去大家都忙着自己手里的活"
"""Han that follow one another; a line of n characters is taken from it."""


@pytest.fixture(scope="session", autouse=True)
def faces() -> None:
    pdfmetrics.registerFont(TTFont(SERIF, PROJECT / "fonts" / "serif-regular.ttf"))
    pdfmetrics.registerFont(TTFont(SANS_BOLD, PROJECT / "fonts" / "sans-bold.ttf"))


def drawn(*pages: Callable[[Canvas], None]) -> bytes:
    """A PDF whose pages are drawn by these, with the serif face chosen."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in pages:
        canvas.setFont(SERIF, SIZE)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def put(canvas: Canvas, x: float, y: float, text: str, size: float = SIZE, face: str = SERIF) -> None:
    """Text with its baseline `y` pt below the top of the page."""
    canvas.setFont(face, size)
    canvas.drawString(x, HEIGHT - y, text)


def column(canvas: Canvas, x: float, y: float, lines: list[str], size: float = SIZE) -> float:
    """Lines one below the other; a first ideographic space is an indent. Gives the y of the next line."""
    for line in lines:
        indent = len(line) - len(line.lstrip("　"))
        put(canvas, x + indent * size, y, line.lstrip("　"), size)
        y += LEADING
    return y


def paragraph(number: int, width: int = 20) -> list[str]:
    """Three lines of a paragraph: indented, full, and short with its full stop. The number makes it unlike the others."""
    turned = (WORDS[number:] + WORDS) * 2
    return ["　　" + turned[: width - 2], turned[width - 2 : 2 * width - 2], turned[:7] + "。"]


def read(data: bytes, sink: Sink | None = None) -> Manuscript:
    return PdfReader().read(data, "a.pdf", sink or Sink())


def texts(data: bytes) -> list[str]:
    return [piece.text for piece in read(data).pieces]


def only(data: bytes) -> Piece:
    (piece,) = read(data).pieces
    return piece


def refused(data: bytes) -> str:
    with pytest.raises(ConversionError) as caught:
        read(data)
    (found,) = caught.value.diagnostics
    return found.code


# ------------------------------------------------------------------------------------------------------------- evidence


def test_a_line_is_measured_by_its_column_and_its_own_size() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 190, 60, "一个标题", 20, SANS_BOLD)
        y = column(canvas, 80, 100, paragraph(0, 30) + paragraph(1, 30))
        put(canvas, 80, y + LEADING, "隔了一行")

    title, first, second, third, *_, last = read(drawn(page, page)).pieces[:8]
    seen = title.evidence
    assert (seen.size, seen.x, seen.y, seen.width, seen.bold, seen.centred) == (20, 190, 60, 4, True, True)
    assert [(line.evidence.indent, line.evidence.width) for line in (first, second, third)] == [(2, 28), (0, 30), (0, 8)]
    assert [line.evidence.blank_before for line in (first, second, third, last)] == [1, 0, 0, 1]
    assert not (first.evidence.centred or first.evidence.bold)
    assert [piece.span.line for piece in (title, first, second, third)] == [1, 2, 3, 4]


def test_only_the_first_line_of_a_page_says_that_one_begins() -> None:
    pieces = read(drawn(*[lambda canvas: column(canvas, 80, 100, paragraph(0))] * 2)).pieces
    assert [piece.evidence.page_before for piece in pieces] == [False, False, False, True, False, False]


def test_bold_words_in_a_line_are_strong() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 80, 100, "主持人：", SIZE, SANS_BOLD)
        put(canvas, 120, 100, "欢迎大家来到这里")
        column(canvas, 80, 116, paragraph(0))

    piece = read(drawn(page)).pieces[0]
    assert piece.inlines == (Strong((Text("主持人："),)), Text("欢迎大家来到这里"))
    assert not piece.evidence.bold


def test_where_all_of_it_is_bold_nothing_is() -> None:
    piece = only(drawn(lambda canvas: put(canvas, 80, 100, "全文都是黑体", SIZE, SANS_BOLD)))
    assert piece.inlines == (Text("全文都是黑体"),)
    assert not piece.evidence.bold


# -------------------------------------------------------------------------------------------------------- reading order


def two_columns(canvas: Canvas) -> None:
    put(canvas, 270, 40, "基层之声", 8)
    put(canvas, 180, 80, "跨过两栏的大标题在这里", 20, SANS_BOLD)
    for x, first in ((60, 0), (310, 4)):
        y = 120.0
        for number in range(4):
            y = column(canvas, x, y, paragraph(first + number))
    put(canvas, 290, 800, "— 1 —", 8)


def test_columns_are_read_one_after_the_other_below_what_stands_over_both() -> None:
    left, right = ([line.lstrip("　") for number in numbers for line in paragraph(number)] for numbers in (range(4), range(4, 8)))
    assert texts(drawn(two_columns)) == ["基层之声", "跨过两栏的大标题在这里", *left, *right, "— 1 —"]


def test_text_that_goes_on_in_the_next_column_is_not_set_off() -> None:
    pieces = read(drawn(two_columns)).pieces
    assert pieces[14].text == paragraph(4)[0].lstrip("　")
    assert (pieces[14].evidence.blank_before, pieces[14].evidence.indent) == (0, 2)
    assert pieces[1].evidence.centred


def test_two_lines_side_by_side_are_columns_where_earlier_pages_have_them() -> None:
    def last(canvas: Canvas) -> None:
        put(canvas, 60, 120, "左栏只剩下这一行，右栏也是")
        put(canvas, 310, 120, "如此，全文到这里为止。")

    alone, after = texts(drawn(last)), texts(drawn(two_columns, two_columns, last))
    assert len(alone) == 1
    assert after[-2:] == ["左栏只剩下这一行，右栏也是", "如此，全文到这里为止。"]


def test_a_newspaper_page_is_read_article_by_article() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 240, 70, "第一条新闻", 18, SANS_BOLD)
        for place, x in enumerate((40, 225, 410)):
            column(canvas, x, 100, [line for number in range(3) for line in paragraph(3 * place + number, 16)])
        put(canvas, 60, 300, "第二条新闻", 18, SANS_BOLD)
        for place, x in enumerate((40, 315)):
            column(canvas, x, 330, [line for number in range(3) for line in paragraph(10 + 3 * place + number, 24)])

    lines = texts(drawn(page))
    first = [line.lstrip("　") for number in range(9) for line in paragraph(number, 16)]
    second = [line.lstrip("　") for number in range(10, 16) for line in paragraph(number, 24)]
    assert lines == ["第一条新闻", *first, "第二条新闻", *second]


def test_the_cells_of_a_row_stay_together() -> None:
    rows = ["姓名 单位 职务", "王小明 基层办 主任", "李四 宣传部 科长", "张三 文化站 站长"]

    def page(canvas: Canvas) -> None:
        for row, cells in enumerate(
            [("姓名", "单位", "职务"), ("王小明", "基层办", "主任"), ("李四", "宣传部", "科长"), ("张三", "文化站", "站长")]
        ):
            for place, cell in enumerate(cells):
                put(canvas, 80 + 120 * place, 100 + LEADING * row, cell)

    assert texts(drawn(page)) == rows


def test_a_page_on_its_side_is_read_as_it_stands() -> None:
    upright = drawn(two_columns)
    with pikepdf.open(BytesIO(upright)) as document:
        for page in document.pages:
            page.contents_add(b"0 1 -1 0 842 0 cm", prepend=True)
            page.MediaBox = [0, 0, 842, 595]
        out = BytesIO()
        document.save(out)
    assert texts(out.getvalue()) == texts(upright)


def test_vertical_lines_are_read_from_the_right() -> None:
    def page(canvas: Canvas) -> None:
        for order, line in enumerate(["春眠不觉晓处处闻啼鸟夜来风雨声", "花落知多少白日依山尽黄河入海流"]):
            for place, character in enumerate(line):
                put(canvas, 400 - 20 * order, 100 + 12 * place, character, 12)

    assert texts(drawn(page)) == ["春眠不觉晓处处闻啼鸟夜来风雨声", "花落知多少白日依山尽黄河入海流"]


def test_what_runs_up_the_margin_comes_last() -> None:
    def page(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(30, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "边上的字")
        canvas.restoreState()
        column(canvas, 80, 100, paragraph(0))

    assert texts(drawn(page)) == [*(line.lstrip("　") for line in paragraph(0)), "边上的字"]


# ---------------------------------------------------------------------------------------------------------------- words


def spaced(canvas: Canvas, text: str, extra: float) -> None:
    """A line whose characters are `extra` em further apart, as a justified one's."""
    x = 80.0
    for character in text:
        put(canvas, x, 100, character)
        x += pdfmetrics.stringWidth(character, SERIF, SIZE) + extra * SIZE


def test_a_justified_line_of_han_has_no_spaces() -> None:
    assert only(drawn(lambda canvas: spaced(canvas, "两端对齐的一行，字距被拉开了。", 0.3))).text == "两端对齐的一行，字距被拉开了。"


def test_a_gap_between_latin_words_is_a_space() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 80, 100, "用")
        put(canvas, 92, 100, "Open")
        put(canvas, 92 + pdfmetrics.stringWidth("Open", SERIF, SIZE) + 2.5, 100, "Source")

    assert only(drawn(page)).text == "用Open Source"


def test_a_gap_divides_a_title() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 80, 100, "立足乡村振兴")
        put(canvas, 80 + 6.5 * SIZE, 100, "强化使命担当")

    assert only(drawn(page)).text == "立足乡村振兴 强化使命担当"


def test_words_that_lines_divide_are_whole_again() -> None:
    english = ["The communities understand infra-", "structure, and self-organised infra-", "structures are self-", "organised too."]
    assert texts(drawn(lambda canvas: column(canvas, 80, 100, english))) == [
        "The communities understand infrastructure,",
        "and self-organised infrastructures",
        "are self-",
        "organised too.",
    ]


def test_what_is_printed_over_itself_is_there_once() -> None:
    def page(canvas: Canvas) -> None:
        for place, character in enumerate("叠印成粗体"):
            put(canvas, 80 + SIZE * place, 100, character)
            put(canvas, 80.4 + SIZE * place, 100, character)
        column(canvas, 80, 116, paragraph(0))

    assert read(drawn(page)).pieces[0].text == "叠印成粗体"


def test_a_layer_of_recognised_text_is_text(sink: Sink) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 0, 0, *A4)
        layer = canvas.beginText(80, HEIGHT - 100)
        layer.setTextRenderMode(3)
        layer.textOut("识别出来的文字")
        canvas.drawText(layer)

    assert [piece.text for piece in read(drawn(page), sink).pieces] == ["识别出来的文字"]


def test_compatibility_characters_pass_through() -> None:
    assert only(drawn(lambda canvas: put(canvas, 80, 100, "人口"))).text == "人口"


def picture() -> ImageReader:
    return ImageReader(Image.new("L", (40, 60), 200))


# --------------------------------------------------------------------------------------------------- small characters


def noted(canvas: Canvas) -> None:
    """A page whose last sentence goes on overleaf, with a note and a folio below it."""
    y = column(canvas, 80, 100, paragraph(0, 30))
    put(canvas, 80 + 8 * SIZE, y - LEADING + SIZE * -0.35, "1", 6)
    column(canvas, 80, y, ["　　" + WORDS[:28], WORDS[:30]])
    column(canvas, 80, 700, ["1 这是注文，写得长一些，可以占去", "两行的位置。"], 8)
    put(canvas, 300, 800, "1", 8)


def overleaf(canvas: Canvas) -> None:
    y = column(canvas, 80, 100, ["接着上一页的句子。"])
    for number in range(3):
        y = column(canvas, 80, y, paragraph(number, 30))
    put(canvas, 300, 800, "2", 8)


def test_a_note_is_called_where_its_sign_stands_and_divides_no_sentence() -> None:
    pieces = read(drawn(noted, overleaf)).pieces
    (number,) = [number for number, piece in enumerate(pieces) if piece.block]
    assert pieces[number].block == Footnote("1", (Paragraph((Text("这是注文，写得长一些，可以占去两行的位置。"),)),))
    caller = next(piece for piece in pieces if any(isinstance(inline, NoteReference) for inline in piece.inlines))
    assert caller.inlines == (Text(paragraph(0)[2]), NoteReference("1"))
    assert pieces[number - 1] is caller
    assert pieces[number + 1].text == WORDS[:28]


def test_a_raised_digit_without_a_note_and_a_lowered_one_stay_in_the_words() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 80, 100, "面积")
        put(canvas, 100, 100, "20m")
        put(canvas, 100 + pdfmetrics.stringWidth("20m", SERIF, SIZE), 96.5, "2", 6)
        put(canvas, 130, 100, "水是H")
        put(canvas, 130 + pdfmetrics.stringWidth("水是H", SERIF, SIZE), 102, "2", 6)
        put(canvas, 134 + pdfmetrics.stringWidth("水是H", SERIF, SIZE), 100, "O")
        column(canvas, 80, 116, paragraph(0))

    assert read(drawn(page)).pieces[0].text == "面积20m2水是H2O"


def test_small_lines_that_nothing_calls_stay_lines() -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, 80, 100, paragraph(0, 30))
        column(canvas, 80, 700, ["1 没有人提到的注"], 8)

    assert texts(drawn(page))[-1] == "1 没有人提到的注"


def test_a_reading_belongs_to_the_words_below_it() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 80, 100, "他在旬阳县工作")
        put(canvas, 101, 91, "xún", 4.5)
        put(canvas, 111, 91, "yáng", 4.5)
        column(canvas, 80, 116, paragraph(0))

    inlines = read(drawn(page)).pieces[0].inlines
    assert plain_text(inlines) == "他在旬阳县工作"
    assert [(inline.base, inline.reading) for inline in inlines if isinstance(inline, Ruby)] == [("旬", "xún"), ("阳", "yáng")]


def test_a_reading_without_words_stands_alone_and_is_reported(sink: Sink) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 80, 100, "他在")
        put(canvas, 150, 100, "工作的地方")
        put(canvas, 118, 91, "xún", 4.5)
        column(canvas, 80, 116, paragraph(0))

    assert "xún" in [piece.text for piece in read(drawn(page), sink).pieces]
    expect(sink, "pdf-readings-unsure")


# -------------------------------------------------------------------------------------------------- what cannot be read


def test_a_scan_is_refused_with_what_to_do() -> None:
    assert refused(drawn(lambda canvas: canvas.drawImage(picture(), 0, 0, *A4))) == "pdf-scanned"


def test_pages_without_text_and_pictures_are_named(sink: Sink) -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, 80, 100, paragraph(0))
        canvas.drawImage(picture(), 100, 300, 200, 200)

    read(drawn(page, lambda canvas: canvas.drawImage(picture(), 0, 0, *A4), page), sink)
    found = {diagnostic.code: dict(diagnostic.values) for diagnostic in sink}
    assert found == {"pdf-pages-without-text": {"pages": "2"}, "pdf-pictures-left": {"count": "2", "pages": "1、3"}}
    sink.diagnostics.clear()


def without_unicode(data: bytes, face: str) -> bytes:
    """The PDF without the map to Unicode of the faces that have this in their names."""
    with pikepdf.open(BytesIO(data)) as document:
        for font in document.objects:
            if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font and face in str(font.get("/BaseFont")):
                font.Encoding = pikepdf.Dictionary(
                    Type=pikepdf.Name.Encoding, Differences=[0, *[pikepdf.Name(f"/g{n}") for n in range(256)]]
                )
                del font["/ToUnicode"]
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def lettered(canvas: Canvas) -> None:
    column(canvas, 80, 100, paragraph(0))
    put(canvas, 80, 148, "有字", SIZE, SANS_BOLD)


def test_glyphs_that_stand_for_no_character_are_kept_and_reported(sink: Sink) -> None:
    last = read(without_unicode(drawn(lettered), "Sans"), sink).pieces[-1]
    assert last.text == "\ufffd\ufffd"
    assert dict(sink.diagnostics[0].values) == {"count": "2", "pages": "1"}
    expect(sink, "pdf-characters-unknown")


def test_a_file_of_glyphs_that_stand_for_no_character_is_refused() -> None:
    assert refused(without_unicode(drawn(lettered), "Serif")) == "pdf-characters-lost"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty-file"), (b"hello", "pdf-unrecognised"), (b"%PDF-1.7\nhello", "pdf-damaged")],
)
def test_what_is_no_pdf_is_refused(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_file_cut_off_is_refused() -> None:
    data = drawn(two_columns)
    assert refused(data[: len(data) // 3]) == "pdf-damaged"


@pytest.mark.parametrize(("user", "code"), [("secret", "pdf-encrypted"), ("", "")])
def test_a_password_to_open_is_asked_for_and_one_to_edit_is_not(user: str, code: str) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(drawn(two_columns))) as document:
        document.save(out, encryption=pikepdf.Encryption(user=user, owner="owner"))
    if code:
        assert refused(out.getvalue()) == code
    else:
        assert texts(out.getvalue()) == texts(drawn(two_columns))


def test_the_same_bytes_give_the_same_manuscript_twice() -> None:
    data = drawn(two_columns, noted, overleaf)
    assert read(data) == read(data)
