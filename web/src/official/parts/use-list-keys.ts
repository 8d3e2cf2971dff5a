import { useEffect, useState } from 'react';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT', 'BUTTON', 'A'].includes(target.tagName) || target.closest('[role=dialog],[role=listbox]') !== null);

/** j and k walk a list, Enter opens the row: a hand need not leave the keys. */
export function useListKeys<T>(items: readonly T[], open: (item: T) => void) {
  const [active, setActive] = useState(-1);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      const item = items[active];
      if (event.key === 'j') setActive((at) => Math.min(items.length - 1, at + 1));
      else if (event.key === 'k') setActive((at) => Math.max(0, at - 1));
      else if (event.key === 'Enter' && item !== undefined) open(item);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [items, active, open]);
  useEffect(() => {
    document.querySelector('tr.row-active')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return {
    rowClass: (_item: T, index: number) => (index === active ? 'row-active' : ''),
    onRow: (item: T, index?: number) => ({
      onClick: () => open(item),
      onMouseEnter: () => setActive(index ?? -1),
      style: { cursor: 'pointer' },
    }),
  };
}
