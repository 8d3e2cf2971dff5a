/** A sentence, Chinese or English, without the marks and blanks it ends with: its words go on in another one. */
export const unstopped = (text: string): string => text.trim().replace(/[。.；;，,\s]+$/u, '');
