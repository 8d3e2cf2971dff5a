import { Flex } from 'antd';
import { useId, type ReactNode } from 'react';

/** A section with its heading; on a phone sections stand below each other. */
export function Panel({ title, extra, children }: { title: string; extra?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <Flex justify="space-between" align="center" wrap gap={8} style={{ marginBottom: 10 }}>
        <h2 id={id} style={{ fontSize: 16, margin: 0 }}>{title}</h2>
        {extra}
      </Flex>
      {children}
    </section>
  );
}

/** A fact with its name above it. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div style={{ minWidth: 0 }}>
      <div style={{ fontSize: 12, opacity: 0.78 }}>{label}</div>
      <div style={{ fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>{children}</div>
    </div>
  );
}
