import type { Routes } from '../../shared/api.gen.ts';

export type RuleBody = Routes['POST /api/analysis/rules/check']['body']['rule'];
export type RuleProblem = Routes['POST /api/analysis/rules/check']['response']['problems'][number];
export type Vocabulary = Routes['GET /api/analysis/rules/vocabulary']['response'];
export type ProposalPage = Routes['GET /api/analysis/proposals/:proposal']['response'];
export type Comparison = Pick<NonNullable<ProposalPage['backtest']>, 'months' | 'appears' | 'vanishes' | 'moves' | 'unchanged'>;

/** A form to begin with: a rule that reads, so that a person changes words instead of facing nothing. */
export const FIRST_RULE: RuleBody = {
  title: { zh: '', en: '' }, department: 'air', family: 'emission', trigger: 'hour', media: ['gas'], factors: ['a21002'], applies: 'state == "RUN"',
  remind: 'zs(factor) > share * limit(factor)', warn: 'last(6).consecutive(zs(factor) > share * limit(factor)) >= 3', workOrder: '', params: { share: 0.9 }, standsAlone: false,
  excusedBy: ['instrument-work'], text: { zh: '{factor}折算浓度 {zs(factor)}，限值 {limit(factor)}', en: '{factor}: converted mean {zs(factor)}, limit {limit(factor)}' },
  purpose: { zh: '', en: '' }, advice: { zh: '', en: '' }, legalHooks: [],
};
