"""A LibreOffice that stays running between exports: one for each process that owns it."""

import logging
import threading
from pathlib import Path

from services.assembler.rendering.pdf.condition import Way
from services.assembler.rendering.pdf.office import (
    Budget,
    Exported,
    ExportOptions,
    Office,
    stopped_midway,
)
from services.assembler.rendering.pdf.processes import TimedOut
from services.assembler.rendering.pdf.recycling import USUAL_RECYCLING, Recycling
from services.assembler.rendering.pdf.rendition import ConversionFailed
from services.assembler.rendering.pdf.slot import (
    NotExported,
    Programs,
    Slot,
    SlotDied,
    remove_abandoned,
)

logger = logging.getLogger("thidua.assembler.pdf")


class _NeverStarted(Exception):
    """Not one soffice could be started with a bridge."""


class WarmOffice:
    """Keeps one soffice; whoever comes meanwhile waits, on no one's budget.

    A soffice that hung, crashed or refused a document is never used again. Where none can be
    started so at all, `otherwise` is used.
    """

    start_seconds = 20.0

    def __init__(
        self,
        programs: Programs,
        work_dir: Path,
        *,
        otherwise: Office,
        recycling: Recycling = USUAL_RECYCLING,
    ) -> None:
        self._programs, self._work_dir, self._recycling = programs, work_dir, recycling
        self._otherwise = otherwise
        self._has_started = self._has_given_up = False
        self._one_at_a_time = threading.Lock()
        self.slot: Slot | None = None

    @property
    def way(self) -> Way:
        """Return "warm", as far as is known by now."""
        return self._otherwise.way if self._has_given_up else Way.WARM

    def export(self, source: bytes, options: ExportOptions, budget: Budget) -> Exported:
        """Return the PDF of this document, or raise ConversionFailed."""
        if not self._has_given_up:
            try:
                return self._export_warm(source, options, budget)
            except _NeverStarted as exc:
                self._has_given_up = True
                logger.warning("soffice cannot be kept warm here", extra={"reason": str(exc)})
        return self._otherwise.export(source, options, budget)

    def _export_warm(self, source: bytes, options: ExportOptions, budget: Budget) -> Exported:
        with self._one_at_a_time:
            try:
                return self._export(source, options, budget)
            except SlotDied:
                logger.warning("soffice died, trying once more")
            try:
                return self._export(source, options, budget)
            except SlotDied as exc:
                raise stopped_midway() from exc

    def close(self) -> None:
        """End the soffice, if there is one."""
        with self._one_at_a_time:
            self._drop()

    def _export(self, source: bytes, options: ExportOptions, budget: Budget) -> Exported:
        try:
            slot = self._ready_slot()
            with budget.running():
                data = slot.export(source, options, budget.left)
        except TimedOut as exc:
            self._drop()
            raise budget.exceeded() from exc
        except NotExported as exc:
            self._drop()
            logger.warning("soffice refused a document", extra={"reason": str(exc)})
            raise ConversionFailed("LibreOffice không chuyển được văn bản này sang PDF.") from exc
        except BaseException:  # the soft time limit of the worker too: what soffice does is unknown
            self._drop()
            raise
        exported = Exported(data, slot.program)
        self._recycle_if_due(slot)
        return exported

    def _ready_slot(self) -> Slot:
        if self.slot is None:
            remove_abandoned(self._work_dir)
            self.slot = Slot(self._programs, self._work_dir)
        try:
            self.slot.wait_until_ready(self.start_seconds)
        except (TimedOut, SlotDied) as exc:
            if not self._has_started:
                raise _NeverStarted(str(exc)) from exc
            if isinstance(exc, SlotDied):
                raise
            raise ConversionFailed(
                f"LibreOffice không khởi động xong trong {self.start_seconds:g} giây."
            ) from exc
        self._has_started = True
        return self.slot

    def _recycle_if_due(self, slot: Slot) -> None:
        memory = slot.memory_mib()
        if slot.exports < self._recycling.after_exports and memory < self._recycling.memory_mib:
            return
        logger.info("soffice recycled", extra={"exports": slot.exports, "mib": round(memory)})
        self._drop()
        try:
            self.slot = Slot(self._programs, self._work_dir)  # gets ready while nobody waits
        except OSError as exc:  # a full disk, say: the PDF is made, the next one will tell
            logger.warning("no fresh soffice yet", extra={"reason": str(exc)})

    def _drop(self) -> None:
        if self.slot is not None:
            self.slot.kill()
            self.slot = None
