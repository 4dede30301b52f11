/** The two documents a scanner describes itself with, read leniently: an absent or odd part is left out, not guessed. */
import type { ScanColorMode, ScanFormat } from '../family.ts';
import { allIn, childOf, numberOf, textOf, type XmlElement } from './xml.ts';

/** One source; sizes in 1/300 inch as the protocol counts them. */
export interface EsclSource {
  readonly source: 'platen' | 'feeder';
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly resolutions: EsclResolutions;
  readonly colorModes: readonly ScanColorMode[];
  readonly formats: readonly ScanFormat[];
  /** It lists formats as DocumentFormatExt, so it wants to be asked that way too. */
  readonly hasFormatExt: boolean;
}

export type EsclResolutions =
  | { readonly kind: 'list'; readonly dpi: readonly number[] }
  | { readonly kind: 'range'; readonly min: number; readonly max: number; readonly step: number };

export interface EsclCapabilities {
  readonly makeAndModel?: string;
  readonly serial?: string;
  readonly sources: readonly EsclSource[];
}

export type EsclAdfState = 'loaded' | 'empty' | 'jam' | 'door-open' | 'processing' | 'unknown';

export interface EsclStatus {
  readonly state: 'idle' | 'processing' | 'testing' | 'stopped' | 'unknown';
  readonly adf: EsclAdfState;
  readonly jobs: readonly EsclJobFacts[];
}

export interface EsclJobFacts {
  readonly uri: string;
  readonly state: 'pending' | 'processing' | 'completed' | 'canceled' | 'aborted' | 'unknown';
  readonly imagesCompleted?: number;
}

/** Undefined when it is not a ScannerCapabilities document with at least one usable source. */
export function readCapabilities(root: XmlElement): EsclCapabilities | undefined {
  if (root.name !== 'ScannerCapabilities') return undefined;
  const platen = childOf(childOf(root, 'Platen'), 'PlatenInputCaps');
  const adf = childOf(root, 'Adf');
  // AirSane and others announce a duplex feeder alone; asked for one side it scans one.
  const feeder = childOf(adf, 'AdfSimplexInputCaps') ?? childOf(adf, 'AdfDuplexInputCaps');
  const sources = [readSource('platen', platen, root), readSource('feeder', feeder, root)].filter((source) => source !== undefined);
  if (sources.length === 0) return undefined;
  const makeAndModel = textOf(root, 'MakeAndModel');
  const serial = textOf(root, 'SerialNumber');
  return { ...(makeAndModel === undefined ? {} : { makeAndModel }), ...(serial === undefined ? {} : { serial }), sources };
}

/** Undefined when it is not a ScannerStatus document. */
export function readStatus(root: XmlElement): EsclStatus | undefined {
  if (root.name !== 'ScannerStatus') return undefined;
  return {
    state: STATES.get(textOf(root, 'State') ?? '') ?? 'unknown',
    adf: ADF_STATES.get(textOf(root, 'AdfState') ?? '') ?? 'unknown',
    jobs: allIn(root, 'JobInfo').flatMap(readJob),
  };
}

/** True when the source scans at `dpi`. */
export function hasResolution(resolutions: EsclResolutions, dpi: number): boolean {
  if (resolutions.kind === 'list') return resolutions.dpi.includes(dpi);
  const { min, max, step } = resolutions;
  return dpi >= min && dpi <= max && (dpi - min) % step === 0;
}

/** The resolutions to offer a person. */
export function resolutionList(resolutions: EsclResolutions): readonly number[] {
  return resolutions.kind === 'list' ? resolutions.dpi : USUAL_DPI.filter((dpi) => hasResolution(resolutions, dpi));
}

const USUAL_DPI = [75, 100, 150, 200, 240, 300, 400, 600, 1200, 2400];
const DPI_MIN = 25;
const DPI_MAX = 4800;

const STATES: ReadonlyMap<string, EsclStatus['state']> = new Map<string, EsclStatus['state']>([
  ['Idle', 'idle'],
  ['Processing', 'processing'],
  ['Testing', 'testing'],
  ['Stopped', 'stopped'],
]);
const ADF_STATES: ReadonlyMap<string, EsclAdfState> = new Map<string, EsclAdfState>([
  ['ScannerAdfLoaded', 'loaded'],
  ['ScannerAdfEmpty', 'empty'],
  ['ScannerAdfJam', 'jam'],
  ['ScannerAdfDoorOpen', 'door-open'],
  ['ScannerAdfProcessing', 'processing'],
]);
const JOB_STATES: ReadonlyMap<string, EsclJobFacts['state']> = new Map<string, EsclJobFacts['state']>([
  ['Pending', 'pending'],
  ['Processing', 'processing'],
  ['Completed', 'completed'],
  ['Canceled', 'canceled'],
  ['Aborted', 'aborted'],
]);
const COLOR_MODES: ReadonlyMap<string, ScanColorMode> = new Map<string, ScanColorMode>([
  ['RGB24', 'color'],
  ['Grayscale8', 'gray'],
  ['BlackAndWhite1', 'bw'],
]);
const FORMATS: ReadonlyMap<string, ScanFormat> = new Map<string, ScanFormat>([
  ['image/png', 'png'],
  ['image/jpeg', 'jpeg'],
]);

function readSource(source: EsclSource['source'], caps: XmlElement | undefined, root: XmlElement): EsclSource | undefined {
  if (caps === undefined) return undefined;
  // Some makers keep the profiles beside the sources instead of inside them.
  const own = allIn(caps, 'SettingProfile');
  const profiles = own.length > 0 ? own : allIn(root, 'SettingProfile');
  const maxWidth = numberOf(caps, 'MaxWidth') ?? 0;
  const maxHeight = numberOf(caps, 'MaxHeight') ?? 0;
  const colorModes = wordsOf(profiles, 'ColorMode', COLOR_MODES);
  const plain = wordsOf(profiles, 'DocumentFormat', FORMATS);
  const extended = wordsOf(profiles, 'DocumentFormatExt', FORMATS);
  const formats = [...new Set([...plain, ...extended])];
  const resolutions = readResolutions(profiles);
  if (maxWidth === 0 || maxHeight === 0 || colorModes.length === 0 || formats.length === 0 || resolutions === undefined) return undefined;
  return { source, maxWidth, maxHeight, resolutions, colorModes, formats, hasFormatExt: extended.length > 0 };
}

function wordsOf<W>(profiles: readonly XmlElement[], name: string, words: ReadonlyMap<string, W>): W[] {
  const found = profiles.flatMap((profile) => allIn(profile, name)).map((element) => words.get(element.text));
  return [...new Set(found.filter((word) => word !== undefined))];
}

/** Discrete ones win over a range where both are given, as in sane-airscan. */
function readResolutions(profiles: readonly XmlElement[]): EsclResolutions | undefined {
  const discrete = profiles
    .flatMap((profile) => allIn(profile, 'DiscreteResolution'))
    .filter((pair) => numberOf(pair, 'XResolution') === numberOf(pair, 'YResolution'))
    .map((pair) => numberOf(pair, 'XResolution') ?? 0)
    .filter((dpi) => dpi >= DPI_MIN && dpi <= DPI_MAX);
  if (discrete.length > 0) return { kind: 'list', dpi: [...new Set(discrete)].sort((a, b) => a - b) };
  const range = profiles.flatMap((profile) => allIn(profile, 'XResolutionRange'))[0];
  const min = Math.max(numberOf(range, 'Min') ?? 0, DPI_MIN);
  const max = Math.min(numberOf(range, 'Max') ?? 0, DPI_MAX);
  return min > max ? undefined : { kind: 'range', min, max, step: Math.max(1, numberOf(range, 'Step') ?? 1) };
}

function readJob(job: XmlElement): EsclJobFacts[] {
  const uri = textOf(job, 'JobUri');
  if (uri === undefined) return [];
  const imagesCompleted = numberOf(job, 'ImagesCompleted');
  const state = JOB_STATES.get(textOf(job, 'JobState') ?? '') ?? 'unknown';
  return [{ uri, state, ...(imagesCompleted === undefined ? {} : { imagesCompleted }) }];
}
