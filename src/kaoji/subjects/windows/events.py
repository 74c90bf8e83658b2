"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.windows.models import Extension, Window

STORIES = {
    "window.set": "设定{place} {year} 年{stage}期限 {opens_on} 至 {closes_on}",
    "window.extended": "准予“{place}”延至 {until}：{reason}",
}
AUDITED = {
    "windows": Told(Window),
    "extensions": Told(Extension),
}
