import type { Duty } from './duties.ts';
import { OFFICIALS, type Role } from './roles.ts';

/** Whose objects the row reaches: the actor's own unit, outfalls entrusted to him by one, his authority and those below it, or every object. */
export type Jurisdiction = 'entrusted' | 'own-unit' | 'own-authority' | 'any';

/** One row of the table of permissions: an action, who may do it and how far it reaches. */
export interface PermissionRow<A extends string = string> {
  readonly action: A;
  readonly roles: readonly Role[];
  readonly jurisdiction: Jurisdiction;
  /** The duty a person takes up by doing this; checked against the matter's history with `conflictOf`. */
  readonly duty?: Duty;
}

function allow<const A extends string>(action: A, roles: readonly Role[], jurisdiction: Jurisdiction, duty?: Duty): PermissionRow<A> {
  return duty === undefined ? { action, roles, jurisdiction } : { action, roles, jurisdiction, duty };
}

const PANEL: readonly Role[] = ['panel-member', 'panel-lead'];
const REVIEW: readonly Role[] = ['review-technical', 'review-legal', 'review-lead'];
/** Who may sit in a reviewing body by some region's profile; the profile of the clue says which of them. */
const REVIEWERS: readonly Role[] = [...REVIEW, 'panel-member', 'panel-lead', 'monitoring-control', 'lab'];
const REVIEW_LEADS: readonly Role[] = ['review-lead', 'panel-lead', 'monitoring-control', 'lab'];
const ENFORCE: readonly Role[] = ['enforcement-officer', 'enforcement-lead'];
const STEWARDS: readonly Role[] = ['admin', 'security-admin', 'audit-admin'];
const UNIT: readonly Role[] = ['unit-user'];
/** Who acts for a unit under its authorisation (运维单位): only what `AGENT_ACTS` names, only while a grant is in force. */
const AGENT: readonly Role[] = ['unit-agent'];
const EVERYONE_IN: readonly Role[] = [...OFFICIALS, ...STEWARDS, ...UNIT, 'unit-admin', ...AGENT];

/** The one table of who may do what. Each module appends at its own mark; a row per kind of person. */
export const PERMISSIONS = [
  // access
  allow('access.me', EVERYONE_IN, 'any'),
  allow('access.sign-out', EVERYONE_IN, 'any'),
  allow('access.matrix', [...OFFICIALS, ...STEWARDS], 'any'),
  allow('access.password', EVERYONE_IN, 'any'),
  allow('access.accounts', ['admin', 'security-admin'], 'own-authority'),
  allow('access.keep-accounts', ['security-admin'], 'own-authority'),
  allow('access.grant', ['security-admin'], 'own-authority'),
  allow('access.office', ['authority-head', 'admin'], 'own-authority'),
  allow('access.factor', EVERYONE_IN, 'any'),
  allow('access.factor-rule', ['security-admin'], 'any'),
  allow('access.factor-reset', ['security-admin'], 'any'),
  allow('access.identity-link', ['security-admin'], 'any'),
  allow('access.delegate', OFFICIALS, 'own-authority'),
  allow('access.delegate-for', ['authority-head'], 'own-authority'),
  allow('access.delegate-for', ['security-admin'], 'any'),
  allow('access.delegation-end', [...OFFICIALS, 'security-admin'], 'any'),
  allow('access.readings', ['audit-admin', 'inspector'], 'any'),
  allow('access.audit-read', ['audit-admin', 'inspector'], 'any'),

  // register
  allow('register.read', OFFICIALS, 'own-authority'),
  allow('register.read', UNIT, 'own-unit'),
  allow('register.read', AGENT, 'entrusted'),
  allow('register.import', ['monitoring-control', 'element-dept', 'admin'], 'any'),
  allow('register.write', ['monitoring-control', 'element-dept'], 'own-authority'),
  allow('register.standards', OFFICIALS, 'any'),
  allow('register.keep-standards', ['monitoring-control', 'element-dept'], 'any'),
  allow('register.disputes', [...OFFICIALS], 'own-authority'),
  allow('register.disputes', UNIT, 'own-unit'),
  allow('register.dispute', UNIT, 'own-unit'),
  allow('register.decide-dispute', ['monitoring-control', 'element-dept'], 'own-authority'),
  allow('register.device-matters', [...OFFICIALS], 'own-authority'),
  allow('register.device-matters', UNIT, 'own-unit'),
  allow('register.report-device', UNIT, 'own-unit'),
  allow('register.file-permit-report', UNIT, 'own-unit'),
  allow('register.answer-device', ['monitoring-control', 'element-dept'], 'own-authority'),

  // agents of a unit
  allow('agent.read', OFFICIALS, 'own-authority'),
  allow('agent.read', [...UNIT, 'unit-admin'], 'own-unit'),
  allow('agent.authorise', ['unit-admin'], 'own-unit'),
  allow('agent.read-mine', AGENT, 'any'),

  // ingest
  allow('ingest.read', OFFICIALS, 'own-authority'),
  allow('ingest.read', UNIT, 'own-unit'),
  allow('ingest.read', AGENT, 'entrusted'),
  allow('ingest.status', [...OFFICIALS, ...STEWARDS], 'any'),
  allow('ingest.quarantine-read', ['monitoring-control', 'lab', 'admin'], 'any'),
  allow('ingest.import', ['monitoring-control', 'admin'], 'any'),
  allow('ingest.command', ['monitoring-control'], 'own-authority'),
  allow('ingest.video-event', ['monitoring-control'], 'any'),

  // quality
  allow('quality.read', OFFICIALS, 'own-authority'),
  allow('quality.read', UNIT, 'own-unit'),
  allow('quality.read', AGENT, 'entrusted'),
  allow('mark.submit', UNIT, 'own-unit'),
  allow('mark.submit', AGENT, 'entrusted'),
  allow('mark.read', OFFICIALS, 'own-authority'),
  allow('mark.read', UNIT, 'own-unit'),
  allow('mark.read', AGENT, 'entrusted'),
  allow('mark.check', ['monitoring-control', 'lab'], 'own-authority'),

  // putting data right (数据归真)
  allow('truthing.read', OFFICIALS, 'own-authority'),
  allow('truthing.read', UNIT, 'own-unit'),
  allow('truthing.read', AGENT, 'entrusted'),
  allow('truthing.raise', ['monitoring-control', 'lab'], 'own-authority'),
  allow('truthing.check', ['monitoring-control', 'lab'], 'own-authority'),
  allow('truthing.answer', UNIT, 'own-unit'),
  allow('truthing.answer', AGENT, 'entrusted'),

  // analysis
  allow('model.read', EVERYONE_IN, 'any'),
  allow('model.proposals', OFFICIALS, 'any'),
  allow('model.propose', ['model-author', 'monitoring-control', 'element-dept'], 'any', 'rule-author'),
  allow('model.approve', ['model-approver'], 'any', 'rule-approver'),
  allow('model.backtest', ['model-author', 'model-approver', 'monitoring-control', 'element-dept', ...PANEL], 'any'),
  allow('analysis.read', OFFICIALS, 'own-authority'),
  allow('analysis.read', UNIT, 'own-unit'),
  allow('analysis.read', AGENT, 'entrusted'),
  allow('analysis.self-check', UNIT, 'own-unit'),
  allow('analysis.self-check', AGENT, 'entrusted'),

  // clue pool
  allow('clue.read', OFFICIALS, 'own-authority'),
  allow('clue.read-own', UNIT, 'own-unit'),
  allow('clue.report', [...ENFORCE, 'element-dept', 'lab', 'monitoring-control'], 'own-authority', 'finder'),
  allow('clue.supply', [...ENFORCE, 'element-dept', 'lab', 'monitoring-control'], 'own-authority', 'finder'),
  allow('clue.triage', PANEL, 'own-authority', 'analyst'),
  allow('clue.freeze-list', ['panel-lead'], 'own-authority', 'analyst'),
  allow('clue.reopen', PANEL, 'own-authority', 'analyst'),

  // supervision
  allow('supervision.read', OFFICIALS, 'own-authority'),
  allow('supervision.read-own', UNIT, 'own-unit'),
  allow('supervision.read-own', AGENT, 'entrusted'),
  allow('supervision.confirm-receipt', UNIT, 'own-unit'),
  allow('supervision.feedback', UNIT, 'own-unit'),
  allow('supervision.feedback', AGENT, 'entrusted'),
  allow('supervision.hand-in', UNIT, 'own-unit'),
  allow('supervision.hand-in', AGENT, 'entrusted'),
  allow('supervision.recheck', ['monitoring-control'], 'own-authority', 'analyst'),
  allow('supervision.send-held', ['monitoring-control'], 'own-authority'),
  allow('supervision.tell-enforcement', ['monitoring-control'], 'own-authority', 'analyst'),
  allow('supervision.risk-hint', ['monitoring-control'], 'own-authority'),
  allow('supervision.talk', ENFORCE, 'own-authority'),
  allow('supervision.confirm-quota', ['monitoring-control'], 'own-authority', 'analyst'),
  allow('supervision.report-quota', ['monitoring-control'], 'own-authority'),

  // review
  allow('group.read', OFFICIALS, 'own-authority'),
  allow('group.keep', ['authority-head'], 'own-authority'),
  allow('review.read', OFFICIALS, 'own-authority'),
  allow('review.take', REVIEWERS, 'own-authority', 'data-reviewer'),
  allow('review.assess', REVIEWERS, 'own-authority', 'data-reviewer'),
  allow('review.sign', REVIEWERS, 'own-authority', 'data-reviewer'),
  allow('review.conclude', REVIEW_LEADS, 'own-authority', 'data-reviewer'),
  allow('review.hand-over', REVIEW_LEADS, 'own-authority'),
  allow('review.sign-in', ENFORCE, 'own-authority'),
  allow('review.notify', [...REVIEW_LEADS, 'enforcement-lead'], 'own-authority'),
  allow('review.notice-read', UNIT, 'own-unit'),
  allow('review.notice-confirm', UNIT, 'own-unit'),
  allow('review.notice-state', UNIT, 'own-unit'),
  allow('review.request-supplement', ENFORCE, 'own-authority', 'finder'),
  allow('review.invite', REVIEW_LEADS, 'own-authority'),
  allow('review.take-part', OFFICIALS, 'own-authority'),
  allow('review.recuse', OFFICIALS, 'own-authority'),
  allow('review.decide-recusal', [...REVIEW_LEADS, 'authority-head'], 'own-authority'),
  allow('joint.read', OFFICIALS, 'own-authority'),
  allow('joint.convene', [...REVIEW_LEADS, 'enforcement-lead', 'authority-head'], 'own-authority'),
  allow('joint.speak', OFFICIALS, 'own-authority'),
  allow('review.agreement', [...REVIEW_LEADS, 'inspector', 'authority-head'], 'own-authority'),
  allow('review.gaps', ['inspector', 'authority-head', 'review-lead', 'enforcement-lead'], 'own-authority'),

  // cases
  allow('case.read', OFFICIALS, 'own-authority'),
  allow('case.read-own', UNIT, 'own-unit'),
  allow('case.act', OFFICIALS, 'own-authority'),
  allow('case.act', UNIT, 'own-unit'),
  allow('case.approve-notice', ['authority-head', 'enforcement-lead'], 'own-authority'),
  allow('case.file', ENFORCE, 'own-authority', 'investigator'),
  allow('case.endorse-filing', ['enforcement-lead'], 'own-authority'),
  allow('case.approve-filing', ['authority-head', 'enforcement-lead'], 'own-authority'),
  allow('case.investigate', ENFORCE, 'own-authority', 'investigator'),
  allow('case.attach-evidence', ENFORCE, 'own-authority', 'investigator'),
  allow('case.hold-inquiry', ENFORCE, 'own-authority', 'investigator'),
  allow('case.join-inquiry', UNIT, 'own-unit'),
  allow('case.review', ['case-reviewer'], 'own-authority', 'case-reviewer'),
  allow('case.deliberate', ['authority-head', 'enforcement-lead', 'case-reviewer'], 'own-authority'),
  allow('case.discretion', ENFORCE, 'own-authority', 'investigator'),
  allow('case.notify', ENFORCE, 'own-authority', 'investigator'),
  allow('case.defend', UNIT, 'own-unit'),
  /** A person has no account: what he says is taken down by an officer of the case. */
  allow('case.record-for-person', ENFORCE, 'own-authority', 'investigator'),
  allow('case.review-defence', [...ENFORCE, 'case-reviewer'], 'own-authority'),
  allow('case.host-hearing', ['hearing-host'], 'own-authority', 'hearing-host'),
  allow('case.legal-review', ['legal'], 'own-authority', 'legal-reviewer'),
  allow('case.discuss', ['authority-head'], 'own-authority', 'discussion-voter'),
  allow('case.decide', ['authority-head'], 'own-authority', 'decision-signer'),
  allow('case.order-correction', ENFORCE, 'own-authority', 'investigator'),
  allow('case.rectify', UNIT, 'own-unit'),
  allow('case.verify-rectification', ENFORCE, 'own-authority'),
  allow('case.pay', UNIT, 'own-unit'),
  allow('case.register-payment', ['fine-clerk'], 'own-authority', 'fine-clerk'),
  allow('case.close', ENFORCE, 'own-authority'),
  allow('case.approve-closing', ['authority-head'], 'own-authority'),
  allow('case.measure', ENFORCE, 'own-authority', 'investigator'),
  allow('case.approve-measure', ['authority-head'], 'own-authority'),
  allow('case.answer-measure', UNIT, 'own-unit'),
  allow('case.declare-interest', OFFICIALS, 'own-authority', 'interested'),
  allow('case.remedy', UNIT, 'own-unit'),
  allow('discretion.replay', ['authority-head', 'enforcement-lead', 'case-reviewer', 'legal'], 'own-authority'),

  // archive
  allow('archive.read', OFFICIALS, 'own-authority'),
  allow('archive.write', ['archivist'], 'own-authority'),

  // documents
  allow('document.read', OFFICIALS, 'own-authority'),
  allow('document.read-own', UNIT, 'own-unit'),
  allow('document.draft', OFFICIALS, 'own-authority'),
  allow('document.sign', OFFICIALS, 'own-authority'),
  allow('document.request-seal', OFFICIALS, 'own-authority', 'seal-requester'),
  allow('document.seal', ['seal-keeper'], 'own-authority', 'seal-keeper'),

  // delivery
  allow('delivery.read', OFFICIALS, 'own-authority'),
  allow('delivery.read-own', UNIT, 'own-unit'),
  allow('delivery.send', OFFICIALS, 'own-authority'),
  allow('delivery.consent', UNIT, 'own-unit'),
  allow('delivery.confirm', UNIT, 'own-unit'),
  allow('delivery.record-proof', [...ENFORCE, ...REVIEW, 'monitoring-control'], 'own-authority'),

  // evidence
  allow('evidence.read', [...OFFICIALS, 'audit-admin'], 'any'),
  allow('evidence.read-own', UNIT, 'own-unit'),
  allow('evidence.prove', EVERYONE_IN, 'any'),
  allow('evidence.export', [...ENFORCE, 'archivist', 'inspector'], 'own-authority'),

  // law
  allow('law.read', EVERYONE_IN, 'any'),
  allow('law.unverified', ['admin', 'legal', 'element-dept', 'monitoring-control'], 'any'),

  // fieldwork, oversight
  allow('fieldwork.read', OFFICIALS, 'own-authority'),
  allow('oversight.read', ['inspector', 'authority-head'], 'own-authority'),

  // disclosure
  allow('disclosure.read', OFFICIALS, 'own-authority'),
  allow('disclosure.approve', ['authority-head'], 'own-authority'),
  allow('disclosure.prepare', [...ENFORCE, 'legal'], 'own-authority'),
  allow('disclosure.reports-read', ENFORCE, 'own-authority'),
  allow('disclosure.reports-answer', ENFORCE, 'own-authority'),

  // running the house
  allow('system.read', [...OFFICIALS, ...STEWARDS], 'any'),
  allow('system.configure', ['admin'], 'any'),
  allow('situation.read', OFFICIALS, 'own-authority'),
  allow('demo.run-clock', [...OFFICIALS, ...STEWARDS], 'any'),
] as const;

/** Every action a route or use case may name, beside `public` (no sign-in needed). */
export type Action = (typeof PERMISSIONS)[number]['action'];

const KNOWN: ReadonlySet<string> = new Set(PERMISSIONS.map((row) => row.action));

/** Whether a text names an action of the table. */
export const isKnownAction = (action: string): action is Action => KNOWN.has(action);

/** The rows about an action. */
export const rowsOf = (action: string): readonly PermissionRow[] => PERMISSIONS.filter((row) => row.action === action);

/** The duty an act takes up in its matter, when it takes one up. */
export const dutyOf = (action: Action): Duty | undefined => rowsOf(action)[0]?.duty;
