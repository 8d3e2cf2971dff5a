/** Whole yuan with separators; the law knows no cents here. */
export const formatMoney = (yuan: number | null | undefined): string =>
  yuan === null || yuan === undefined ? '—' : `${new Intl.NumberFormat('zh-CN').format(yuan)} 元`;
