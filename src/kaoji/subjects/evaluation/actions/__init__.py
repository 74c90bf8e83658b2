"""What people do here: a verb a file, in one transaction with its event; beside them what several verbs share."""
