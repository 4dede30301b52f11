/** docs/EVENTS.md: every entry type, from the schemas that check it on its way into the journal. */
import { eventCatalog, securityOnlyTypes, type EntryType } from '../daemon/contract/index.ts';

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: string | number | boolean;
  readonly enum?: readonly (string | number)[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

export function eventsPage(): string {
  const types = Object.keys(eventCatalog) as EntryType[];
  const areas = new Map<string, EntryType[]>();
  for (const type of types) {
    const area = type.split('.')[0] ?? '';
    areas.set(area, [...(areas.get(area) ?? []), type]);
  }
  return [
    '# Events',
    '',
    'Written by `npm run gen` from `daemon/contract`. Do not edit.',
    '',
    'Every entry of the journal, of the live feed (`entry`) and of `/api/v1/entries`. Around each: `seq` (1, 2, 3 … without a gap), `at`,',
    '`device`, `position`, `actor`, `cause` (command id), `flow`, `attachment`, `prev` and `hash`. `x?` may be absent. 🔒: sent only to those',
    'who may see hold-up and duress.',
    '',
    ...[...areas].flatMap(([area, own]) => [`## ${area}`, '', ...own.flatMap(eventSection)]),
  ].join('\n');
}

function eventSection(type: EntryType): readonly string[] {
  const { doc, data } = eventCatalog[type];
  const fields = fieldRows(data);
  return [
    `### ${type}${securityOnlyTypes.has(type) ? ' 🔒' : ''}`,
    '',
    doc,
    '',
    ...(fields.length === 0 ? [] : ['| field | type | meaning |', '|---|---|---|', ...fields, '']),
  ];
}

function fieldRows({ properties = {}, required = [] }: Schema): readonly string[] {
  return Object.entries(properties).map(
    ([name, schema]) =>
      `| \`${name}${required.includes(name) ? '' : '?'}\` | ${cell(typeText(schema))} | ${cell(schema.description ?? schema.items?.description ?? '')} |`,
  );
}

/** A schema in one line. */
function typeText(schema: Schema): string {
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeText).join(' or ');
  if (schema.items !== undefined) return `list of ${typeText(schema.items)}`;
  if (schema.properties !== undefined) {
    const { properties, required = [] } = schema;
    const fields = Object.entries(properties).map(([name, inner]) => `${name}${required.includes(name) ? '' : '?'}: ${typeText(inner)}`);
    return `{ ${fields.join('; ')} }`;
  }
  const [inner] = Object.values(schema.patternProperties ?? {});
  return inner === undefined ? (schema.type ?? 'anything') : `map to ${typeText(inner)}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
