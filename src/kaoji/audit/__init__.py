"""The audit export: one ZIP in open formats that anybody can verify without the database."""
