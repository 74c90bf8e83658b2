"""What an administrator asks when something is wrong: is everything that kaoji stands on as it should be?

`kaoji doctor`, the page 运行状况 and `/metrics` tell the same things, looked at here one subject a file:

    folder.py        the home folder, its keys, room on the disk
    database.py      version, migrations, guards, the log
    work.py          the worker, its jobs, what should happen every day
    surroundings.py  what other programs bring: faces, LibreOffice, mail
    settings.py      what of the settings does not go together
"""
