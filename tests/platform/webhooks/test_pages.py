"""The pages of webhooks: who opens them, what is shown once, what is refused, and the guide's own receiver."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import localdate

from kaoji.core.speech import restored
from kaoji.platform.accounts.actions.change_account import set_active
from kaoji.platform.events.models import Event
from kaoji.platform.guarded_post import network
from kaoji.platform.notices.models import Notice
from kaoji.platform.organisation.actions.end_appointment import end_appointment
from kaoji.platform.organisation.models import Appointment
from kaoji.platform.webhooks.models import Delivery, Receiver
from kaoji.platform.webhooks.sealed_secret import sealed_secret
from support.forging import unguarded
from support.people import NOON, person, place

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guide" / "webhooks.md"
WISH = {
    "name": "国库数据",
    "address": "https://93.184.216.34/in",
    "choice": "declaration.publish",
}


@pytest.fixture
def boss() -> User:
    return person("管理员")


@pytest.fixture
def client(boss: User) -> Client:
    made = Client()
    made.force_login(boss)
    return made


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def opened(client: Client, **more: Any) -> Any:
    return client.post("/webhooks/", {"place": place().pk, **WISH, **more}, follow=True)


def test_the_secret_is_shown_once(client: Client):
    page = text_of(opened(client))

    [secret] = re.findall(r"whsec_[A-Za-z0-9+/=]+", page)
    receiver = Receiver.objects.get()
    assert f"/webhooks/{receiver.pk}/" in text_of(client.get("/webhooks/"))
    for address in ("/webhooks/", f"/webhooks/{receiver.pk}/"):
        assert secret not in text_of(client.get(address))


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"name": " "}, "请写推送的名称"),
        ({"choice": []}, "请至少选一种"),
        ({"choice": "key.opened"}, "没有“key.opened”这种事项"),
        ({"address": "https://10.0.0.1/"}, "在本机或内部网络"),
        ({"address": "http://93.184.216.34/"}, "要用 https"),
        ({"address": "https://u:p@data.example/"}, "不带用户名和口令"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_what_was_typed_stays(
    client: Client, wish: dict[str, Any], told: str
):
    answer = opened(client, **wish)

    assert answer.status_code == 409
    assert told in text_of(answer)
    assert 'value="国库数据"' in text_of(answer) or "name" in wish
    assert not Receiver.objects.exists()


@pytest.mark.parametrize("somewhere", ["", "abc", "987654", "1.5"])
def test_a_place_that_there_is_not_is_not_found(client: Client, somewhere: str):
    assert client.post("/webhooks/", {**WISH, "place": somewhere}).status_code == 404


def test_one_system_is_told_once(client: Client):
    opened(client)

    assert "已有叫“国库数据”的推送" in text_of(opened(client))
    assert "已经送到这个地址" in text_of(opened(client, name="另一个"))


def test_who_manages_nothing_sees_nothing(boss: User, client: Client):
    opened(client)
    receiver = Receiver.objects.get()
    stranger, filer = Client(), Client()
    stranger.force_login(person("管理员", "feng", place("奉贤区财政局")))
    filer.force_login(person("填报"))

    assert "国库数据" not in text_of(stranger.get("/webhooks/"))
    assert stranger.get(f"/webhooks/{receiver.pk}/").status_code == 404
    assert stranger.post(f"/webhooks/{receiver.pk}/end/").status_code == 404
    assert stranger.post("/webhooks/", {"place": place().pk, **WISH}).status_code == 404
    assert filer.get("/webhooks/").status_code == 403


def test_what_failed_is_shown_with_its_reason_and_sent_again(client: Client):
    opened(client)
    receiver = Receiver.objects.get()
    delivery = Delivery.objects.create(
        receiver=receiver, message="msg_0001", type="declaration.publish", title="农村公路养护",
        body="{}", made_at=NOON, since=NOON, due_at=NOON, state="given_up", ended_at=NOON, tries=10,
        status=500, signs="<b>away</b>", fault={"say": "没有收下（{status}）", "with": {"status": 500}},
    )  # fmt: skip

    page = text_of(client.get(f"/webhooks/{receiver.pk}/"))
    for told in ("农村公路养护", "已放弃", "没有收下（500）", "&lt;b&gt;away"):
        assert told in page
    client.post(f"/webhooks/{receiver.pk}/deliveries/{delivery.pk}/again/")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == ("waiting", 0)
    client.post(f"/webhooks/{receiver.pk}/test/")
    client.post(f"/webhooks/{receiver.pk}/end/")
    assert "停用" in text_of(client.get(f"/webhooks/{receiver.pk}/"))
    assert client.post(f"/webhooks/{receiver.pk}/test/").status_code == 302
    told = [event.type for event in Event.objects.order_by("sequence")]
    assert told[-4:] == [
        "webhook.opened",
        "webhook.sent_again",
        "webhook.tested",
        "webhook.ended",
    ]


def test_the_pages_speak_english(client: Client):
    opened(client)
    client.post("/account/language/", {"language": "en"})

    for address in ("/webhooks/", f"/webhooks/{Receiver.objects.get().pk}/"):
        main = text_of(client.get(address)).partition("<main")[2].partition("</main>")[0]
        said = re.sub(r"松江区财政局|国库数据", "", main)
        assert not re.findall(r"[\u4e00-\u9fff]+", said), address


def test_the_receiver_of_the_guide_takes_what_is_sent_once_and_nothing_else(
    client: Client, settings, do_jobs, capsys
):
    """The very text of the guide runs here, and is sent a test over a real connection."""
    [example] = re.findall(
        r"^```python\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    known: dict[str, Any] = {"__name__": "example"}
    exec(compile(example, str(GUIDE), "exec"), known)  # noqa: S102 - our own example
    server = ThreadingHTTPServer(("127.0.0.1", 0), known["Receiver"])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.WEBHOOK_NETWORKS = [network("127.0.0.0/8")]
    opened(client, address=f"http://127.0.0.1:{server.server_port}/in")
    receiver = Receiver.objects.get()
    unguarded("webhooks_receiver")
    Receiver.objects.update(secret=sealed_secret(known["SECRET"]))

    client.post(f"/webhooks/{receiver.pk}/test/")
    do_jobs()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.status) == ("delivered", 204)
    client.post(f"/webhooks/{receiver.pk}/deliveries/{delivery.pk}/again/")
    do_jobs()
    assert capsys.readouterr().out.count("webhook.test") == 1
    Receiver.objects.update(secret=sealed_secret("whsec_" + "AAAA" * 8))
    client.post(f"/webhooks/{receiver.pk}/test/")
    do_jobs_once(do_jobs)
    assert Delivery.objects.order_by("-pk")[0].status == 401
    server.shutdown()
    server.server_close()


def do_jobs_once(do_jobs: Any) -> None:
    """What is tried again later is not waited for."""
    from django_tasks_db.models import DBTaskResult

    row = DBTaskResult.objects.filter(status="READY").first()
    assert row is not None
    row.task.call()


@pytest.mark.parametrize("wrong", ["abc", "", "1.5", "9" * 30])
def test_a_place_that_there_is_not_is_answered_as_such(client: Client, wrong: str):
    assert client.post("/webhooks/", {"place": wrong, **WISH}).status_code == 404


def test_the_secret_lies_in_no_session_as_it_is_and_stays_until_somebody_looks(client: Client):
    answer = client.post("/webhooks/", {"place": place().pk, **WISH})
    held = str(dict(client.session))

    client.head(answer["Location"])
    [secret] = re.findall(r"whsec_[A-Za-z0-9+/=]+", text_of(client.get(answer["Location"])))

    assert "whsec_" not in held
    assert secret.removeprefix("whsec_") not in held
    assert "whsec_" not in text_of(client.get(answer["Location"]))


def test_a_key_of_ones_own_lies_in_no_session_as_it_is(client: Client):
    until = localdate() + timedelta(days=30)
    client.post("/account/keys/", {"name": "平台", "until": f"{until}"})
    held = str(dict(client.session))

    client.head("/account/keys/")
    [token] = re.findall(r"kaoji_[A-Za-z0-9_-]{20,}", text_of(client.get("/account/keys/")))

    assert token not in held


def notices_of(who: User) -> list[str]:
    return [str(restored(item.sentence)) for item in Notice.objects.filter(person=who)]


def test_who_manages_the_place_too_is_told_of_a_webhook_that_another_opened(client: Client):
    other = person("管理员", "second")

    opened(client)

    assert notices_of(other) == [
        f"管理员为“{place().name}”开设了推送“国库数据”，送到 93.184.216.34"
    ]


@pytest.mark.parametrize("how", ["account", "appointment"])
def test_what_somebody_who_goes_had_opened_is_named_to_who_stays(
    client: Client, boss: User, how: str
):
    opened(client)
    other = person("管理员", "second")
    if how == "account":
        set_active(boss, active=False, acting_user=other, now=NOON)
    else:
        end_appointment(Appointment.objects.get(person=boss), acting_user=other, now=NOON)

    [told] = notices_of(other)
    assert "推送“国库数据”" in told
    assert "推送仍在送" in told
