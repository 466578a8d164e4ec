"""How fast the engine is beside its peers: five kinds of work, one run, outputs compared. See README.md here."""
