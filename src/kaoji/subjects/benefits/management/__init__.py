"""Commands of benefits for whoever runs the site."""
