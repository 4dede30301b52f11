import type { Static, TObject, TSchema } from './schema.ts';

/** The four kinds of device. */
export type FamilyKind = 'passbook-printer' | 'cash-counter' | 'seal-scanner' | 'alarm-panel';

/** Health checks as UnifiedPOS names them: by itself, with a visible effect at the device, with a person. */
export type HealthLevel = 'internal' | 'external' | 'interactive';

export interface EventSpec<D extends TObject = TObject> {
  /** One sentence: when it happens. Shown in docs/EVENTS.md and the AsyncAPI document. */
  readonly doc: string;
  readonly data: D;
}

export interface CommandSpec<A extends TObject = TObject, R extends TSchema = TSchema> {
  readonly doc: string;
  readonly args: A;
  readonly result: R;
  /** The longest a device may take; then the runner settles the command itself. */
  readonly timeoutMs: number;
  /**
   * `safe`: doing it twice changes nothing; when the link breaks it has *failed*.
   * `unsafe`: paper, cash or an alarm state may move; once a byte has left, a break leaves it *in doubt*.
   */
  readonly repeat: 'safe' | 'unsafe';
  /** Set when the command is one of the three health checks. */
  readonly health?: HealthLevel;
}

/** The one definition of a family: status, capabilities, events, commands. Everything else derives from it. */
export interface FamilyDefinition {
  readonly kind: FamilyKind;
  readonly status: TObject;
  readonly capabilities: TObject;
  readonly events: Readonly<Record<string, EventSpec>>;
  readonly commands: Readonly<Record<string, CommandSpec>>;
}

/** Checks the shape of a family definition and keeps its literal types. */
export function defineFamily<const F extends FamilyDefinition>(family: F): F {
  return family;
}

export function event<D extends TObject>(doc: string, data: D): EventSpec<D> {
  return { doc, data };
}

export function command<A extends TObject, R extends TSchema>(spec: CommandSpec<A, R>): CommandSpec<A, R> {
  return spec;
}

/** `{ type: 'cash-counter.batch-counted', data: … } | …`, with `<kind>.status-changed` for the status. */
export type FamilyEvent<F extends FamilyDefinition> = {
  readonly [K in keyof F['events'] & string]: {
    readonly type: `${F['kind']}.${K}`;
    readonly data: Static<F['events'][K]['data']>;
  };
}[keyof F['events'] & string];

/** `{ name: 'arm', args: … } | …` */
export type FamilyCommand<F extends FamilyDefinition> = {
  readonly [K in keyof F['commands'] & string]: {
    readonly name: K;
    readonly args: Static<F['commands'][K]['args']>;
  };
}[keyof F['commands'] & string];

export type FamilyStatus<F extends FamilyDefinition> = Static<F['status']>;
export type FamilyCapabilities<F extends FamilyDefinition> = Static<F['capabilities']>;
