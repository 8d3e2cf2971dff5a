/** Under which the person who is signed in is kept. */
export const ME = ['me'] as const;
