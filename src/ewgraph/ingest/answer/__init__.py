"""What the person who sent a file gets back: one report, told as text, JSON, RDF, a page or the workbook itself."""
