"""The source beside the form: pictures of pages with boxes, and archives of documents."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kaoji.documents.reading import Reading
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.pdf import render_pdf
from kaoji.subjects.intake.models import Intake
from support.pages import unbroken
from support.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def filer() -> Client:
    client = Client()
    client.force_login(person("填报"))
    return client


def upload(client: Client, content: bytes, name: str):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("upload"), {"document": file}, follow=True)


def test_a_pdf_is_shown_as_pages_with_a_box_around_each_value(
    filer: Client, songjiang: Reading
):
    pdf = render_pdf([item.form for item in songjiang.forms[:2]])
    upload(filer, pdf, "表.pdf")
    intake = Intake.objects.get()

    page = filer.get(reverse("intake-form", args=[intake.pk, 2])).content.decode()
    picture = filer.get(reverse("intake-page", args=[intake.pk, 2]))

    assert reverse("intake-page", args=[intake.pk, 2]) in page
    assert reverse("intake-page", args=[intake.pk, 1]) not in page
    assert len(re.findall(r'<rect id="at-2-', page)) > 20
    assert picture.content.startswith(b"\x89PNG")
    assert "no-store" in picture.headers["Cache-Control"]
    assert filer.get(reverse("intake-page", args=[intake.pk, 9])).status_code == 404


def test_nobody_else_sees_the_pages(filer: Client, songjiang: Reading):
    upload(filer, render_pdf([songjiang.forms[0].form]), "表.pdf")
    other = Client()
    other.force_login(person("填报", "bie"))

    address = reverse("intake-page", args=[Intake.objects.get().pk, 1])

    assert other.get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_an_archive_opens_an_import_for_each_document_and_names_the_others(
    filer: Client, songjiang: Reading
):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("甲.docx", render_docx([songjiang.forms[0].form]))
        archive.writestr("乙.docx", render_docx([songjiang.forms[1].form]))
        archive.writestr("空.txt", "没有表")

    page = upload(filer, buffer.getvalue(), "全部.zip").content.decode()

    assert sorted(item.document.name for item in Intake.objects.all()) == ["乙.docx", "甲.docx"]
    assert "读入 2 份文件" in page
    assert "空.txt：“空.txt”中没有找到申报表" in page


def test_an_archive_without_any_form_is_refused(filer: Client):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("空.txt", "没有表")

    page = upload(filer, buffer.getvalue(), "全部.zip")

    assert page.status_code == 422
    assert "没有能读出申报表的文件" in page.content.decode()


TEXT = """项目支出绩效目标申报表
(2023年度)
项目名称\t河道清淤
主管部门\t水务局\t实施单位\t河道所
绩效目标\t清淤河道八公里。
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t清淤长度\t≥8公里
\t\t\t验收合格率\t≥95%
\t满意度指标\t服务对象满意度指标\t沿河居民满意度\t≥90 95%
"""


def test_a_text_is_shown_with_its_values_marked_and_the_doubted_ones_apart(filer: Client):
    upload(filer, TEXT.encode(), "表.txt")
    intake = Intake.objects.get()

    page = unbroken(filer.get(reverse("intake-form", args=[intake.pk, 1])).content.decode())

    assert '<mark class="read">河道清淤</mark>' in page
    assert '<mark class="read">清淤长度</mark>' in page
    assert "一级指标</mark>" not in page
    assert '<mark class="doubted">≥90 95%</mark>' in page
    assert '<mark class="read">≥95%</mark>' in page


def test_a_word_document_is_shown_with_its_values_marked(filer: Client, songjiang: Reading):
    upload(filer, render_docx([songjiang.forms[0].form]), "表.docx")
    intake = Intake.objects.get()

    page = unbroken(filer.get(reverse("intake-form", args=[intake.pk, 1])).content.decode())

    assert '<mark class="read">残疾人福利</mark>' in page
    assert '<mark class="read">=5个</mark>' in page
