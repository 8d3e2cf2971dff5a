import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';

export type Language = 'zh' | 'en';

/** Every text of a room stands in one catalogue with both languages side by side, so that none is forgotten. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

interface Speech {
  readonly language: Language;
  setLanguage(language: Language): void;
  /** The text in the language of the reader; `{name}` is filled from `args`. */
  t(text: Text, args?: Readonly<Record<string, string | number>>): string;
}

const Context = createContext<Speech | undefined>(undefined);
const KEY = 'mingjian.language';

const initial = (): Language => (localStorage.getItem(KEY) === 'en' ? 'en' : 'zh');

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, set] = useState<Language>(initial);
  const speech = useMemo<Speech>(
    () => ({
      language,
      setLanguage(next) {
        localStorage.setItem(KEY, next);
        document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
        set(next);
      },
      t: (text, args = {}) => text[language].replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole)),
    }),
    [language],
  );
  return <Context value={speech}>{children}</Context>;
}

export function useSpeech(): Speech {
  const speech = useContext(Context);
  if (speech === undefined) throw new Error('outside LanguageProvider');
  return speech;
}
