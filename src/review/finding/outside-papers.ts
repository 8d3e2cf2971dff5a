import type { PrecheckInput } from '../facts/precheck.ts';
import type { Shown } from './record-words.ts';

/** Papers that come from somebody who saw or made the record himself, not from who reviews it. */
export const OUTSIDE_PAPERS = {
  TIME_SERVER_LOG: { zh: '授时服务记录', en: 'log of the time server' },
  OPERATIONS_LOG: { zh: '平台运行维护日志', en: 'operations log of the platform' },
  SERVICE_RECORD: { zh: '设备校准、运维记录', en: 'record of calibration or service of the device' },
  LOGGER_RECORD: { zh: '数据采集传输仪本机记录', en: 'own record of the logger' },
  CERTIFICATE: { zh: '检定、校准、验收证书', en: 'certificate of verification, calibration or acceptance' },
  MAKER_STATEMENT: { zh: '设备厂商书面说明', en: 'written statement of the device’s maker' },
  CARRIER_STATEMENT: { zh: '通信运营单位书面说明', en: 'written statement of the carrier' },
  UNIT_STATEMENT: { zh: '排污单位书面说明', en: 'written statement of the unit' },
  SITE_RECORD: { zh: '现场检查记录', en: 'record of an inspection on site' },
} as const;
export type OutsidePaper = keyof typeof OUTSIDE_PAPERS;

/** A file with what kind of paper it is and who issued it; without both nobody can say that it comes from outside. */
export interface Issued {
  readonly kind?: OutsidePaper | undefined;
  readonly issuer?: string | undefined;
}

/** Names of who reviews: what they issue proves nothing for themselves. */
export type Reviewers = readonly string[];

const isIssued = ({ kind, issuer = '' }: Issued, reviewers: Reviewers): boolean =>
  kind !== undefined && issuer.trim().length >= 2 && !reviewers.some((name) => name !== '' && issuer.includes(name));

const named = ({ refs }: Shown, { materials }: Pick<PrecheckInput, 'materials'>) => materials.filter(({ sha256 }) => refs.includes(`sha256:${sha256}`));

/** Whether something shown comes from outside: a paper handed in with its kind and issuer, an answer of the unit, a file that lay there before the reviewer spoke. */
export const isFromOutside = (shown: Shown, input: Pick<PrecheckInput, 'materials'>, reviewers: Reviewers): boolean =>
  shown.files.some((file) => isIssued(file, reviewers)) || shown.refs.some((ref) => ref.startsWith('sheet:')) || named(shown, input).length > 0;

/** Whether the record that was not there is there now: supplied by somebody else before this review, with its kind and issuer. */
export const isSupplied = (shown: Shown, input: Pick<PrecheckInput, 'materials'>, reviewers: Reviewers): boolean =>
  named(shown, input).some((file) => isIssued(file, reviewers));
