"""The factory disclosure form as a workbook, filled in with what its reader's View shows.

`known` finds what was said before, `words` and the mapping `factory-disclosure` say it in a language, `workbook` writes
it. Reading the form back is the mapping's work, as of any other file.
"""

from ewgraph.ingest.template.form import Form
from ewgraph.ingest.template.known import Known, Model, Owed, known_of
from ewgraph.ingest.template.words import LANGUAGES, Words, words_in
from ewgraph.ingest.template.workbook import write_form

__all__ = ["LANGUAGES", "Form", "Known", "Model", "Owed", "Words", "known_of", "words_in", "write_form"]
