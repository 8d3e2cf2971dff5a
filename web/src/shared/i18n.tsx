import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

export type Language = 'zh' | 'en';

/** Every text of a room stands in one catalogue with both languages side by side, so that none is forgotten. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

const PAIR = /^(.*[^\sA-Za-z,])\s+([A-Za-z][A-Za-z, ]*)$/;
/** The reader's half of a name that carries both languages, as the curves of a series do: `实测 measured`. */
export function halfOf(name: string, language: Language): string {
  const pair = PAIR.exec(name);
  return pair === null ? name : ((language === 'zh' ? pair[1] : pair[2]) ?? name);
}
const LIMITS: readonly (readonly [string, string])[] = [['日均限值', 'daily limit'], ['小时限值', 'hourly limit'], ['瞬时限值', 'instantaneous limit'], ['五分钟限值', 'five-minute limit'], ['限值', 'limit']];
/** The word on a limit line in the reader's language. */
export const limitWord = (label: string, language: Language): string =>
  language === 'zh' ? label : LIMITS.reduce((text, [zh, en]) => text.replace(zh, en), label);

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
  useEffect(() => { document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'; }, [language]);
  const speech = useMemo<Speech>(
    () => ({
      language,
      setLanguage(next) {
        localStorage.setItem(KEY, next);
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
