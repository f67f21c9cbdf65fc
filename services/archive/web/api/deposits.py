"""Drafts that the assembler hands over."""

from kernel.api import ApiBlueprint
from kernel.auth.access import access
from kernel.auth.principal import Service, current_office_id
from kernel.contracts.deposits import DepositReceipt, DepositReceiptSchema, DepositSchema
from services.archive.use_cases.depositing import DepositDraft, deposit_draft
from services.archive.web.api.multipart import load_metadata
from services.archive.web.request import deps, required_file

bp = ApiBlueprint("deposits_api", __name__, description="Nhận bản thảo từ dịch vụ soạn thảo.")


@bp.put("/deposits/<key>")
@bp.response(200, DepositReceiptSchema)
@bp.alt_response(409, description="Khóa đã dùng cho tệp khác, hoặc văn bản đã ban hành.")
@access(services=(Service.ASSEMBLER,))
def put_deposit(key: str) -> DepositReceipt:
    """Keep a draft; the same key with the same bytes gives the same receipt."""
    command = DepositDraft(key=key, deposit=load_metadata(DepositSchema()), data=required_file())
    return deposit_draft(command, office_id=current_office_id(), deps=deps())
