"""Questionnaires and their answers; who answered is not kept."""
