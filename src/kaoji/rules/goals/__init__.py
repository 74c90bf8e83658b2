"""Family KJ5, 目标表述: do the goals say what will be achieved?"""
