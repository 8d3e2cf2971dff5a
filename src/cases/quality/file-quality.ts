import type { CommandKind } from '../commands/index.ts';
import { standingDecision } from '../charged-acts.ts';
import { OWN_RULES } from './own-rules.ts';
import { PROCEDURE_RULES } from './procedure-rules.ts';
import { SUBJECT_RULES } from './subject-rules.ts';
import type { Finding, QualityFile, QualityRule } from './quality-rule.ts';

export interface QualityLine extends Omit<QualityRule, 'check'>, Finding {}

/** The 25 major problems of the national file review, and what the platform asks beyond them. */
export const QUALITY_RULES: readonly QualityRule[] = [...SUBJECT_RULES, ...PROCEDURE_RULES, ...OWN_RULES].sort((a, b) => a.no - b.no);

/** A case that is decided anew, changed by a remedy or reopened, has no decision yet: the one before is not measured by the new notice. */
function asItStands(file: QualityFile): QualityFile {
  const { decision, ...undecided } = file.state;
  return decision !== undefined && standingDecision(file.state) === undefined ? { ...file, state: undecided } : file;
}

function judge(file: QualityFile, rules: readonly QualityRule[]): QualityLine[] {
  const standing = asItStands(file);
  return rules.map(({ check, ...rule }) => ({ ...rule, ...check(standing) }));
}

/** The pre-closing report: every rule with what it found. */
export const fileQuality = (file: QualityFile): QualityLine[] => judge(file, QUALITY_RULES);

/**
 * Problems that stand against a step, in words with the number of the rule.
 *
 * @param known the report on this very file, where it has been made
 */
export const problemsAt = (file: QualityFile, command: CommandKind, known?: readonly QualityLine[]): string[] =>
  (known?.filter(({ at }) => at.includes(command)) ?? judge(file, QUALITY_RULES.filter(({ at }) => at.includes(command))))
    .flatMap(({ outcome, no, zh, found }) => (outcome === 'PROBLEM' ? [`案卷检查第 ${no} 项（${zh}）：${found}`] : []));
