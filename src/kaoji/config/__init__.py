"""How the site is put together: settings, urls, the place where it keeps its things."""
