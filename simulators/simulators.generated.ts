// Written by `npm run gen` from the folders beside it. Do not edit.
import type { AnySimulator } from './kit/simulator.ts';
import { simulator as alarmPanelDscIt100 } from './alarm-panel/dsc-it100.ts';
import { simulator as cashCounterZmAa55 } from './cash-counter/zm-aa55.ts';
import { simulator as passbookPrinterCsi4915 } from './passbook-printer/csi-4915.ts';
import { simulator as passbookPrinterEpsonEscpk } from './passbook-printer/epson-escpk.ts';
import { simulator as sealScannerEscl } from './seal-scanner/escl.ts';

/** Every device that can be simulated. */
export const simulators: readonly AnySimulator[] = [alarmPanelDscIt100, cashCounterZmAa55, passbookPrinterCsi4915, passbookPrinterEpsonEscpk, sealScannerEscl];
