"""The group as the registry tells it: units, sites and holidays, never edited here."""
