"""Django's handle for department expenditure."""

from django.apps import AppConfig


class DepartmentExpenditureConfig(AppConfig):
    """Its tables are called department_expenditure_…"""

    name = "kaoji.subjects.department_expenditure"
    label = "department_expenditure"
    verbose_name = "部门整体支出"
