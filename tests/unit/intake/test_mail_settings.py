import pytest
from environs import Env, EnvError

from services.intake.settings import IntakeSettings

KERNEL = {
    "THIDUA_SECRET_KEY": "s" * 40,
    "THIDUA_SERVICE_KEY": "k" * 40,
    "THIDUA_INTAKE_URL": "http://intake",
    "THIDUA_ASSEMBLER_URL": "http://assembler",
    "THIDUA_ARCHIVE_URL": "http://archive",
    "INTAKE_DATABASE_URL": "sqlite://",
    "INTAKE_FILES_DIR": "attachments",
}
MAIL = {
    "INTAKE_SMTP_URL": "smtps://user:secret@mail.anphu.gov.vn",
    "INTAKE_MAIL_FROM": "Thi đua An Phú <thidua@anphu.gov.vn>",
    "INTAKE_PUBLIC_URL": "https://thidua.anphu.gov.vn/",
}


def read(monkeypatch, **variables):
    for name, value in {**KERNEL, **variables}.items():
        monkeypatch.setenv(name, value)
    return IntakeSettings.from_env(Env())


@pytest.mark.parametrize("variables", [{}, {"INTAKE_SMTP_URL": ""}])
def test_without_a_server_no_mail_is_sent(monkeypatch, variables):
    assert read(monkeypatch, **variables).mail is None


def test_with_a_server_links_lead_to_the_public_address(monkeypatch):
    mail = read(monkeypatch, **MAIL).mail

    link = mail.route().link("/notices")
    assert link == "https://thidua.anphu.gov.vn/intake/notices"
    assert mail.server().host == "mail.anphu.gov.vn"
    assert "secret" not in repr(mail)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INTAKE_SMTP_URL", "mail.anphu.gov.vn:secret"),
        ("INTAKE_SMTP_URL", "smtp://user:secret@host:port"),
        ("INTAKE_MAIL_FROM", ""),
        ("INTAKE_MAIL_FROM", "UBND xã"),
        ("INTAKE_PUBLIC_URL", ""),
        ("INTAKE_PUBLIC_URL", "thidua.anphu.gov.vn"),
        ("INTAKE_PUBLIC_URL", "https://anphu.gov.vn/intake"),
    ],
)
def test_half_a_setting_stops_the_start_with_its_name_and_without_its_value(
    monkeypatch, name, value
):
    with pytest.raises(EnvError, match=name) as stopped:
        read(monkeypatch, **{**MAIL, name: value})

    assert "secret" not in str(stopped.value)
