"""The library learns from what is on record, puts like to like, and suggests what can be measured."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaoji.library.naming import key_of
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import NotPermitted
from kaoji.subjects.declarations.actions import learn_indicators as learning
from kaoji.subjects.declarations.actions.fill_library import fill_library
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.surroundings import Surroundings, norms_for
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.library.actions.write_indicator_sheet import (
    FIELDS,
    UnableToWrite,
    write_indicator_sheet,
)
from kaoji.subjects.library.models import LibraryBacklog, LibraryEntry, Observation
from kaoji.subjects.library.queries import search, suggest
from support.people import NOON, person

pytestmark = pytest.mark.django_db


def put_on_record(text: str, user=None) -> None:
    user = user or person("填报")
    intake = import_document(text.encode(), name="x.txt", acting_user=user, now=NOON)
    numbers = range(len(intake.reading["forms"]))
    confirm_intake(intake, form_numbers=numbers, acting_user=user, now=NOON)


def form(project: str, *rows: str, year: int = 2023) -> str:
    head = f"项目: {project}\n年度: {year}\n主管部门: 乙\n实施单位: 丙\n"
    return head + "".join(f"产出指标 / 质量指标 / {row}\n" for row in rows)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("提升居民满意度", "居民满意率"),
        ("预算执行率90%以上", "预算执行率"),
        ("参训人员 出勤率", "参训人员出勤率"),
    ],
)
def test_names_that_mean_the_same_have_one_key(left: str, right: str):
    assert key_of(left) == key_of(right)


def test_the_library_learns_names_targets_and_where_they_are_used():
    put_on_record(form("甲", "路面合格率: ≥ 90 %") + "---\n" + form("戊", "路面合格度: ≥ 96 %"))

    entry = LibraryEntry.objects.get()
    assert (entry.uses, entry.measurable_uses, entry.unit) == (2, 2, "%")
    assert (entry.low, entry.high) == (90, 96)
    assert {item.declaration.project_name for item in entry.observations.all()} == {"甲", "戊"}


def test_names_that_differ_by_a_letter_are_one_entry():
    put_on_record(
        form("甲", "全体参训人员课堂出勤率: ≥ 90 %", "全体参训人员的课堂出勤率: ≥ 80 %")
    )

    assert LibraryEntry.objects.get().uses == 2


def everything():
    return LibraryEntry.objects.filter(uses__gt=0)


def unit() -> Organisation:
    """Where the forms of these tests stand."""
    return Organisation.objects.get(pk__in=Declaration.objects.values("organisation"))


def test_a_new_revision_replaces_what_was_learned_from_the_old_one():
    filer = person("填报")
    put_on_record(form("甲", "路面合格率: ≥ 90 %"), filer)
    put_on_record(form("甲", "桥梁合格率: ≥ 95 %"), filer)

    used = {entry.name: entry.uses for entry in LibraryEntry.objects.all()}
    assert used == {"路面合格率": 0, "桥梁合格率": 1}
    assert [entry.name for entry in search("合格率", among=everything())] == ["桥梁合格率"]


def test_the_sample_is_brought_along_once():
    fill_library()
    fill_library()

    assert Observation.objects.count() == 177
    assert all(item.source for item in Observation.objects.all())


def test_measurable_names_are_suggested_before_vague_ones():
    put_on_record(
        form("甲", "社区居民满意: 满意", "居民满意程度: 较高", "小区居民满意比例: ≥ 90 %")
    )

    suggested = suggest("居民满意", among=everything())

    assert suggested[0].name == "小区居民满意比例"
    assert suggested[0].is_measurable
    assert not suggested[-1].is_measurable


def test_one_character_and_nonsense_are_searched_too():
    put_on_record(form("甲", "路面合格率: ≥ 90 %"))

    assert [entry.name for entry in search("路", among=everything())] == ["路面合格率"]
    assert list(search("龘龘", among=everything())) == []
    assert len(search("", among=everything())) == 1


def test_what_is_usual_becomes_the_norm_for_checks():
    filer = person("填报")
    for number in range(12):
        put_on_record(form(f"项目{number}", f"路面合格率: ≥ {90 + number % 3} %"), filer)
    from kaoji.core import notation

    odd = notation.parse(form("新项目", "路面合格率: ≥ 30 %"))
    [norm] = norms_for(odd).values()
    assert (norm.count, norm.middle) == (12, Decimal(91))
    assert Surroundings().of(odd, unit()).siblings is not None


def test_last_years_form_stands_beside_this_years():
    put_on_record(form("甲", "合格率: ≥ 95 %", year=2022))
    from kaoji.core import notation

    context = Surroundings().of(notation.parse(form("甲", "合格率: ≥ 90 %")), unit())

    assert context.previous is not None
    assert context.previous.form.year == 2022


SHEET = dict.fromkeys(FIELDS, "甲")


def test_a_sheet_is_kept_in_versions():
    put_on_record(form("甲", "路面合格率: ≥ 90 %"))
    entry = LibraryEntry.objects.get()
    reviewer = person("主管部门审核")

    write_indicator_sheet(entry, parts=SHEET, acting_user=reviewer, now=NOON)
    write_indicator_sheet(
        entry, parts={**SHEET, "definition": "乙"}, acting_user=reviewer, now=NOON
    )

    assert [(sheet.number, sheet.definition) for sheet in entry.sheets.all()] == [
        (2, "乙"),
        (1, "甲"),
    ]


def test_a_sheet_without_a_definition_is_refused():
    put_on_record(form("甲", "路面合格率: ≥ 90 %"))

    with pytest.raises(UnableToWrite, match="请填写“定义”"):
        write_indicator_sheet(
            LibraryEntry.objects.get(), parts={**SHEET, "definition": " "},
            acting_user=person("主管部门审核"), now=NOON,
        )  # fmt: skip


def test_who_fills_in_forms_does_not_write_sheets():
    filer = person("填报")
    put_on_record(form("甲", "路面合格率: ≥ 90 %"), filer)

    with pytest.raises(NotPermitted):
        write_indicator_sheet(
            LibraryEntry.objects.get(), parts=SHEET, acting_user=filer, now=NOON
        )


def test_a_norm_counts_only_what_is_in_its_unit():
    filer = person("填报")
    for number, target in enumerate(["≥ 4 人", "≥ 5 人", "≥ 90 %", "10月底前", "很多"]):
        put_on_record(form(f"项目{number}", f"志愿者参与: {target}"), filer)

    entry = LibraryEntry.objects.get()
    assert (entry.uses, entry.measurable_uses, entry.norm_uses, entry.unit) == (5, 4, 2, "人")


def test_opposed_names_stay_two_entries():
    put_on_record(
        form("甲", "全区持卡老年人员数覆盖率: ≥ 90 %", "全区未持卡老年人员数覆盖率: ≤ 10 %")
    )

    assert LibraryEntry.objects.count() == 2


def test_who_saves_forms_waits_for_no_library_and_one_job_learns_from_all_of_them(do_jobs):
    filer = person("填报")
    for number in range(7):
        put_on_record(form(f"项目{number}", "路面合格率: ≥ 90 %"), filer)

    assert not Observation.objects.exists()
    assert do_jobs() == 1
    assert LibraryEntry.objects.get().uses == 7
    assert not LibraryBacklog.objects.exists()


def test_an_entry_is_summed_up_once_however_many_forms_use_it(do_jobs, monkeypatch):
    filer = person("填报")
    for number in range(12):
        put_on_record(form(f"项目{number}", "路面合格率: ≥ 90 %"), filer)
    summed: list[str] = []
    sum_up = learning._sum_up
    monkeypatch.setattr(
        learning, "_sum_up", lambda entry: (summed.append(entry.key), sum_up(entry))
    )

    do_jobs()

    assert len(summed) == 1


def test_a_job_that_died_goes_on_where_it_was(do_jobs, monkeypatch):
    filer = person("填报")
    put_on_record(form("甲", "路面合格率: ≥ 90 %"), filer)
    do_jobs()
    put_on_record(form("甲", "桥梁合格率: ≥ 95 %"), filer)

    def dies(entry):
        raise RuntimeError("power cut")

    with monkeypatch.context() as power:
        power.setattr(learning, "_sum_up", dies)
        with pytest.raises(RuntimeError):
            learning.follow_records()
    learning.follow_records()

    used = {entry.name: entry.uses for entry in LibraryEntry.objects.all()}
    assert used == {"路面合格率": 0, "桥梁合格率": 1}


def test_a_form_saved_twice_is_learned_once_from_its_latest_revision(do_jobs):
    filer = person("填报")
    put_on_record(form("甲", "路面合格率: ≥ 90 %"), filer)
    put_on_record(form("甲", "路面合格率: ≥ 95 %"), filer)

    do_jobs()
    learning.learn_what_waits.call()

    assert [seen.target_raw for seen in Observation.objects.all()] == ["≥ 95 %"]
    assert LibraryEntry.objects.get().uses == 1
