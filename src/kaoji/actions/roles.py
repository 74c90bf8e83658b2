"""The roles that an account can have, as groups that the admin offers."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission

from kaoji.actions.permission import (
    MAY_FILE,
    MAY_IMPORT,
    MAY_REVIEW_FOR_DEPARTMENT,
    MAY_REVIEW_FOR_FINANCE,
    MAY_VIEW,
    MAY_WAIVE,
    MAY_WRITE_SHEETS,
)

ADMINISTRATOR = "管理员"

# What each role may do; an administrator may do everything and needs no group.
ROLES: dict[str, tuple[str, ...]] = {
    "填报人": (MAY_VIEW, MAY_IMPORT, MAY_FILE),
    "审核人": (MAY_VIEW, MAY_WAIVE, MAY_WRITE_SHEETS, MAY_REVIEW_FOR_DEPARTMENT),
    "财政审核人": (MAY_VIEW, MAY_WAIVE, MAY_WRITE_SHEETS, MAY_REVIEW_FOR_FINANCE),
}


def ensure_roles() -> None:
    """Make the groups of all roles, with just their permissions. Safe to call again."""
    for role, names in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        codes = [name.partition(".")[2] for name in names]
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="records", codename__in=codes)
        )
