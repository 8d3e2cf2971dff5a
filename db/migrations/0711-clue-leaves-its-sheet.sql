-- A clue that joined a sheet after its notice went out is told of by a sheet of its own once the first one ends; the ledger keeps that it had joined.
GRANT DELETE ON supervision_sheet_clue TO mingjian_app;
COMMENT ON TABLE supervision_sheet_clue IS 'Projection: clues a sheet answers for, those it was not asked of only until it ends. A clue lies in one sheet only: no flood of notices.';
