/** Documents: typed data in, numbered, sealed, signed PDF/A-1b out. Knows no case; whatever it prints it was given. */
export { chineseAmount } from './chinese-amount.ts';
export { checkSignedPdf, signatureProblems, type SignatureProblem, type SignatureReport, type SignedPdfReport, type Trust } from './check-signed-pdf.ts';
export { refuseSeal, type Approval } from './decide-seal.ts';
export { documentKind, documentKindKeys, documentKinds, fieldsOf, isDocumentKind, type DocumentData, type DocumentKindKey } from './document-kinds.ts';
export { refuseDocument } from './errors.ts';
export { issueDocument, sealsOf, type DocumentDeps, type DocumentOrder, type IssuedDocument, type Person } from './issue-document.ts';
export { reserveNumber, voidNumber, type IssuingAuthority, type ReservedNumber } from './number-document.ts';
export { DEFAULT_NUMBER_PATTERN, writeNumber } from './number-pattern.ts';
export { documentsHandlers } from './on-document-issued.ts';
export { layOut, renderDocument, type DocumentHead, type RenderedDocument } from './render-document.ts';
export { registerDocumentRoutes, type DocumentRouteDeps } from './routes.ts';
export { developmentSeals, signerOf, type SealProvider, type SealSigner, type SealSubject } from './seal-provider.ts';
export { signDocument, type Signatory, type SignedFile } from './sign-document.ts';
export { documentsOf, findDocument, sealUsesOf, type DocumentRow, type SealUse } from './store.ts';
