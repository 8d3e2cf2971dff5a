/** Kinds of evidence whose reading is an act of its own (等保三级 审计; sec:X18, sec:X27). */
export const READING_KINDS = {
  frames: { zh: '原始报文', en: 'received frames' },
  values: { zh: '监测数值', en: 'monitored values' },
  video: { zh: '视频事件', en: 'video events' },
  clue: { zh: '线索和审核', en: 'clue and its review' },
  sheet: { zh: '督促单和反馈', en: 'sheet and its answer' },
  case: { zh: '案件卷宗', en: 'case file' },
  paper: { zh: '案件文书数据', en: 'paper of a case' },
  document: { zh: '文书', en: 'document' },
  dossier: { zh: '归档案卷', en: 'archived dossier' },
  material: { zh: '提交的材料', en: 'files handed in' },
  log: { zh: '存证条目', en: 'entries of the evidence log' },
} as const;
export type ReadingKind = keyof typeof READING_KINDS;

/** Doors behind which evidence lies, and the parameter that names the object. */
const READINGS: Readonly<Record<string, readonly [kind: ReadingKind, subject: string]>> = {
  '/api/outfalls/:outfall/frames': ['frames', 'outfall'],
  '/api/outfalls/:outfall/hours': ['values', 'outfall'],
  '/api/outfalls/:outfall/series': ['values', 'outfall'],
  '/api/outfalls/:outfall/peer-curves': ['values', 'outfall'],
  '/api/outfalls/:outfall/quantities': ['values', 'outfall'],
  '/api/supervision/quotas/:quotaId/account': ['values', 'quotaId'],
  '/api/outfalls/:outfall/video-events': ['video', 'outfall'],
  '/api/outfalls/:outfall/permit-reports/:sha256': ['material', 'outfall'],
  '/api/analysis/clues/:clueId': ['clue', 'clueId'],
  '/api/review/clues/:clueId': ['clue', 'clueId'],
  '/api/unit/suspicions/:clueId': ['clue', 'clueId'],
  '/api/supervision/sheets/:sheetId': ['sheet', 'sheetId'],
  '/api/unit/sheets/:sheetId': ['sheet', 'sheetId'],
  '/api/cases/:id': ['case', 'id'],
  '/api/unit/cases/:id': ['case', 'id'],
  '/api/cases/:id/papers/:paper': ['paper', 'id'],
  '/api/cases/:id/papers/:paper/changes': ['paper', 'id'],
  '/api/cases/:id/files/:importId/file': ['case', 'id'],
  '/api/documents/:documentId': ['document', 'documentId'],
  '/api/documents/:documentId/file': ['document', 'documentId'],
  '/api/unit/documents/:documentId/file': ['document', 'documentId'],
  '/api/unit/notices/:deliveryId/file': ['document', 'deliveryId'],
  '/api/supervision/sheets/:sheetId/materials/:sha256': ['material', 'sheetId'],
  '/api/review/clues/:clueId/materials/:sha256': ['material', 'clueId'],
  '/api/quality/truthing/:taskId/materials/:sha256': ['material', 'taskId'],
  '/api/register/disputes/:disputeId/materials/:sha256': ['material', 'disputeId'],
  '/api/register/device-matters/:matterId/materials/:sha256': ['material', 'matterId'],
  '/api/archive/:id': ['dossier', 'id'],
  '/api/archive/:id/editions/:version/file': ['dossier', 'id'],
  '/log/tile/entries/*': ['log', '*'],
};

/** Routes through which evidence is read; a test holds them to the routes that exist. */
export const READING_DOORS = Object.keys(READINGS);

/** What a request reads of the evidence; undefined when it reads none. */
export function readingOf(method: string, route: string | undefined, params: unknown): { readonly kind: ReadingKind; readonly subject: string } | undefined {
  const found = method === 'GET' && route !== undefined ? READINGS[route] : undefined;
  if (found === undefined) return undefined;
  const [kind, name] = found;
  return { kind, subject: String((params as Record<string, unknown>)[name] ?? '') };
}
