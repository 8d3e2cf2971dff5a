import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A link inside the public pages; addresses are plain texts, as this page's router is not the one the types know. */
export function Go({ to, children }: { to: string; children: ReactNode }) {
  return <Link to={to}>{children}</Link>;
}

export function useWord(name: string): string {
  const given: Record<string, unknown> = useParams({ strict: false });
  return String(given[name] ?? '');
}
