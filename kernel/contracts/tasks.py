"""Names of tasks and queues: the only thing a message on the broker says beside ids."""

from enum import StrEnum


class Queue(StrEnum):
    """One queue a kind of work, so that slow work never starves quick work."""

    RENDER = "render"
    PDF = "pdf"
    NOTIFY = "notify"
    RETRY = "retry"


class Task(StrEnum):
    """Explicit task names; renaming one is a change of protocol."""

    ASSEMBLE = "assembler.assemble"
    CONVERT = "assembler.convert"
    BATCH = "assembler.batch"
    PRINT = "assembler.print"
    RECONCILE = "assembler.reconcile"
    HEARTBEAT = "assembler.heartbeat"


ROUTES = {
    Task.ASSEMBLE: Queue.RENDER,
    Task.CONVERT: Queue.PDF,
    Task.BATCH: Queue.RENDER,
    Task.PRINT: Queue.PDF,
    Task.RECONCILE: Queue.NOTIFY,
    Task.HEARTBEAT: Queue.NOTIFY,
}
