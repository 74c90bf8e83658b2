"""Family KJ4, 指标设置: is the set of indicators few and telling?"""
