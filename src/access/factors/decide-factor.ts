import { OFFICIALS, type Role } from '../roles.ts';
import type { Stage } from '../session.ts';

/** What of second factors a person has enrolled. */
export interface Enrolled {
  readonly totp: boolean;
  readonly passkeys: number;
}

const STAFF: readonly Role[] = [...OFFICIALS, 'admin', 'security-admin', 'audit-admin'];

/** Roles that need a factor where nobody has set a rule: all staff where decisions are real, nobody elsewhere (GB/T 22239-2019 8.1.4.1). */
export const defaultFactorRoles = (production: boolean): readonly Role[] => (production ? STAFF : []);

export const needsFactor = (roles: readonly Role[], required: readonly Role[]): boolean => roles.some((role) => required.includes(role));

/** Would an account still have a factor after losing one? Pure. */
export const isLastFactor = ({ totp, passkeys }: Enrolled): boolean => (totp ? 1 : 0) + passkeys <= 1;

/** What a right password opens: everything, the question for the factor, or the enrolment the role demands. Pure. */
export function stageAfterPassword(enrolled: Enrolled, roles: readonly Role[], required: readonly Role[]): Stage {
  if (enrolled.totp || enrolled.passkeys > 0) return 'second-factor';
  return needsFactor(roles, required) ? 'enrol' : 'full';
}
