/** Files handed in with a matter of the register, each under its own name. */
export function MaterialLinks({ base, items }: { base: string; items: readonly { readonly name: string; readonly sha256: string }[] }) {
  if (items.length === 0) return null;
  return (
    <ul style={{ margin: 0, paddingInlineStart: 18 }}>
      {items.map((file) => <li key={file.sha256}><a href={`${base}/materials/${file.sha256}`} download={file.name}>{file.name}</a></li>)}
    </ul>
  );
}
