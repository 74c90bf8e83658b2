"""How well units do their part of the work (绩效管理工作考核): counted from the records, nothing typed."""
