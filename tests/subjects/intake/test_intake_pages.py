"""The pages on which a document is handed in, settled and saved."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kaoji.samples import SONGJIANG_2023
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.models import Intake
from support.pages import unbroken
from support.people import person

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def upload(client: Client, content: bytes, name: str = "copy.txt"):
    return client.post("/intake/", {"document": SimpleUploadedFile(name, content)})


def opened(client: Client, content: bytes, name: str = "copy.txt") -> str:
    """Hand a document in; the address of the import that it became."""
    return client.get(upload(client, content, name).headers["Location"]).headers["Location"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空"),
        (b"\xff\xd8\xff\xe0", "图片不完整"),
        ("没有表".encode(), "没有找到申报表"),
        (bytes(range(256)) * 20, "文件不是文本"),
    ],
)
def test_a_bad_upload_is_refused_on_the_same_page(clerk: Client, content: bytes, sentence: str):
    intakes = Intake.objects.count()

    response = upload(clerk, content)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Intake.objects.count() == intakes


def test_an_upload_without_a_file_asks_for_one(clerk: Client):
    assert "请选择一个文件" in text_of(clerk.post("/intake/"))


def test_upload_settle_and_save(clerk: Client):
    content = SONGJIANG_2023.read_bytes().replace("=5个".encode(), "=6个".encode())
    address = opened(clerk, content)
    overview = text_of(clerk.get(address))
    assert "有改动，存为新版" in overview
    assert overview.count("相同，不必保存") == 16

    page = clerk.get(f"{address}forms/2/")
    assert "第 44 行" in text_of(page)
    settled = clerk.post(
        f"{address}forms/2/settle/",
        {"field": "indicators[5].level2", "value": "时效指标", "change": "1"},
    )
    assert settled.status_code == 302
    assert "tian 于" in text_of(clerk.get(f"{address}forms/2/"))

    clerk.post(f"{address}confirm/", {"form": ["0", "1"]})
    changed = Declaration.objects.filter(revision_count=2).values_list(
        "project_name", flat=True
    )
    assert set(changed) == {"残疾人福利", "辅助业务管理与支持"}


def test_an_older_revision_can_still_be_seen(clerk: Client):
    content = SONGJIANG_2023.read_bytes().replace("=5个".encode(), "=6个".encode())
    address = opened(clerk, content)
    clerk.post(f"{address}confirm/", {"form": ["0"]})
    first = Declaration.objects.get(project_name="残疾人福利")

    assert "=6个" in text_of(clerk.get(f"/declarations/{first.pk}/"))
    assert "=5个" in text_of(clerk.get(f"/declarations/{first.pk}/?revision=1"))
    assert clerk.get(f"/declarations/{first.pk}/?revision=9").status_code == 404


def test_a_refused_step_says_why_and_changes_nothing(clerk: Client):
    address = opened(clerk, SONGJIANG_2023.read_bytes())

    response = clerk.post(f"{address}confirm/", {}, follow=True)
    assert "请至少选择一份表" in text_of(response)
    response = clerk.post(
        f"{address}forms/2/settle/", {"field": "year", "value": "x"}, follow=True
    )
    assert "没有待确认的存疑" in text_of(response)
    assert clerk.get(f"{address}forms/99/").status_code == 404
    clerk.post(f"{address}discard/")
    assert "这次导入已结束" in text_of(clerk.get(address))


def test_a_form_with_unreadable_money_does_not_stop_the_others(clerk: Client):
    content = SONGJIANG_2023.read_bytes().replace(
        "年度资金申请总额\t150,000".encode(), "年度资金申请总额\t十五万".encode()
    )
    address = opened(clerk, content)

    assert "残疾人福利" in text_of(clerk.get(address))


def test_a_refusal_is_visible_with_htmx_too(clerk: Client):
    content = SONGJIANG_2023.read_bytes().replace(
        "项目资金总额\t150,000".encode(), "项目资金总额\t十五万".encode()
    )
    address = opened(clerk, content)

    answer = clerk.post(
        f"{address}forms/1/settle/",
        {"field": "funds.total", "value": "许多", "change": "1"},
        headers={"HX-Request": "true"},
    )

    assert "“许多”不是金额" in text_of(answer)


def test_nobody_sees_the_imports_of_others(clerk: Client):
    address = opened(clerk, SONGJIANG_2023.read_bytes())
    stranger = Client()
    stranger.force_login(person("填报", "stranger"))

    for path in (address, f"{address}forms/1/"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"{address}confirm/", {"form": "0"}).status_code == 404
    assert "copy.txt" not in text_of(stranger.get("/intake/"))


def test_places_after_a_page_break_point_at_the_same_lines(clerk: Client):
    content = (
        SONGJIANG_2023.read_text("utf-8").replace("\n\n财政项目", "\n\f\n财政项目").encode()
    )
    address = opened(clerk, content)

    page = unbroken(clerk.get(f"{address}forms/9/").content.decode())

    marked = re.findall(r'id="line-\d+" class="doubted">.*?</tr>', page)
    assert len(marked) == 1
    assert "在春节前走访完成" in marked[0]


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_an_office_document_can_be_imported_beside_its_rows(clerk: Client, form: str):
    care = Declaration.objects.get(project_name="社会救助")
    document = clerk.get(f"/declarations/{care.pk}/download.{form}").content

    address = opened(clerk, document, f"a.{form}")

    assert "相同，不必保存" in text_of(clerk.get(address))
    page = text_of(clerk.get(f"{address}forms/1/"))
    assert 'id="row-' in page
    assert "在春节前走访完成" in page
