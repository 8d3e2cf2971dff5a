import type { Routes } from '../../../shared/api.gen.ts';

export interface DeliveryRow {
  readonly deliveryId: string;
  readonly documentId: string;
  readonly documentNumber: string;
  readonly documentTitle: string;
  readonly method: ServiceMethod;
  readonly methodZh: string;
  readonly methodEn: string;
  readonly methodReason: 'CONSENT' | 'NOTICE' | 'NO_CONSENT' | 'NO_ACCOUNT' | 'ASKED';
  /** Where a paper goes; the account for electronic service. */
  readonly address: string;
  readonly state: string;
  readonly stateZh: string;
  readonly stateEn: string;
  readonly sentAt: string;
  readonly arrivedAt: string | null;
  readonly confirmedAt: string | null;
  readonly legalDay: string | null;
  readonly receiver: string | null;
  readonly proofSha256: string | null;
  readonly failure: string | null;
  /** First day on which a receipt counts. */
  readonly provableFrom: string;
  /** What the authority still has to do about it. */
  readonly duty: 'HAND_OVER' | 'OTHER_WAY' | 'CONFIRMATION' | null;
  readonly acts: { readonly prove: boolean; readonly otherWay: boolean };
}
export type ServiceMethod = Exclude<Routes['POST /api/deliveries/:deliveryId/other-way']['body'], undefined>['method'];
/** The dossier of a case: as filed, or as it stands with what it still lacks. */
export interface DossierPage {
  readonly caseNo: string;
  readonly state: string;
  readonly filed: null | { readonly archiveNo: string; readonly retentionYears: number; readonly retainUntil: string; readonly archivedAt: number; readonly catalogueSha256: string };
  readonly dossier: {
    readonly title: string;
    readonly pages: number;
    readonly missing: readonly string[];
    readonly volumes: readonly {
      readonly volume: 'MAIN' | 'SIDE'; readonly zh: string; readonly pages: number;
      readonly items: readonly { readonly no: number; readonly title: string; readonly number: string; readonly responsible: string; readonly day: string; readonly pageFrom: number; readonly pageTo: number; readonly paperId: string; readonly documentId: string | null }[];
    }[];
  };
}
