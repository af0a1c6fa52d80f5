// What a record brings of texts from outside, made harmless or masked before anything is made of it: nothing behind this can
// let a name slip through.

import type { EndpointInfo } from '../../../events/endpoint-info.js';
import type { ProbeEvent } from '../../../events/events.js';
import { plainText } from '../../../events/plain-text.js';
import type { SessionInfo } from '../../../events/session-info.js';
import { Mask } from './mask.js';

export class EventTexts {
  readonly #mask: Mask | null;

  /** @param known all endpoints on record: what a mark calls by name before it comes is masked as well */
  constructor(masked: boolean, known: readonly EndpointInfo[]) {
    this.#mask = masked ? new Mask() : null;
    for (const info of known) this.#mask?.endpoint(plainInfo(info));
  }

  session(info: SessionInfo): SessionInfo {
    return { ...info, endpoints: info.endpoints.map((endpoint) => this.#endpoint(endpoint)) };
  }

  event(event: ProbeEvent): ProbeEvent {
    switch (event.type) {
      case 'endpoint':
        return { ...event, info: this.#endpoint(event.info) };
      case 'resolved':
        return { ...event, address: this.#address(event.address) };
      case 'mark':
        return { ...event, text: this.#free(event.text) };
      case 'unsent':
        return { ...event, error: this.#free(event.error) };
      case 'unreachable':
        return { ...event, from: this.#address(event.from) };
      case 'sent':
      case 'answered':
      case 'lost':
      case 'late':
      case 'void':
      case 'duplicate':
      case 'rejected':
      case 'gap':
      case 'stall':
      case 'clock':
      case 'removed':
      case 'traffic':
      case 'verdict':
        return event;
    }
  }

  #endpoint(info: EndpointInfo): EndpointInfo {
    const plain = plainInfo(info);
    return this.#mask === null ? plain : this.#mask.endpoint(plain);
  }

  #address(address: string): string {
    const plain = plainText(address);
    return this.#mask === null ? plain : this.#mask.address(plain);
  }

  #free(text: string): string {
    const plain = plainText(text);
    return this.#mask === null ? plain : this.#mask.text(plain);
  }
}

const plainInfo = (info: EndpointInfo): EndpointInfo => ({
  ...info,
  target: plainText(info.target),
  label: plainText(info.label),
  address: info.address === null ? null : plainText(info.address),
});
