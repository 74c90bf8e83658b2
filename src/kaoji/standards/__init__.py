"""What we did not invent: taxonomies, form layouts, thresholds, cited documents – dated YAML.

Code asks "what held in Shanghai for 2023?"; the answer carries its source and whether
anybody has verified it.
"""
