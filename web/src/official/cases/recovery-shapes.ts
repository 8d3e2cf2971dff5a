/** What of a case was contested beside the penalty, and what the party said after demands. */
export interface ContestedState {
  readonly actRemedies: readonly { readonly remedyId: string; readonly number: string; readonly outcome?: string }[];
  readonly demandStatements: readonly { readonly statementId: string; readonly statement: string; readonly answer?: { readonly accepted: boolean; readonly reason: string } }[];
}

/** What may be contested now, and what lateness has added and is neither paid nor waived, in yuan. */
export interface OwedView {
  readonly contestable: readonly { readonly paperId: string; readonly title: string; readonly number: string }[];
  readonly surcharge: { readonly FINE: number; readonly DAILY: number };
}
