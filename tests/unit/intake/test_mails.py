from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.mails import MAX_ATTEMPTS, Mail, is_address, next_try, one_line
from services.intake.gateways.mail import SmtpServer, address_of, message_of

NOW = datetime(2023, 12, 10, 2, 30, tzinfo=UTC)
SENDER = "Thi đua An Phú <thidua@anphu.gov.vn>"


def a_mail(**changes):
    facts = {
        "id": UUID(int=7),
        "address": "ngan@anphu.gov.vn",
        "subject": "[UBND xã An Phú] Báo cáo bị trả lại để sửa",
        "body": "Kính gửi ông/bà Ngân,\n\nThiếu số liệu quý IV.\n\n-- \nUBND xã An Phú",
        "attempts": 1,
        "holder": "h",
        "created_at": NOW,
    }
    return Mail(**{**facts, **changes})


def received(mail, sender=SENDER):
    return message_from_bytes(message_of(mail, sender=sender).as_bytes(), policy=default)


def test_a_mail_arrives_as_it_was_written():
    mail = a_mail()

    message = received(mail)

    assert message["Subject"] == mail.subject
    assert message["To"] == mail.address
    assert message["From"].addresses[0].display_name == "Thi đua An Phú"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert message.get_content().splitlines() == mail.body.splitlines()


def test_what_travels_is_ascii_in_short_lines():
    data = message_of(a_mail(body="Đ" * 5000), sender=SENDER).as_bytes()

    assert data.isascii()
    assert b"=0D" not in data
    assert max(map(len, data.split(b"\n"))) <= 78


def test_the_same_mail_has_the_same_message_id_at_every_attempt():
    first, again = received(a_mail()), received(a_mail(attempts=5, holder="x"))

    assert first["Message-ID"] == again["Message-ID"] == f"<{UUID(int=7)}@anphu.gov.vn>"
    assert first["Date"] == again["Date"]


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=250))
def test_every_subject_arrives_as_one_line(subject):
    message = received(a_mail(subject=subject))

    assert (message["Subject"] or "") == one_line(subject)
    assert len(message.keys()) == 10


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_no_subject_becomes_a_header_of_its_own(end):
    mail = a_mail(subject=f"Nhắc{end}Bcc: everybody@example.org{end}{end}Xin chào")

    message = received(mail)

    assert message["Bcc"] is None
    assert message["Subject"] == "Nhắc Bcc: everybody@example.org Xin chào"
    assert message.get_content().splitlines() == mail.body.splitlines()


def test_a_long_subject_is_cut_to_what_a_list_of_mails_shows():
    assert len(one_line("a" * 500)) == 200


@pytest.mark.parametrize(
    "address", ["a@b.vn", "nguyen.van.a+xa@ubnd.anphu.gov.vn", "o'brien@x.org", "root@localhost"]
)
def test_plain_addresses_are_taken(address):
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "a", "@b.vn", "a@", "a b@c.vn", "a@b..vn", ".a@b.vn", "a@-b.vn", "a@b.vn\n"),
        *("Tên <a@b.vn>", "a@b.vn, c@d.vn", "a@b.vn\r\nBcc: c@d.vn", "đ@b.vn", "a@xã.vn"),
        *(f"{'a' * 65}@b.vn", f"a@{'b' * 64}.vn", f"a@{'.'.join(['b' * 60] * 5)}.vn", '"a"@b.vn'),
    ],
)
def test_what_is_no_plain_address_is_refused(address):
    assert not is_address(address)


def test_delays_between_attempts_grow_to_about_a_day_and_end():
    waits, at = [], NOW
    for attempt in range(1, MAX_ATTEMPTS):
        again = next_try(attempt, at)
        waits.append(again - at)
        at = again

    assert waits == sorted(waits)
    assert timedelta(hours=20) < at - NOW < timedelta(hours=26)
    assert next_try(MAX_ATTEMPTS, at) is None


@pytest.mark.parametrize(
    ("url", "scheme", "host", "port", "user", "password"),
    [
        ("smtp://relay", "smtp", "relay", 25, "", ""),
        ("smtp://127.0.0.1:1025/", "smtp", "127.0.0.1", 1025, "", ""),
        ("smtps://a%40b.vn:p%2Fw%3Ad@mail.b.vn", "smtps", "mail.b.vn", 465, "a@b.vn", "p/w:d"),
        ("smtp+starttls://u:p@mail.b.vn", "smtp+starttls", "mail.b.vn", 587, "u", "p"),
    ],
)
def test_the_address_of_a_server_is_read(url, scheme, host, port, user, password):
    server = SmtpServer.from_url(url)

    assert (server.scheme, server.host, server.port) == (scheme, host, port)
    assert (server.user, server.password) == (user, password)
    assert "password" not in repr(server)


def test_a_password_is_never_sent_in_the_clear():
    assert SmtpServer.from_url("smtp://user:secret@mail.b.vn:587").scheme == "smtp+starttls"


@pytest.mark.parametrize("url", ["mail.b.vn", "http://b.vn", "smtp://", "smtp://b:x", "smtp://b/c"])
def test_what_is_no_address_of_a_server_is_refused(url):
    with pytest.raises(ValueError, match=r"."):
        SmtpServer.from_url(url)


@pytest.mark.parametrize("sender", ["", "Tên", "a b@c", "Tên <a@b.vn>\nBcc: c@d.vn", "<>"])
def test_a_sender_must_be_an_address(sender):
    with pytest.raises(ValueError, match=r"must be an address"):
        address_of(sender)
