import { useId } from 'react';

interface Picked {
  readonly name: string;
  readonly sha256: string;
}

const hex = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Takes the digest of a file in the browser: what counts as evidence is named by what it contains. */
export function FilePicker({ label, onPicked }: { label: string; onPicked: (file: Picked) => void }) {
  const id = useId();
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    onPicked({ name: file.name, sha256: hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())) });
  };
  return (
    <div style={{ marginBottom: 12 }}>
      <label htmlFor={id}>{label}</label><br />
      <input id={id} type="file" onChange={(event) => void read(event.target.files?.[0])} />
    </div>
  );
}
