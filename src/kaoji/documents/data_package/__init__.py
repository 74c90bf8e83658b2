"""What is public as tables that anybody takes whole: CSV files and a description that programs read.

The description keeps to the Data Package of Frictionless Data (specs.frictionlessdata.io, version 1).
"""
