"""Family KJ3, 指标值: can the targets be measured?"""
