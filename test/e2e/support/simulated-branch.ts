/** The people and the physics of the branch: gestures, faults and what really happened, over the control server. */
export class SimulatedBranch {
  readonly #control: string;

  constructor(control: string) {
    this.#control = control.replace(/\/$/, '');
  }

  /** Performs a gesture; throws with the answer when the world says no. */
  async gesture(device: string, name: string, args: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.#send('POST', `/api/devices/${device}/gestures/${name}`, args);
  }

  async pull(device: string): Promise<void> {
    await this.#send('POST', `/api/devices/${device}/faults`, { kind: 'unplug' });
  }

  async replug(device: string): Promise<void> {
    await this.#send('DELETE', `/api/devices/${device}/faults/unplug`);
  }

  /** What a person standing at the device sees. */
  async view(device: string): Promise<Readonly<Record<string, unknown>>> {
    const branch = (await (await fetch(`${this.#control}/api/branch`)).json()) as {
      devices: { id: string; view: Record<string, unknown> }[];
    };
    return branch.devices.find(({ id }) => id === device)?.view ?? {};
  }

  async picture(device: string, name: string): Promise<Uint8Array> {
    return new Uint8Array(await (await fetch(`${this.#control}/api/devices/${device}/pictures/${name}.png`)).arrayBuffer());
  }

  async #send(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<void> {
    const answer = await fetch(`${this.#control}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }
}
