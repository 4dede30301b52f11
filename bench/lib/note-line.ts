/** A note counter at the end of a pseudo-terminal that reports as many notes as it is told, each by a serial number of its own. */
import { packetCodec, reportPacket } from '../../simulators/cash-counter/zm-aa55/packet.ts';
import { STATUS } from '../../simulators/cash-counter/zm-aa55/machine-state.ts';
import type { LineEnd } from '../../simulators/serve/line-end.ts';
import { ptyEnd } from '../../simulators/serve/pty.ts';

export class NoteLine {
  readonly path: string;
  readonly #end: LineEnd;
  #count = 0;

  private constructor(path: string, end: LineEnd) {
    this.path = path;
    this.#end = end;
  }

  static async open(path: string): Promise<NoteLine> {
    const decoder = packetCodec.decoder();
    const end = await ptyEnd(path)(
      (bytes) => {
        for (const piece of decoder.push(bytes)) if (piece.kind === 'frame') end.deliver(packetCodec.encode(piece.frame));
      },
      () => undefined,
    );
    return new NoteLine(path, end);
  }

  /** One note of a hundred yuan. `serial`: ten characters. */
  report(serial: string): void {
    const count = ++this.#count;
    const fields = { count, face: 100, amount: count * 100, currency: 'CNY', serial, errorCode: 0, status: STATUS.note };
    this.#end.deliver(packetCodec.encode(reportPacket(fields)));
  }

  close(): Promise<void> {
    return this.#end.close();
  }
}
