"""How the site is put together: settings and urls."""
