/**
 * Reading the XML of a scanner that may be anything: bounded in size, no document type (so no entities of its
 * own), by namespace and never by prefix, and a value instead of an exception when it is not XML.
 */
import { DOMParser, type Element, type Node } from '@xmldom/xmldom';

/** An element of one of the two eSCL namespaces, with what this driver needs of it. */
export interface XmlElement {
  readonly name: string;
  /** The text directly inside, trimmed. */
  readonly text: string;
  /** Its child elements of the eSCL namespaces, in order; foreign ones are left out. */
  readonly children: readonly XmlElement[];
}

export type XmlRead = { readonly kind: 'document'; readonly root: XmlElement } | { readonly kind: 'bad'; readonly why: string };

/** Real documents are 2 to 40 kB with at most a few hundred elements, seven deep. */
export const XML_MAX_BYTES = 256 * 1024;

/** Makers write both names with either scheme. */
const NAMESPACES: ReadonlySet<string> = new Set([
  'http://schemas.hp.com/imaging/escl/2011/05/03',
  'https://schemas.hp.com/imaging/escl/2011/05/03',
  'http://www.pwg.org/schemas/2010/12/sm',
  'https://www.pwg.org/schemas/2010/12/sm',
]);
const DEPTH_MAX = 16;
const ELEMENTS_MAX = 4_000;
const ELEMENT_NODE = 1;
const TEXT_NODES: ReadonlySet<number> = new Set([3, 4]);

/** Reads `bytes` as one eSCL document. Never throws. */
export function readXml(bytes: Uint8Array): XmlRead {
  if (bytes.length > XML_MAX_BYTES) return { kind: 'bad', why: `longer than ${XML_MAX_BYTES} bytes` };
  // The declaration says nothing new (documents are UTF-8), and the parser takes long over it.
  const text = new TextDecoder('utf-8')
    .decode(bytes)
    .trimStart()
    .replace(/^<\?xml[^>]*\?>\s*/, '');
  if (text === '') return { kind: 'bad', why: 'empty' };
  if (/<!doctype/i.test(text)) return { kind: 'bad', why: 'a document type is not allowed' };
  if (isOvergrown(text)) return { kind: 'bad', why: `more than ${ELEMENTS_MAX} elements or ${DEPTH_MAX} levels` };
  const root = parse(text);
  if (root === undefined) return { kind: 'bad', why: 'not well-formed' };
  const read = elementOf(root, DEPTH_MAX);
  return read === undefined ? { kind: 'bad', why: 'the root is not an eSCL element' } : { kind: 'document', root: read };
}

/** The first child called `name`. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** All elements called `name`, at any depth, in document order. */
export function allIn(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child, ...allIn(child, name)] : allIn(child, name)));
}

/** The text of the first child called `name`; undefined when there is none or it is empty. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  const text = childOf(element, name)?.text;
  return text === '' ? undefined : text;
}

/** The whole number in the first child called `name`, 0 to 10,000,000; undefined for anything else. */
export function numberOf(element: XmlElement | undefined, name: string): number | undefined {
  const text = textOf(element, name);
  if (text === undefined || !/^\d{1,8}$/.test(text)) return undefined;
  return Math.min(Number(text), 10_000_000);
}

/** Escapes text for an element. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Looks at tags alone, in one pass, before the parser is let near: parsing must not cost more than a poll may. */
function isOvergrown(text: string): boolean {
  let depth = 0;
  let elements = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const next = text[at + 1];
    if (next === '/') depth--;
    if (next === '/' || next === '!' || next === '?') continue;
    elements++;
    const end = text.indexOf('>', at);
    if (end < 0) return false;
    if (text[end - 1] !== '/') depth++;
    if (depth > DEPTH_MAX || elements > ELEMENTS_MAX) return true;
  }
  return false;
}

function parse(text: string): Element | undefined {
  try {
    const isStrict = (level: string): void => {
      if (level !== 'warning') throw new SyntaxError(level);
    };
    return new DOMParser({ onError: isStrict, locator: false }).parseFromString(text, 'text/xml').documentElement ?? undefined;
  } catch {
    // The parser reports what is not well-formed by throwing; the caller gets a value instead.
    return undefined;
  }
}

function elementOf(element: Element, depthLeft: number): XmlElement | undefined {
  if (!NAMESPACES.has(element.namespaceURI ?? '') || depthLeft === 0) return undefined;
  const children: XmlElement[] = [];
  let text = '';
  for (let node: Node | null = element.firstChild; node !== null; node = node.nextSibling) {
    if (TEXT_NODES.has(node.nodeType)) text += node.nodeValue ?? '';
    if (node.nodeType !== ELEMENT_NODE) continue;
    const child = elementOf(node as Element, depthLeft - 1);
    if (child !== undefined) children.push(child);
  }
  return { name: element.localName ?? element.nodeName, text: text.trim(), children };
}
