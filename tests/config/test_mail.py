"""One variable names the server of e-mail; one that cannot be read tells nothing of its password."""

from __future__ import annotations

import pytest

from kaoji.config.mail import Mail, UnknownMail, mail


def test_a_server_has_the_port_of_its_kind_and_a_user_may_be_an_address():
    assert mail(None) == Mail()
    assert mail("smtp://mail.example") == Mail("mail.example", 25)
    assert mail("smtps://kaoji@example.org:a%2Fb%23c@mail.example:2465") == Mail(
        "mail.example", 2465, "kaoji@example.org", "a/b#c", tls=True
    )


@pytest.mark.parametrize(
    "address",
    [
        "smtp://kaoji:geheim/1@mail.example",
        "smtp://kaoji:12/geheim@mail.example",
        "smtps://kaoji:geheim#1@mail.example",
        "smtps://kaoji:12?geheim@mail.example",
        "smtps://kaoji:geheim%@mail.example",
        "smtps://kaoji:geh[eim@mail.example",
        "kaoji:geheim@mail.example",
        "imap://kaoji:geheim@mail.example",
        "smtp://",
    ],
)
def test_what_is_refused_tells_nothing_of_the_password(address: str):
    with pytest.raises(UnknownMail) as refused:
        mail(address)

    assert "geh" not in str(refused.value)
    assert "请写 smtp://用户:口令@主机:端口" in str(refused.value)
