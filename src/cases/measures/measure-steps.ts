import type { Transition } from '../transitions/transition.ts';
import { criminalTransferSteps } from './criminal-transfer.ts';
import { dailyPenaltySteps, monitoringReportStep } from './daily-penalty.ts';
import { damageSteps, majorCaseSteps } from './damage-and-major.ts';
import { detentionSteps } from './detention.ts';
import { preservationSteps } from './preservation.ts';
import { productionSteps } from './production.ts';
import { sealingSteps } from './sealing.ts';

/** The steps of all special measures (行政强制法; 生态环境部 measures on daily penalty, sealing and limits; docs/decisions/0008). */
export const measureSteps: readonly Transition[] = [
  ...criminalTransferSteps,
  ...preservationSteps,
  ...sealingSteps,
  ...productionSteps,
  monitoringReportStep,
  ...dailyPenaltySteps,
  ...detentionSteps,
  ...damageSteps,
  ...majorCaseSteps,
];
