"""Documents from strangers are parsed in another process, with limits of time and memory.

`process` starts and asks it, `worker` is what runs there, `convert` calls LibreOffice for
formats that only it knows. Plain text needs no guard: it is read line by line.
"""
