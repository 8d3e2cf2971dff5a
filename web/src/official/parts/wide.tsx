import type { ReactNode } from 'react';

/** Something wider than a phone: it scrolls sideways, also by keys, and the page itself does not. */
export function Wide({ label, min, children }: { label: string; min: number; children: ReactNode }) {
  return (
    <section aria-label={label} tabIndex={0} style={{ overflowX: 'auto' }}>
      <div style={{ minWidth: min }}>{children}</div>
    </section>
  );
}
