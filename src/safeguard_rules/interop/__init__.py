"""Outside forms of cases and results: tables of cases screened for whatever engine speaks Arrow."""
