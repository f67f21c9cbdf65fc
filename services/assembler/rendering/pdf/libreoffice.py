"""The PDF of record: LibreOffice, warm or cold; a very long table goes in pieces."""

import logging
from collections.abc import Callable

from lxml import etree

from ooxml.package import Package, pack_part, pack_parts, packing_order, save
from ooxml.xml import serialize_xml
from ooxml.zipping import zipped
from services.assembler.rendering.pdf.condition import Condition
from services.assembler.rendering.pdf.fonts import FontFinding
from services.assembler.rendering.pdf.office import Budget, Exported, ExportOptions, Office
from services.assembler.rendering.pdf.preparing import prepared
from services.assembler.rendering.pdf.rendition import Pdf, checked_pages
from services.assembler.rendering.pdf.splitting.cutting import pages_in_pieces
from services.assembler.rendering.pdf.splitting.merging import merge
from services.assembler.rendering.pdf.splitting.pieces import LONG_ROWS, LongDocument
from services.assembler.rendering.pdf.splitting.safety import Indivisible, check_may_be_cut

logger = logging.getLogger("thidua.assembler.pdf")

# A part with fewer bytes cannot hold a long table; it need not be parsed to know.
_BYTES_OF_A_ROW = 30


class LibreOffice:
    """Converts with an office; `fonts` says what is wrong with the fonts that it uses.

    Both are asked for at first use.
    """

    def __init__(
        self,
        office: Callable[[], Office],
        timeout_seconds: float,
        fonts: Callable[[], FontFinding],
        *,
        long_rows: int = LONG_ROWS,
    ) -> None:
        self.office, self.fonts, self._long_rows = office, fonts, long_rows
        self._timeout_seconds = timeout_seconds

    def convert(self, docx: bytes, *, archival: bool = True) -> Pdf:
        """Return the PDF of this document, or raise ConversionFailed."""
        package, budget = prepared(docx), Budget(self._timeout_seconds)
        made = self._in_pieces(package, archival, budget)
        if made is None:
            made = self.office().export(save(package), ExportOptions(archival=archival), budget)
        pages = checked_pages(made.data)
        notice = self.fonts().notice
        return Pdf(made.data, pages, made.program, is_quick_view=False, notice=notice)

    def condition(self) -> Condition:
        """Return the way of the office, and what is known of the fonts."""
        return Condition(way=self.office().way, fonts=self.fonts())

    def close(self) -> None:
        """End the LibreOffice that is kept warm."""
        self.office().close()

    def _in_pieces(self, package: Package, archival: bool, budget: Budget) -> Exported | None:
        """Return the PDF of a document with a long table; None where it has to be made whole."""
        part = package.parts_of_kind("document")[0]
        if len(package.parts[part]) < self._long_rows * _BYTES_OF_A_ROW:
            return None
        document = LongDocument(package.tree(part), self._long_rows)
        table = next(document.long_tables(), None)
        if table is None:
            return None
        pieces = _Pieces(self.office(), package, part, archival, budget)
        try:
            check_may_be_cut(package, document, table)
            return Exported(merge(pages_in_pieces(document, pieces.export)), pieces.program)
        except Indivisible as exc:
            logger.warning("long table not cut", extra={"reason": str(exc)})
            return None


class _Pieces:
    """Exports pieces of one package; the parts that they share are packed once."""

    def __init__(
        self, office: Office, package: Package, part: str, archival: bool, budget: Budget
    ) -> None:
        self._office, self._part, self._budget = office, part, budget
        self._options = ExportOptions(archival=archival, marks=True)
        self._packed = pack_parts(package, [name for name in package.parts if name != part])
        self.program = ""

    def export(self, root: etree._Element) -> bytes:
        """Return the PDF of one piece, with its marks."""
        packed = {**self._packed, self._part: pack_part(self._part, serialize_xml(root))}
        piece = zipped(packed[name] for name in packing_order(packed))
        exported = self._office.export(piece, self._options, self._budget)
        self.program = exported.program
        return exported.data
