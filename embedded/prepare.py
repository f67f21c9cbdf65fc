"""Bring a data directory to the state in which the stack can run; run as a process of its own.

It runs in the environment of the services (`python -m embedded.prepare`), so that it reads their
settings exactly as they do.
"""

import contextlib
import json
import logging
import secrets
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

from environs import Env

from embedded.sample import Sample, SampleAccount
from embedded.settings import write_private
from embedded.stack import ACCOUNTS_FILE
from kernel import logging as kernel_logging
from kernel.auth.principal import Role
from kernel.clock import hanoi_today
from kernel.contracts.identity import office_id_for
from kernel.errors import Conflict
from kernel.migrations import upgrade
from services.archive import app as archive
from services.archive.persistence import MIGRATIONS as ARCHIVE_MIGRATIONS
from services.archive.settings import ArchiveSettings
from services.archive.use_cases import registers
from services.assembler.persistence import MIGRATIONS as ASSEMBLER_MIGRATIONS
from services.assembler.settings import AssemblerSettings
from services.intake import app as intake
from services.intake.persistence import MIGRATIONS as INTAKE_MIGRATIONS
from services.intake.settings import IntakeSettings
from services.intake.use_cases import founding, loading
from services.intake.use_cases.deps import Deps

logger = logging.getLogger("thidua.prepare")


def migrate() -> None:
    """Bring the three databases to their newest form."""
    env = Env()
    upgrade(IntakeSettings.from_env(env).database_url, INTAKE_MIGRATIONS)
    upgrade(AssemblerSettings.from_env(env).database_url, ASSEMBLER_MIGRATIONS)
    upgrade(ArchiveSettings.from_env(env).database_url, ARCHIVE_MIGRATIONS)


def load_sample(accounts_file: Path) -> None:
    """Load the sample commune once; its accounts get fresh passwords, noted in `accounts_file`."""
    if accounts_file.exists():
        return
    sample = Sample.load()
    intake_deps = intake.production_deps(IntakeSettings.from_env(Env()))
    loading.load_office_file(sample.commune, deps=intake_deps, due_on=_due_on())
    archive_deps = archive.production_deps(ArchiveSettings.from_env(Env()))
    registers.load_registers_file(sample.commune, deps=archive_deps)
    begun = accounts_file.with_suffix(".begun")
    was_interrupted = begun.exists()
    passwords = _passwords(sample, begun)

    def open_account(account: SampleAccount) -> None:
        # Those that an interrupted start opened have the password that it noted.
        with contextlib.suppress(*([Conflict] if was_interrupted else [])):
            _open_account(account, passwords[account.login], deps=intake_deps)

    # A password's hash takes its time on purpose; threads take it on all cores.
    with ThreadPoolExecutor() as pool:
        list(pool.map(open_account, sample.accounts()))
    begun.replace(accounts_file)
    logger.info("sample loaded", extra={"accounts": len(passwords)})


def _passwords(sample: Sample, begun: Path) -> dict[str, str]:
    """Return the passwords by sign-in name, noted in `begun` before the first one is used."""
    if not begun.exists():
        noted = [
            {"login": it.login, "password": secrets.token_urlsafe(9), "role": it.role}
            for it in sample.accounts()
        ]
        unfinished = begun.with_suffix(".part")
        write_private(unfinished, json.dumps(noted, ensure_ascii=False, indent=1))
        unfinished.replace(begun)
    return {it["login"]: it["password"] for it in json.loads(begun.read_text("utf-8"))}


def _open_account(account: SampleAccount, password: str, *, deps: Deps) -> None:
    founding.create_account(
        founding.NewAccount(
            login_name=account.login,
            display_name=account.name,
            password=password,
            role=Role(account.role),
            office_id=office_id_for(account.office),
            unit_code=account.unit or "",
        ),
        deps=deps,
    )


def _due_on() -> date:
    """Return the sample period's deadline; the commune published none."""
    return hanoi_today() + timedelta(days=14)


def main() -> None:
    """Migrate, then load the sample into the directory named as the only argument."""
    kernel_logging.configure("WARNING")
    migrate()
    load_sample(Path(sys.argv[1]) / ACCOUNTS_FILE)


if __name__ == "__main__":
    main()
