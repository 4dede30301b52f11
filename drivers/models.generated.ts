// Written by `npm run gen` from the folders beside it. Do not edit.
import type { AnyModel } from './kit/model.ts';
import { model as alarmPanelDscIt100 } from './alarm-panel/dsc-it100/driver.ts';
import { model as cashCounterZmAa55 } from './cash-counter/zm-aa55/driver.ts';
import { model as passbookPrinterCsi4915 } from './passbook-printer/csi-4915/driver.ts';
import { model as passbookPrinterEpsonEscpk } from './passbook-printer/epson-escpk/driver.ts';
import { model as sealScannerEscl } from './seal-scanner/escl/driver.ts';

/** Every device model counterd speaks to. */
export const deviceModels: readonly AnyModel[] = [alarmPanelDscIt100, cashCounterZmAa55, passbookPrinterCsi4915, passbookPrinterEpsonEscpk, sealScannerEscl];
