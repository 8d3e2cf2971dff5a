import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider, theme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { StrictMode, useEffect, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { LanguageProvider, useSpeech } from './i18n.tsx';
import { Problem } from './api.ts';
import { ME } from './me.ts';
import './fonts.css';
import './theme.css';

/** Whoever is told that nobody is signed in asks once more who he is; the door does the rest. */
function heard(error: unknown, key?: unknown): void {
  if (error instanceof Problem && error.status === 401 && key !== ME[0] && queries.getQueryData(ME) !== undefined) void queries.invalidateQueries({ queryKey: ME });
}

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, { queryKey }) => heard(error, queryKey[0]) }),
  mutationCache: new MutationCache({ onError: (error) => heard(error) }),
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (count, error) => !(error instanceof Problem) && count < 2, refetchOnWindowFocus: false },
  },
});

/** Whether the browser says so of its person or its screen, now and whenever that changes. */
function useMedia(words: string): boolean {
  const [is, set] = useState(() => matchMedia(words).matches);
  useEffect(() => {
    const query = matchMedia(words);
    const listen = () => set(query.matches);
    query.addEventListener('change', listen);
    return () => query.removeEventListener('change', listen);
  }, [words]);
  return is;
}

export const useDark = (): boolean => useMedia('(prefers-color-scheme: dark)');

/** Who asks for less motion gets none: lists, dialogs and messages come and go at once (WCAG 2.2, 2.3.3). */
const useStill = (): boolean => useMedia('(prefers-reduced-motion: reduce)');

const FONT = "'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif";

/** On a dark ground the house colour is too deep to read as text: links and chosen places are lit. */
const LIGHT = '#62bcd8';
const LIT = { Menu: { itemSelectedColor: LIGHT, horizontalItemSelectedColor: LIGHT }, Tabs: { itemSelectedColor: LIGHT, itemHoverColor: LIGHT, inkBarColor: LIGHT } } as const;

/** Quiet text still has a contrast of 4.5 : 1 (WCAG 2.2 AA); the library's own greys do not. */
const QUIET = {
  light: { colorError: '#cf1322', colorInfoBg: '#eaf4f7', colorInfoBorder: '#9cc8d6', colorTextDescription: 'rgba(0, 0, 0, 0.66)', colorTextTertiary: 'rgba(0, 0, 0, 0.66)', colorTextPlaceholder: 'rgba(0, 0, 0, 0.58)' },
  dark: { colorError: '#ff7875', colorLink: LIGHT, colorLinkHover: '#9ad7ea', colorLinkActive: '#9ad7ea', colorTextDescription: 'rgba(255, 255, 255, 0.68)', colorTextTertiary: 'rgba(255, 255, 255, 0.68)', colorTextPlaceholder: 'rgba(255, 255, 255, 0.58)' },
} as const;

function Themed({ children }: { children: ReactNode }) {
  const { language } = useSpeech();
  const dark = useDark();
  const still = useStill();
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: { colorPrimary: '#0f5f7a', colorInfo: '#0f5f7a', borderRadius: 4, fontFamily: FONT, wireframe: false, motion: !still, ...(dark ? QUIET.dark : QUIET.light) },
        components: { ...(dark ? LIT : {}), Menu: { itemPaddingInline: 10, ...(dark ? LIT.Menu : {}) }, Table: { cellPaddingBlockSM: 6, cellPaddingInlineSM: 8 } },
      }}
    >
      <App>{children}</App>
    </ConfigProvider>
  );
}

/** Puts a room on its page with language, theme and data cache. */
export function mount(room: ReactNode): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('no #root');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <LanguageProvider>
          <Themed>{room}</Themed>
        </LanguageProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
