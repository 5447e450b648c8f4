"""Tables as a source of cases: reading CSV, XLSX and ODS, joining columns to facts, empty sheets and result sheets."""
