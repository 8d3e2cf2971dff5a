import type { Transition } from '../transitions/transition.ts';
import { criminalTransferSteps } from './criminal-transfer.ts';
import { dailyPenaltySteps, monitoringReportStep } from './daily-penalty.ts';
import { damageSteps, majorCaseSteps } from './damage-and-major.ts';
import { detentionSteps } from './detention.ts';
import { preservationSteps } from './preservation.ts';
import { productionSteps } from './production.ts';
import { sealingSteps } from './sealing.ts';

/** The steps of all special measures (law.md §10, rulings R54 and R55). */
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
