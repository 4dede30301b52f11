import { LineCounter, isMap, isNode, isScalar, parseDocument, type Document } from 'yaml';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { checker, type TSchema } from '../../drivers/kit/schema.ts';
import { faultVocabulary } from '../kit/faults.ts';
import type { AnySimulator } from '../kit/simulator.ts';
import { Scenario, type ScenarioDevice, type ScenarioMoment } from './scenario.ts';

type Path = readonly (string | number)[];

interface Misplaced {
  readonly path: Path;
  readonly message: string;
}

/**
 * Reads a scenario and checks all of it before anything starts: shape, models, worlds, gestures, faults.
 * Throws one CD_SIM_SCENARIO that lists everything found, each with its line.
 */
export function parseScenario(text: string, simulators: readonly AnySimulator[]): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const lineOf = (path: Path): number => lines.linePos(placeOf(document, path)).line;
  if (document.errors.length > 0) {
    refuse(document.errors.map((error) => `line ${lines.linePos(error.pos[0]).line}: ${error.message}`));
  }
  const value: unknown = document.toJS();
  const shape = misplaced(Scenario, value, []);
  if (shape.length > 0) refuse(shape.map((each) => sentence(each, lineOf)));
  const scenario = value as Scenario;
  const faults = [
    ...scenario.devices.flatMap((device, index) => deviceFaults(device, { index, scenario, simulators })),
    ...(scenario.timeline ?? []).flatMap((moment, index) => momentFaults(moment, { index, scenario, simulators })),
  ];
  if (faults.length > 0) refuse(faults.map((each) => sentence(each, lineOf)));
  return scenario;
}

interface Surroundings {
  readonly index: number;
  readonly scenario: Scenario;
  readonly simulators: readonly AnySimulator[];
}

function deviceFaults(device: ScenarioDevice, { index, scenario, simulators }: Surroundings): Misplaced[] {
  const path = ['devices', index];
  const simulator = simulators.find((each) => each.id === device.model);
  if (simulator === undefined) {
    return [{ path: [...path, 'model'], message: `"${device.model}" is none of: ${simulators.map((each) => each.id).join(', ')}` }];
  }
  const faults = misplaced(simulator.world, device.world ?? {}, [...path, 'world']);
  if (scenario.devices.findIndex((each) => each.id === device.id) !== index) {
    faults.push({ path: [...path, 'id'], message: `"${device.id}" is used twice` });
  }
  if (simulator.wire === 'http' && device.wire !== undefined) {
    faults.push({ path: [...path, 'wire'], message: 'this model is reached over HTTP; leave the key out' });
  }
  return faults;
}

function momentFaults(moment: ScenarioMoment, { index, scenario, simulators }: Surroundings): Misplaced[] {
  const path = ['timeline', index];
  const model = scenario.devices.find((each) => each.id === moment.device)?.model;
  const simulator = simulators.find((each) => each.id === model);
  if (simulator === undefined) return [{ path: [...path, 'device'], message: `there is no device "${moment.device}"` }];
  const { gesture, fault, clear, args = {} } = moment;
  if ([gesture, fault, clear].filter((each) => each !== undefined).length !== 1) {
    return [{ path, message: 'needs exactly one of gesture, fault, clear' }];
  }
  if (gesture !== undefined) {
    const spec = Object.hasOwn(simulator.gestures, gesture) ? simulator.gestures[gesture] : undefined;
    if (spec === undefined) {
      return [{ path: [...path, 'gesture'], message: `"${gesture}" is none of: ${Object.keys(simulator.gestures).join(', ')}` }];
    }
    return misplaced(spec.args, args, [...path, 'args']);
  }
  return fault === undefined ? [] : misplaced(faultVocabulary[fault].args, args, [...path, 'args']);
}

function misplaced(schema: TSchema, value: unknown, under: Path): Misplaced[] {
  return checker(schema)
    .misfits(value)
    .map(({ path, message }) => ({ path: [...under, ...pointerParts(path)], message }));
}

function pointerParts(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}

function sentence({ path, message }: Misplaced, lineOf: (path: Path) => number): string {
  const key = path.reduce<string>(
    (words, part) => (typeof part === 'number' ? `${words}[${part}]` : words === '' ? part : `${words}.${part}`),
    '',
  );
  return `line ${lineOf(path)}: ${key === '' ? 'the file' : key} ${message}`;
}

/** Where the deepest part of `path` that is in the file begins: the key, when the last part is one. */
function placeOf(document: Document, path: Path): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === path[depth - 1]) : undefined;
    const node: unknown = pair?.key ?? document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function refuse(sentences: readonly string[]): never {
  throw new CounterdError('CD_SIM_SCENARIO', [...new Set(sentences)].slice(0, 20).join('\n'));
}
