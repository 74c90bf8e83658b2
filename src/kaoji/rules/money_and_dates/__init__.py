"""Family KJ2, 资金与日期: do money and dates add up?"""
