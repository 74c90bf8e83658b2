"""Real sample data: 17 forms of the Songjiang District Civil Affairs Bureau, Shanghai, 2023.

The text is what a PDF extraction gave: shifted rows, split labels, markup and all. Published
by the bureau (上海市松江区民政局2023年度财政项目支出绩效目标申报表); nothing in it was changed.
"""

from importlib import resources
from pathlib import Path

SONGJIANG_2023 = Path(str(resources.files(__package__))) / "songjiang-civil-affairs-2023.txt"

# What was invented for the demo: a way of measuring for each of the 177 indicators, with its rows.
INVENTED_2023 = SONGJIANG_2023.with_name("invented_2023.yaml")
