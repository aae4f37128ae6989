"""Writing a statement as a workbook and as a document, and deadlines as a calendar."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from icalendar import Calendar, Event
from xlsxwriter import Workbook

from services.interaction.mailbox.insights.statement import HEADINGS, Cell, lines, notes, title
from shared.contracts.insights import LetterStatement, NearDeadline

WIDTH = 14
A_DAY = timedelta(days=1)


def workbook(statement: LetterStatement) -> bytes:
    """Return the statement as an Excel workbook; a text stays text, whatever it begins with."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("来信办理情况")
    sheet.set_column(0, len(HEADINGS) - 1, WIDTH)
    bold = book.add_format({"bold": True})
    sheet.write_string(0, 0, title(statement), bold)
    for place, heading in enumerate(HEADINGS):
        sheet.write_string(2, place, heading, bold)
    table = lines(statement)
    for number, line in enumerate(table, start=3):
        for place, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell)
            elif cell is not None:
                sheet.write_number(number, place, cell)
    for number, note in enumerate(notes(statement), start=len(table) + 4):
        sheet.write_string(number, 0, note)
    book.close()
    return file.getvalue()


def document(statement: LetterStatement) -> bytes:
    """Return the statement as a Word document, its table across the page."""
    paper = Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    paper.add_heading(title(statement), level=1)
    table = paper.add_table(rows=1, cols=len(HEADINGS))
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = heading
    for line in lines(statement):
        for cell, said in zip(table.add_row().cells, line, strict=True):
            cell.text = _text(said)
    for note in notes(statement):
        paper.add_paragraph(note)
    file = BytesIO()
    paper.save(file)
    return file.getvalue()


def calendar(deadlines: Sequence[NearDeadline], now: datetime) -> bytes:
    """Return deadlines as iCalendar, a day each; it tells number and kind, and no word more."""
    told = Calendar()
    told.add("prodid", "-//zhengbu//letters//ZH")
    told.add("version", "2.0")
    told.add("x-wr-calname", "来信答复期限")
    for each in deadlines:
        event = Event()
        event.add("uid", f"{each.id}@letters")
        event.add("dtstamp", now)
        event.add("dtstart", each.due_on)
        event.add("dtend", each.due_on + A_DAY)
        provisional = "（暂定）" if each.due_provisional else ""
        event.add("summary", f"{each.kind_label} {each.number} 答复到期{provisional}")
        if each.organization_name:
            event.add("description", f"承办单位：{each.organization_name}")
        told.add_component(event)
    return bytes(told.to_ical())


def _text(cell: Cell) -> str:
    return "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)
