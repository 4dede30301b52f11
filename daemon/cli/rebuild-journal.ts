import { panelWatch } from '../authority/panel-watch.ts';
import { deviceLedger } from '../devices/device-ledger.ts';
import { journalRebuild, type ExitStatus } from '../journal/journal-command.ts';
import { printedLines } from '../ledger/printed-lines.ts';
import { branchState } from '../registers/branch-state.ts';

/** Rebuilds what `buildDaemon` keeps beside the journal. */
export function rebuildJournal(folder: string): Promise<ExitStatus> {
  return journalRebuild({ folder, out: process.stdout, folds: [branchState, panelWatch], projections: [deviceLedger, printedLines] });
}
