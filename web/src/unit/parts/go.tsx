import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A link inside the portal. Addresses are plain texts: the router of this page is not the one the types know. */
export function Go({ to, children, className }: { to: string; children: ReactNode; className?: string }) {
  return <Link to={to} className={className ?? ''}>{children}</Link>;
}

export function useGo(): (to: string) => void {
  const navigate = useNavigate();
  return (to: string) => void navigate({ to });
}

export function useWord(name: string): string {
  const given: Record<string, unknown> = useParams({ strict: false });
  return String(given[name] ?? '');
}
