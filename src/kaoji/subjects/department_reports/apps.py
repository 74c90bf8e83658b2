"""Django's handle for department reports."""

from django.apps import AppConfig


class DepartmentReportsConfig(AppConfig):
    """Its tables are called department_reports_…"""

    name = "kaoji.subjects.department_reports"
    label = "department_reports"
    verbose_name = "部门绩效报告"
