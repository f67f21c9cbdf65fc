"""A real server takes, refuses and mistrusts; each is told apart by what follows from it."""

from datetime import UTC, datetime
from urllib.parse import quote
from uuid import uuid4

import pytest

from services.intake.domain.mails import Mail
from services.intake.gateways.mail import NotNow, Refused, ServerAway, SmtpMailer, SmtpServer
from tests.support.mail_server import (
    PASSWORD,
    USER,
    a_mail_server,
    a_smtps_server,
    a_starttls_server,
    an_authority,
    free_port,
)

SENDER = "Thi đua An Phú <thidua@anphu.gov.vn>"
WHO = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@"


def a_mail(**changes):
    facts = {
        "id": uuid4(),
        "address": "ngan@anphu.gov.vn",
        "subject": "[UBND xã An Phú] Nhắc nộp báo cáo: Tổng kết năm 2023",
        "body": "Kính gửi ông/bà Ngân,\n\n.\n..Dòng bắt đầu bằng dấu chấm\n\nTrân trọng.",
        "attempts": 1,
        "holder": "h",
        "created_at": datetime(2023, 12, 10, tzinfo=UTC),
    }
    return Mail(**{**facts, **changes})


def mailer(url, tls=None):
    return SmtpMailer(SmtpServer.from_url(url), sender=SENDER, tls=tls)


def send(url, *mails, tls=None):
    with mailer(url, tls).opened() as line:
        for mail in mails:
            line.send(mail)


@pytest.fixture
def server():
    with a_mail_server() as running:
        yield running


@pytest.fixture(scope="module")
def authority():
    return an_authority()


def test_a_mail_arrives_letter_by_letter(server):
    mail = a_mail()

    send(server.url(), mail)

    (message,) = server.postbox.received
    assert server.postbox.recipients == [mail.address]
    assert message["Subject"] == mail.subject
    assert message.get_content().splitlines() == mail.body.splitlines()
    assert message["From"].addresses[0].addr_spec == "thidua@anphu.gov.vn"


def test_several_mails_go_over_one_connection(server):
    send(server.url(), a_mail(), a_mail(address="ba@anphu.gov.vn"))

    assert server.postbox.recipients == ["ngan@anphu.gov.vn", "ba@anphu.gov.vn"]


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [("550 no such user", Refused), ("451 try later", NotNow), ("452 box is full", NotNow)],
)
def test_an_answer_about_a_recipient_concerns_his_mail_alone(server, answer, verdict):
    server.postbox.refusals["nobody@anphu.gov.vn"] = answer

    with mailer(server.url()).opened() as line:
        with pytest.raises(verdict, match=answer[:3]):
            line.send(a_mail(address="nobody@anphu.gov.vn"))
        line.send(a_mail())

    assert len(server.postbox.received) == 1


@pytest.mark.parametrize(("answer", "verdict"), [("554 spam", Refused), ("451 busy", NotNow)])
def test_an_answer_about_a_message_concerns_it_alone(server, answer, verdict):
    server.postbox.troubles.append(answer)

    with mailer(server.url()).opened() as line:
        with pytest.raises(verdict, match=answer[:3]):
            line.send(a_mail())
        line.send(a_mail())

    assert len(server.postbox.received) == 1


@pytest.mark.parametrize("address", ["đ@xã.vn", "a@b.vn\nBcc: c@d.vn", "Tên <a@b.vn>", "a,b@c.vn"])
def test_an_address_that_no_server_understands_is_refused_before_it_is_asked(server, address):
    with mailer(server.url()).opened() as line:
        with pytest.raises(Refused, match="không đúng dạng"):
            line.send(a_mail(address=address))
        line.send(a_mail())

    assert server.postbox.recipients == ["ngan@anphu.gov.vn"]


def test_a_server_that_is_not_there_is_away():
    with pytest.raises(ServerAway, match="Không kết nối được máy chủ thư"):
        send(f"smtp://127.0.0.1:{free_port()}", a_mail())


def test_a_server_that_says_goodbye_is_away(server):
    server.postbox.troubles.append("421 closing")

    with mailer(server.url()).opened() as line, pytest.raises((ServerAway, NotNow), match="421"):
        line.send(a_mail())

    assert server.postbox.received == []


def test_a_server_may_want_encryption_and_a_password(authority):
    of_server, of_client = authority
    with a_starttls_server(of_server) as server:
        send(server.url("smtp+starttls", WHO), a_mail(), tls=of_client)

        assert len(server.postbox.received) == 1


def test_a_password_goes_encrypted_even_if_the_setting_forgot_it(authority):
    of_server, of_client = authority
    with a_starttls_server(of_server) as server:
        send(server.url("smtp", WHO), a_mail(), tls=of_client)

        assert len(server.postbox.received) == 1


def test_a_server_may_encrypt_from_the_first_byte(authority):
    of_server, of_client = authority
    with a_smtps_server(of_server) as server:
        send(server.url("smtps"), a_mail(), tls=of_client)

        assert len(server.postbox.received) == 1


def test_a_server_that_cannot_prove_who_it_is_gets_no_password(authority):
    of_server, _ = authority
    with a_starttls_server(of_server) as server:
        with pytest.raises(ServerAway, match=r"(?i)certificate"):
            send(server.url("smtp+starttls", WHO), a_mail())

        assert server.postbox.received == []


def test_a_server_without_encryption_gets_no_password(server):
    with pytest.raises(ServerAway, match="STARTTLS"):
        send(server.url("smtp", WHO), a_mail())

    assert server.postbox.received == []


def test_a_wrong_password_is_the_servers_matter_not_the_mails(authority):
    of_server, of_client = authority
    with (
        a_starttls_server(of_server) as server,
        pytest.raises(ServerAway, match="535") as refused,
    ):
        send(server.url("smtp+starttls", f"{quote(USER)}:wrong-secret@"), a_mail(), tls=of_client)

    assert "wrong-secret" not in str(refused.value)
