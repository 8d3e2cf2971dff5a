/** Documents: typed data in, numbered, sealed, signed PDF/A-1b out. Knows no case; whatever it prints it was given. */
export { checkImported } from './check-imported.ts';
export { importFile, MAX_IMPORT_BYTES, trustedRoots, type ImportOrder } from './import-file.ts';
export { sentenceOf, VERDICTS, type ImportReport, type ImportVerdict, type ReportLine } from './import-report.ts';
export { findImport, importsOf, type ImportedFile } from './store/imports.ts';
export { chineseAmount } from './chinese-amount.ts';
export { checkSignedPdf, signatureProblems, type SignatureProblem, type SignatureReport, type SignedPdfReport, type Trust } from './check-signed-pdf.ts';
export { refuseSeal, type Approval } from './decide-seal.ts';
export { documentKind, documentKindKeys, documentKinds, fieldsOf, isDocumentKind, type DocumentData, type DocumentKindKey } from './document-kinds.ts';
export { refuseDocument } from './errors.ts';
export { issueDocument, sealsOf, type DocumentDeps, type DocumentOrder, type IssuedDocument, type Person } from './issue-document.ts';
export { issuingAuthority, reserveNumber, voidNumber, type IssuingAuthority, type ReservedNumber } from './number-document.ts';
export { documentsHandlers } from './on-document-issued.ts';
export { redline, redlineCorrection, type RedlineField, type RedlinePart } from './redline.ts';
export { drawDraft, layOut, renderDocument, type DocumentHead, type DrawnDraft, type RenderedDocument } from './render-document.ts';
export { registerDocumentRoutes, type DocumentRouteDeps } from './routes.ts';
export { developmentSeals, signerOf, type SealProvider, type SealSigner, type SealSubject } from './seal-provider.ts';
export { signDocument, type Signatory, type SignedFile } from './sign-document.ts';
export { documentsOf, findDocument, sealUsesOf, type DocumentRow, type SealUse } from './store.ts';
