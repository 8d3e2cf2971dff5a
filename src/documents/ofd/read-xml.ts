/** An element as far as OFD needs it: local names, attributes, text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Character data directly inside, trimmed. */
  readonly text: string;
}

interface Open {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const MAX_CHARACTERS = 4_000_000;
const MAX_DEPTH = 60;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** Comment, instruction, character data section, or a tag; a document type is none of them. */
const TOKEN = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/gy;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const localName = (qualified: string): string => qualified.slice(qualified.indexOf(':') + 1);

/**
 * Reads one XML document. No document types and no entities but the five of XML itself and character numbers: nothing
 * can be expanded or fetched.
 *
 * @throws Error saying what is not allowed or not well formed
 */
export function readXml(bytes: Uint8Array): XmlElement {
  const source = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/^\uFEFF/, '');
  if (source.length > MAX_CHARACTERS) throw new Error('too long');
  const stack: Open[] = [{ name: '', attributes: {}, children: [], text: '' }];
  const top = (): Open => stack.at(-1) as Open;
  for (let at = 0; at < source.length; ) {
    const next = source.indexOf('<', at);
    const end = next === -1 ? source.length : next;
    top().text += decode(source.slice(at, end));
    if (next === -1) break;
    TOKEN.lastIndex = next;
    const token = TOKEN.exec(source);
    if (token === null) throw new Error(source.startsWith('<!', next) ? 'document types are not allowed' : `not well formed at ${next}`);
    at = TOKEN.lastIndex;
    const [, section, closing, name, attributes = '', empty] = token;
    if (section !== undefined) top().text += section;
    if (name === undefined) continue;
    if (closing === '/') close(stack, name);
    else {
      if (stack.length > MAX_DEPTH) throw new Error('nested too deeply');
      stack.push({ name, attributes: attributesOf(attributes), children: [], text: '' });
      if (empty === '/') close(stack, name);
    }
  }
  const [root] = stack[0]?.children ?? [];
  if (stack.length !== 1 || root === undefined || stack[0]?.children.length !== 1 || stack[0].text.trim() !== '') throw new Error('not one document');
  return root;
}

function close(stack: Open[], name: string): void {
  const done = stack.pop();
  const parent = stack.at(-1);
  if (done === undefined || parent === undefined || done.name !== name) throw new Error(`</${name}> closes nothing`);
  parent.children.push({ ...done, name: localName(done.name), text: done.text.trim() });
}

function attributesOf(source: string): Record<string, string> {
  const found = [...source.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [localName(name), decode(double ?? single ?? '')] as const);
  if (new Set(found.map(([name]) => name)).size !== found.length) throw new Error('attribute occurs twice');
  return Object.fromEntries(found);
}

function decode(text: string): string {
  return text.replace(/&([^;\s&]*);?/g, (whole, name: string) => {
    const number = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name);
    const known = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (!whole.endsWith(';') || (known === undefined && number === null)) throw new Error(`entity ${whole.slice(0, 20)} is not allowed`);
    return known ?? String.fromCodePoint(Number.parseInt(number?.[1] ?? number?.[2] ?? '0', number?.[1] === undefined ? 10 : 16));
  });
}

/** All elements of a name below one, in document order. */
export function* elementsNamed(element: XmlElement, name: string): Generator<XmlElement> {
  for (const child of element.children) {
    if (child.name === name) yield child;
    yield* elementsNamed(child, name);
  }
}

export const firstNamed = (element: XmlElement, name: string): XmlElement | undefined => elementsNamed(element, name).next().value ?? undefined;
