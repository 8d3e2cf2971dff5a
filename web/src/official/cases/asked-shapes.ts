/** What the page asks a person to answer before a step. */
export interface AskedView {
  /** The points of the legal review as the file answers them. */
  readonly legalChecks: readonly { readonly point: string; readonly holds: boolean; readonly remark: string }[];
  /** At the filing: cases of the same party that are open or close by. */
  readonly siblings: readonly Sibling[];
}
export interface Sibling {
  readonly caseId: string;
  readonly caseNo: string;
  readonly stateZh: string;
  readonly stateEn: string;
  readonly actStart: string;
  readonly actEnd: string;
  readonly sameOutfall: boolean;
  /** Filed, of the same outfall and near in time: who files says why this is another act. */
  readonly close: boolean;
  readonly open: boolean;
}
