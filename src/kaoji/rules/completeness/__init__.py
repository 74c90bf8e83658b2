"""Family KJ1, 完整性: is everything there?"""
