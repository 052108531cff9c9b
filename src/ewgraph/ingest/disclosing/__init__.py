"""A file that somebody hands in becomes records: checked row by row, compared with the one before, stored at once.

intake       the way of a submission from its file to the ledger
context      what is known already to the one whose word it is: contracts, obligations, sites
working      what becomes of a batch of rows, in worker processes where there are many
statements   what a record says, in the few words that a comparison needs
difference   what a submission says otherwise than the one before
obligations  which duties it fulfils
"""
