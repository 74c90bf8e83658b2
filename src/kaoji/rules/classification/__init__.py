"""Family KJ6, 指标分类: does each indicator stand in its class?"""
