interface Taken {
  readonly version: number;
}

/** Asked for, and not refused since. */
export const asksFor = (asked: Taken | undefined, refused: Taken | undefined): boolean => asked !== undefined && (refused === undefined || refused.version < asked.version);
