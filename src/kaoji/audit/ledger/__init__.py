"""The proof of benefits: the runs of a programme in one ZIP that anybody recounts without the database."""
