"""Names of tasks and queues: the only thing a message on the broker says beside ids."""

from enum import StrEnum


class Queue(StrEnum):
    """One queue a kind of work, so that slow work never starves quick work.

    A queue belongs to one service: another's worker would throw away what it does not know.
    """

    RENDER = "render"
    PDF = "pdf"
    NOTIFY = "notify"
    RETRY = "retry"


ASSEMBLER_QUEUES = (Queue.RENDER, Queue.PDF, Queue.RETRY)
INTAKE_QUEUES = (Queue.NOTIFY,)


class Task(StrEnum):
    """Explicit task names; renaming one is a change of protocol."""

    ASSEMBLE = "assembler.assemble"
    CONVERT = "assembler.convert"
    BATCH = "assembler.batch"
    PRINT = "assembler.print"
    RECONCILE = "assembler.reconcile"
    HEARTBEAT = "assembler.heartbeat"
    PLAN_MAILS = "intake.plan-mails"
    SEND_MAILS = "intake.send-mails"
    INTAKE_HEARTBEAT = "intake.heartbeat"


ROUTES = {
    Task.ASSEMBLE: Queue.RENDER,
    Task.CONVERT: Queue.PDF,
    Task.BATCH: Queue.RENDER,
    Task.PRINT: Queue.PDF,
    Task.RECONCILE: Queue.RETRY,
    Task.HEARTBEAT: Queue.RETRY,
    Task.PLAN_MAILS: Queue.NOTIFY,
    Task.SEND_MAILS: Queue.NOTIFY,
    Task.INTAKE_HEARTBEAT: Queue.NOTIFY,
}
