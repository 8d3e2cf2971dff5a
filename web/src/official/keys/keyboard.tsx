import { Button, Flex, Grid, Modal, Switch } from 'antd';
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';

/** One key and what it does on this page. */
export interface Key {
  readonly key: string;
  readonly does: Text;
  act(): void;
}

interface Board {
  bind(owner: object, keys: readonly Key[]): void;
  free(owner: object): void;
  help(): void;
}

const TEXT = {
  title: { zh: '键盘', en: 'Keyboard' },
  help: { zh: '打开本帮助', en: 'open this help' },
  close: { zh: '关闭对话框', en: 'close a dialog' },
  tab: { zh: '在按钮、链接和输入框之间移动', en: 'move between buttons, links and fields' },
  on: { zh: '启用单键操作', en: 'Single keys act' },
} as const satisfies Record<string, Text>;

const KEPT = 'mingjian.keys';
const Context = createContext<Board | undefined>(undefined);

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('[role=dialog],[role=listbox],[role=menu],[role=slider]') !== null);
/** What lies open over the page has the keys, also where nothing in it is focused. */
const covered = (): boolean => [...document.querySelectorAll('[role=dialog]')].some((one) => one.checkVisibility());
/** Enter on a link or a button is that link's or button's. */
const pressable = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('a,button,[role=button],[role=tab]') !== null;

function Help({ keys, on, turn, close }: { keys: readonly Key[]; on: boolean; turn(on: boolean): void; close(): void }) {
  const { t } = useSpeech();
  const lines = [...keys.map(({ key, does }) => [key, does] as const), ['?', TEXT.help] as const, ['Tab', TEXT.tab] as const, ['Esc', TEXT.close] as const];
  return (
    <Modal open title={t(TEXT.title)} onCancel={close} footer={null} width={420}>
      <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '8px 16px', margin: '8px 0 16px' }}>
        {lines.map(([key, does]) => <div key={key} style={{ display: 'contents' }}><dt><kbd>{key}</kbd></dt><dd style={{ margin: 0 }}>{t(does)}</dd></div>)}
      </dl>
      <label><Switch size="small" checked={on} onChange={turn} aria-label={t(TEXT.on)} /> {t(TEXT.on)}</label>
    </Modal>
  );
}

/** Listens for single keys and tells which there are; a person may turn them off (WCAG 2.2, 2.1.4). */
export function Keyboard({ children }: { children: ReactNode }) {
  const bound = useRef(new Map<object, readonly Key[]>());
  const [shown, show] = useState<readonly Key[]>();
  const [on, set] = useState(() => localStorage.getItem(KEPT) !== 'off');
  const board = useMemo<Board>(() => {
    // Of two lists on one page the first has the keys.
    const keys = () => [...new Map([...bound.current.values()].flat().reverse().map((one) => [one.key, one])).values()].reverse();
    return { bind: (owner, own) => void bound.current.set(owner, own), free: (owner) => void bound.current.delete(owner), help: () => show(keys()) };
  }, []);
  useEffect(() => {
    if (!on) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || covered() || (event.key === 'Enter' && pressable(event.target))) return;
      const key = [...bound.current.values()].flat().find((one) => one.key === event.key);
      if (event.key !== '?' && key === undefined) return;
      event.preventDefault();
      if (event.key === '?') board.help();
      else key?.act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [on, board]);
  const turn = (next: boolean) => {
    localStorage.setItem(KEPT, next ? 'on' : 'off');
    set(next);
  };
  return <Context value={board}>{children}{shown !== undefined && <Help keys={shown} on={on} turn={turn} close={() => show(undefined)} />}</Context>;
}

function useBoard(): Board {
  const board = useContext(Context);
  if (board === undefined) throw new Error('outside Keyboard');
  return board;
}

/** Gives keys to what is on the page, for as long as it is there. */
export function useKeys(keys: readonly Key[]): void {
  const board = useBoard();
  const [owner] = useState(() => ({}));
  useEffect(() => board.bind(owner, keys));
  useEffect(() => () => board.free(owner), [board, owner]);
}

/** Which keys there are, and a way to their help for who has none in mind. A phone has no keys. */
export function KeysButton({ keys }: { keys: readonly string[] }) {
  const { t } = useSpeech();
  const board = useBoard();
  const wide = Grid.useBreakpoint().lg ?? false;
  if (!wide) return null;
  return (
    <Button type="text" size="small" onClick={() => board.help()}>
      <Flex gap={4} align="center">{t(TEXT.title)}{[...keys, '?'].map((key) => <kbd key={key}>{key}</kbd>)}</Flex>
    </Button>
  );
}
