import { faultVocabulary } from '../kit/faults.ts';
import { scenarioNames, loadScenario } from '../scenarios/load-scenario.ts';
import { simulators } from '../simulators.generated.ts';
import { printLine } from './run-program.ts';

/** Models that can be simulated, and the scenarios that come with counterd. */
export function printList(isJson: boolean): void {
  const models = simulators.map(({ id, name, wire, baud, gestures, firmwareFaults }) => ({
    id,
    name,
    wire,
    baud,
    gestures: Object.keys(gestures),
    firmwareFaults,
  }));
  const scenarios = scenarioNames().map((id) => {
    const { name, doc, devices } = loadScenario(id).scenario;
    return { id, name, doc, devices: devices.map((device) => device.model) };
  });
  if (isJson) {
    printLine({ models, scenarios });
    return;
  }
  printTable(
    'models',
    models.map(({ id, name, gestures }) => [id, `${name.zh} ${name.en}`, gestures.join(', ')]),
  );
  printTable(
    'scenarios',
    scenarios.map(({ id, name, doc }) => [id, `${name.zh} ${name.en}`, doc.en]),
  );
}

/** What can go wrong on purpose. */
export function printFaults(isJson: boolean): void {
  const faults = Object.entries(faultVocabulary).map(([kind, { place, doc, args }]) => ({ kind, place, doc, args }));
  if (isJson) {
    printLine(faults);
    return;
  }
  printTable(
    'faults',
    faults.map(({ kind, place, doc, args }) => [`${kind} ${Object.keys(args.properties).join(' ')}`.trim(), place, `${doc.zh} ${doc.en}`]),
  );
}

function printTable(title: string, rows: readonly (readonly string[])[]): void {
  process.stdout.write(`${title}\n`);
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => displayWidth(row[column] ?? ''))));
  for (const row of rows) {
    const cells = row.map((text, column) => text + ' '.repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(text))));
    process.stdout.write(`  ${cells.join('  ').trimEnd()}\n`);
  }
}

/** Chinese characters take two columns of a terminal. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u2e80-\u9fff\uff00-\uffef]/.test(character) ? 2 : 1;
  return width;
}
