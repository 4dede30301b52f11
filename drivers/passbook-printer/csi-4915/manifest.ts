import type { Manifest } from '../../kit/manifest.ts';

export const manifest: Manifest = {
  family: 'passbook-printer',
  model: 'csi-4915',
  maker: 'Wincor Nixdorf',
  name: 'Wincor HPR 4915 language (Tally/Dascom T5023, T5040)',
  protocol: 'CSI sequences of the T5023/T5023+ Programming Guide and the Dascom T5040 Programmer’s Manual, with ESC/P-like text',
  evidence: 'unverified',
  unverified: [
    'The opening marks of a link and the order of their echoes were read, not seen on a machine; the printer has no identity to ask for.',
    'Which of the two numbers of CSI n;m " z names the message is not known; 2 in either is read as NO PAPER, every other number as nothing.',
    'What the printer does with bytes that arrive while it is in ERROR is in no manual read; it is taken to discard them until it is ONLINE again.',
    'Whether STOP keeps the jobs is not stated; the driver waits for their mark and calls the line doubtful when it does not come.',
    'Whether CSI 1 ! p is the top edge itself or 1/180 inch below it is not known; `topOfFormMm` moves the origin.',
    'What NUL and CAN do inside a cut CSI sequence or stripe text is not stated; they are taken to end it, and a torn stripe text is taken not to be written.',
    'The lead of the first column (`leftEdgeMm`) is set at the printer; 1/6 inch is the smallest of the machines read about.',
    'The numbers of CSI n # z (station, width, feeds, stripe, type, memory) are not known; the option `configuration` sends what the bank’s manual says.',
    'Flow control by XON and XOFF is documented for the 5040; READY/BUSY needs `flow=rtscts` in the address.',
    'The bold, double width and hanzi commands are those that the T5023 guide shares with ESC/P-K; a 4915 without hanzi prints none.',
    'The error numbers of a stripe read other than 0, its threshold and its block have no documented meaning; each counts as unreadable.',
    'That a document at the mouth is drawn in for a pass over the stripe, without a command of its own, is taken from the example.',
    'The report of parameters that follows a serial BREAK has no documented form; it is read as junk.',
  ],
  transports: [
    { scheme: 'serial', baud: 9600, parity: 'none', dataBits: 8, stopBits: 1 },
    { scheme: 'tcp', port: 9100 },
  ],
  usb: [],
};
