/** What a file is called on paper: its name without the form it is kept in. */
export const fileTitle = (name: string): string => name.replace(/\.[a-z0-9]{1,5}$/iu, '');
