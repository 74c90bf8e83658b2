"""Declarations of every shape, for laws."""

from hypothesis import strategies as st

from kaoji.core.declaration import Declaration, Funds
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.period import Years
from kaoji.core.target import Target

awkward = st.text(alphabet='产出/: "#(分)-1\n\t\\，{}|', min_size=1)
texts = st.one_of(st.text(min_size=1), awkward).map(str.strip).filter(bool)
maybe_texts = st.none() | texts
money = st.none() | st.decimals(min_value=-(10**13), max_value=10**13, places=2).map(Money)
weights = st.none() | st.decimals(min_value=-100, max_value=1000, allow_nan=False, places=2)
years = st.integers(1994, 2100)

indicators = st.builds(
    Indicator, maybe_texts, maybe_texts, maybe_texts, maybe_texts.map(Target.parse), weights
)
funds = st.builds(Funds, money, money, money, money, money, money, money)
declarations = st.builds(
    Declaration,
    project_name=maybe_texts,
    layout=maybe_texts,
    year=st.none() | years,
    project_category=maybe_texts,
    project_nature=maybe_texts,
    department=maybe_texts,
    implementing_unit=maybe_texts,
    start_date=st.none() | st.dates(),
    end_date=st.none() | st.dates(),
    funds=funds,
    goal_period=st.none() | st.builds(Years, years, years),
    overall_goal=maybe_texts,
    annual_goal=maybe_texts,
    indicators=st.lists(indicators, max_size=5).map(tuple),
    overall_indicators=st.lists(indicators, max_size=2).map(tuple),
)
