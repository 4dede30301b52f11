/** What the simulators’ control server says, as far as this page reads it. Views are plain JSON of each firmware. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface ArgSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly items?: ArgSchema;
}

export interface ArgsSchema {
  readonly properties?: Readonly<Record<string, ArgSchema>>;
  readonly required?: readonly string[];
}

export interface Gesture {
  readonly name: string;
  readonly doc: Words;
  readonly args: ArgsSchema;
}

export interface FaultKind {
  readonly kind: string;
  readonly doc: Words;
  readonly args: ArgsSchema;
}

export interface SeenTruth {
  readonly [member: string]: unknown;
}

export interface SimulatedDevice {
  readonly id: string;
  readonly model: string;
  readonly family: string;
  readonly name: Words;
  readonly position?: string;
  readonly address: string;
  readonly gestures: readonly Gesture[];
  readonly faults: readonly FaultKind[];
  readonly activeFaults: readonly { readonly kind: string }[];
  readonly view: Readonly<Record<string, unknown>>;
  readonly truths: readonly SeenTruth[];
}

export interface BranchFacts {
  readonly scenario: string;
  readonly seed: number;
  readonly clock: { readonly nowMs: number; readonly speed: number };
  readonly devices: readonly SimulatedDevice[];
}

export type Args = Readonly<Record<string, unknown>>;
/** Does a gesture at one device. */
export type Perform = (gesture: string, args?: Args) => void;
