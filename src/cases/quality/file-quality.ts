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

/** The pre-closing report: every rule with what it found. */
export const fileQuality = (file: QualityFile): QualityLine[] => {
  const standing = asItStands(file);
  return QUALITY_RULES.map(({ check, ...rule }) => ({ ...rule, ...check(standing) }));
};

/** Problems that stand against a step, in words with the number of the rule. */
export const problemsAt = (file: QualityFile, command: CommandKind): string[] =>
  QUALITY_RULES.filter((rule) => rule.at.includes(command)).flatMap((rule) => {
    const found = rule.check(asItStands(file));
    return found.outcome === 'PROBLEM' ? [`案卷检查第 ${rule.no} 项（${rule.zh}）：${found.found}`] : [];
  });
