"""The bank's file cannot hold the line: a name too long, a sign that it does not know, an account that is none.

## Why

Whom the file cannot hold is left out of it when it is made, after everybody has approved, and waits to be sent again.
Said before, the holder's name or the account is corrected in a list while there is time.

## 为什么

盘片写不进的人，要到审批之后制盘时才被留下，等待重发。提前说出来，还来得及在名单里更正户名或账号。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.core.speech import say


@check("C31", "银行盘片写不进", effect=Effect.WARN, basis="银行文件格式")
def unfit_for_bank(beside: RunUnderCheck) -> Iterator[Hit]:
    """Say of everybody paid which bank's file cannot hold their line, and why."""
    for who in beside.paid:
        for layout, why in beside.unfit.get(who, ()):
            yield Hit(
                say(
                    "“{layout}”写不进：{why}；请在下一份名单里更正户名或账号，"
                    "再由清查人员核实新账户，否则制盘时留下、等待重发",
                    layout=layout,
                    why=why,
                ),
                who,
            )
