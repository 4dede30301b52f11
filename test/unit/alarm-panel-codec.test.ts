import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromLatin1, toLatin1 } from '../../drivers/kit/bytes.ts';
import { codec } from '../../drivers/alarm-panel/dsc-it100/codec.ts';
import { describe as inWords } from '../../drivers/alarm-panel/dsc-it100/describe.ts';
import { specOf } from '../../drivers/alarm-panel/dsc-it100/frames.ts';
import { refusalOf } from '../../drivers/alarm-panel/dsc-it100/refusals.ts';
import { lineCodec } from '../../simulators/alarm-panel/dsc-it100/line.ts';
import { freshSeed } from '../support/fresh-seed.ts';
import { withSum } from '../support/panel-line.ts';

function read(text: string) {
  return codec
    .decoder()
    .push(fromLatin1(text))
    .map((piece) => (piece.kind === 'frame' ? piece.frame : piece.reason));
}

describe('the IT-100 line', () => {
  it('reads glued lines one by one and split lines when they are whole', () => {
    expect(read('6501CC\r\n60900231\r\n')).toEqual([
      { code: '650', data: '1' },
      { code: '609', data: '002' },
    ]);
    const decoder = codec.decoder();
    const seen = Array.from('6501CC\r\n').flatMap((byte) => decoder.push(fromLatin1(byte)));
    expect(seen).toMatchObject([{ kind: 'frame', frame: { code: '650', data: '1' } }]);
  });

  it('holds a line without its end, and takes it when the end comes', () => {
    const decoder = codec.decoder();
    expect(decoder.push(fromLatin1('200123456C7'))).toEqual([]);
    expect(decoder.buffered).toBe(11);
    expect(decoder.push(fromLatin1('\r\n'))).toMatchObject([{ frame: { code: '200', data: '123456' } }]);
  });

  it('reads both published forms of a code, and no other length', () => {
    expect(read(withSum('200123400'))).toEqual([{ code: '200', data: '123400' }]);
    expect(read(withSum('20011234'))).toEqual([{ code: '200', data: '11234' }]);
    expect(read(withSum('2001234'))).toEqual(['length']);
  });

  it('finds the line behind the noise of a port that opens, and gives up the line the noise stuck to', () => {
    expect(read('\x00\xff6501CC\r\n')).toEqual(['unframed', 'unframed', { code: '650', data: '1' }]);
    expect(read('\x00U6501CC\r\n6501CC\r\n')).toEqual(['unframed', 'unframed', { code: '650', data: '1' }]);
  });

  it.each(['0830112226', '08301122', '08:30:12'])('strips the time stamp %s, which the sum does not cover', (stamp) => {
    expect(read(`${stamp} 6501CC\r\n`)).toEqual([{ code: '650', data: '1', stamp }]);
  });

  it('does not take a label of digits for a time stamp', () => {
    const label = `57000112 34 Street door`.padEnd(38);
    expect(read(withSum(label))).toEqual([{ code: '570', data: label.slice(3) }]);
  });

  it('refuses every single altered character of a line', () => {
    const line = withSum('60110055D'.slice(0, -2));
    for (let at = 0; at < line.length - 2; at++) {
      for (const wrong of '0123456789ABCDEF'.replace(line.charAt(at), '')) {
        const altered = line.slice(0, at) + wrong + line.slice(at + 1);
        expect(typeof read(altered)[0], altered).toBe('string');
      }
    }
  });

  it('understands what the simulated module writes, and is understood, whatever code and data', () => {
    const data = fc.stringMatching(/^[ -~]{0,20}$/);
    const body = fc.tuple(
      fc.integer({ min: 0, max: 999 }).map((code) => String(code).padStart(3, '0')),
      data,
    );
    fc.assert(
      fc.property(body, ([code, text]) => {
        const lengths = specOf(code)?.lengths;
        fc.pre(lengths === undefined || lengths.includes(text.length));
        expect(read(toLatin1(lineCodec.encode({ kind: 'line', code, data: text })))).toEqual([{ code, data: text }]);
        expect(lineCodec.decoder().push(codec.encode({ code, data: text }))).toMatchObject([{ frame: { command: code, data: text } }]);
      }),
      { seed: freshSeed, examples: [[['033', '1123400']]] },
    );
  });
});

describe('the words for the frame inspector', () => {
  it.each([
    ['033', '1123400'],
    ['040', '1123400'],
    ['200', '123400'],
    ['200', '11234'],
    ['005', '1234'],
    ['070', '1'],
  ])('mask the code in %s', (code, data) => {
    const words = inWords({ code, data });
    expect(words).toContain('•');
    expect(words.slice(3)).not.toMatch(/1234|: 1$/);
  });

  it('say what a line says', () => {
    expect(inWords({ code: '652', data: '10' })).toBe('652 partition armed: partition 1, away');
    expect(inWords({ code: '601', data: '1005' })).toBe('601 zone alarm: partition 1, zone 5');
    expect(inWords({ code: '502', data: '024' })).toBe('502 system error: 024 partition not ready to arm');
    expect(inWords({ code: '903', data: '91' })).toBe('903 keypad lamp: AC on');
    expect(inWords({ code: '777', data: 'x' })).toBe('777 unknown code: x');
  });

  it('show an unknown error number instead of guessing', () => {
    expect(refusalOf('999')).toEqual({ code: 'CD_DEVICE_REJECTED', words: 'unknown error 999' });
  });
});
