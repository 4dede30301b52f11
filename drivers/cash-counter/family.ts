/**
 * Cash counters: machines that count, authenticate and sort notes, and tell about each.
 *
 * - A *batch* is what the machine counts from its start to its end. A *job* is ours: everything counted for one
 *   purpose, in as many batches as it takes. Machines know nothing of jobs.
 * - The notes told one by one are the truth of a batch; the machine's totals only prove that none was missed.
 *   When they do not agree the batch says `isComplete: false`, and nobody invents the missing notes.
 * - What a machine says of a rejected note besides its code is never trusted: not its denomination, not its
 *   currency. Rejects are counted apart and are in no total.
 */
import { command, defineFamily, event } from '../kit/family.ts';
import { Type, oneOf, record } from '../kit/schema.ts';
import { DeviceState } from '../kit/vocabulary.ts';
import {
  Activity,
  AmountMinor,
  BatchEnd,
  BatchNumber,
  ClosingFigures,
  countFields,
  Currency,
  JobId,
  NoteCount,
  NoteSerial,
  NoteSums,
  TrayState,
} from './words.ts';

const batch = { batch: BatchNumber, jobId: Type.Optional(JobId) };
const sequence = Type.Integer({ minimum: 1, description: 'Place among the notes of the batch that were told of, rejected ones included.' });

const status = record({
  device: DeviceState,
  activity: Activity,
  isCounting: Type.Boolean({ description: 'A batch is open, be it running or waiting for the stacker to be emptied.' }),
  hopper: TrayState,
  stacker: TrayState,
  rejectPocket: TrayState,
  jobId: Type.Optional(JobId),
  /** The batch that is open. Its sums are those of its notes: a status that carried them would be said again for every note. */
  batch: Type.Optional(BatchNumber),
});

const jobSums = record({
  jobId: Type.Optional(JobId),
  batchCount: Type.Integer({ minimum: 0 }),
  isCounting: Type.Boolean(),
  sums: NoteSums,
});

const events = {
  'status-changed': event('What is believed about the cash counter changed.', status),
  'count-started': event('The machine began a batch.', record(batch)),
  'note-counted': event(
    'A note was counted, accepted and stacked.',
    record({
      ...batch,
      sequence,
      currency: Currency,
      denominationMinor: AmountMinor,
      serial: NoteSerial,
      isSerialComplete: Type.Boolean({ description: 'False when positions are unread or the form is not that of the currency.' }),
    }),
  ),
  'note-rejected': event(
    'A note went to the reject pocket. Only the code is to be believed; denomination and currency are not told.',
    record({
      ...batch,
      sequence,
      errorCode: Type.Integer({ minimum: 1, maximum: 255, description: 'Shown as "E<decimal>"; the meaning is the maker’s.' }),
      serial: NoteSerial,
    }),
  ),
  'pocket-full': event('The stacker is full; the batch goes on once it is emptied.', record({ ...batch, noteCount: NoteCount })),
  'figures-disagree': event(
    'The machine’s running totals are not those of the notes seen: reports were lost on the line.',
    record({
      ...batch,
      missingCount: Type.Integer({ description: 'Notes the machine counted more than we saw; negative when it counted fewer.' }),
      missingMinor: Type.Optional(AmountMinor),
    }),
  ),
  'batch-counted': event(
    'A batch ended.',
    record({
      ...batch,
      ...countFields,
      /** That of most notes; XXX when there are none. */
      currency: Currency,
      /** The total in `currency`; other currencies are in `totals`. */
      totalMinor: AmountMinor,
      endedBy: BatchEnd,
      closingFigures: ClosingFigures,
      missingCount: Type.Integer({ description: 'Known to be missing, by the machine’s totals. 0 is no promise: see isComplete.' }),
      missingMinor: Type.Optional(AmountMinor),
    }),
  ),
  'machine-standby': event('The machine went to standby.', record({})),
};

const commands = {
  'begin-job': command({
    doc: 'From here on batches belong to this job. A job that was open ends. Refused while a batch is open: its notes are another’s.',
    args: record({ jobId: JobId }),
    result: record({ jobId: JobId }),
    timeoutMs: 2_000,
    repeat: 'safe',
  }),
  'end-job': command({
    doc: 'Ends the job and tells its sums. A batch that is still open stays with the job. Without a job the sums are empty.',
    args: record({}),
    result: jobSums,
    timeoutMs: 2_000,
    repeat: 'safe',
  }),
  identify: command({
    doc: 'Ask the machine whether it is there and is what it should be. Refused while notes move.',
    args: record({}),
    result: record({}),
    timeoutMs: 2_000,
    repeat: 'safe',
    health: 'internal',
  }),
};

export const cashCounter = defineFamily({
  kind: 'cash-counter',
  status,
  capabilities: record({
    hasHostControl: Type.Boolean({ description: 'Whether start, stop and modes can be ordered from here.' }),
    tellsNotes: Type.Boolean({ description: 'Whether each note is told of on its own.' }),
    tellsSerials: Type.Boolean(),
    hasImages: Type.Boolean(),
    tellsRejects: oneOf(['meaning', 'codeOnly', 'no']),
    tellsTrays: Type.Array(oneOf(['hopper', 'stacker', 'rejectPocket']), {
      maxItems: 3,
      description: 'Trays whose state the machine reports.',
    }),
    healthLevels: Type.Array(oneOf(['internal', 'external', 'interactive']), { maxItems: 3 }),
  }),
  events,
  commands,
});
export type CashCounter = typeof cashCounter;
