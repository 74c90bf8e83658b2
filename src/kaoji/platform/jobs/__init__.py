"""Work that nobody waits for with a page open: a queue in the database, and processes that empty it.

The interface is Django's own (`django_tasks`), the queue a table (`django_tasks_db`); `guard` adds
what these lack: a job whose process died comes back, one that failed is tried again. Jobs may run
twice, so each of them looks first whether it is done.
"""
