/** A hearing of a case: on the penalty, or on the daily penalty beside it. */
export interface HearingView {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  readonly heldAt: number;
  readonly place: string | null;
  readonly hostId: string | null;
  readonly state: 'NOTICED' | 'ADJOURNED' | 'HELD' | 'ABSENT';
  readonly open: readonly { readonly asked: 'POSTPONEMENT' | 'HOST_RECUSAL'; readonly at: number; readonly reason: string }[];
}
