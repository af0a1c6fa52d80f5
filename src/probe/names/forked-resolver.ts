// getaddrinfo in a child process. It knows /etc/hosts and the machine's name services, which no resolver in JavaScript
// does; but it blocks for 10 s and more where the name server doesn't answer, and a thread of libuv's pool that hangs in
// it holds up the exit of the whole process (10.0 s measured, Node 20). A child is killed at once. It is started when a
// name is to be resolved and ended when it has had nothing to do for a while: names are rarely asked for twice.

import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childrenRefused, ordinaryEnvironment, startChild } from '../process/children.js';
import { lookupAnswer } from './lookup-messages.js';
import type { LookupAnswer, LookupQuestion, LookupRequest } from './lookup-messages.js';
import type { Family, Resolver } from '../ports.js';

const CHILD = fileURLToPath(new URL('./lookup-child.js', import.meta.url));
const IDLE_MS = 5_000;

/**
 * Threads in which the child waits for name servers. libuv gives half of its pool to what is slow, by default two threads:
 * two reverse lookups that hang would hold up every name.
 */
const CHILD_THREADS = '16';

type Answered = Exclude<LookupAnswer, { code: string }>;
type Pending = {
  question: LookupQuestion;
  resolve: (answer: Answered) => void;
  reject: (error: Error) => void;
};

const failure = (question: LookupQuestion, code: string): Error => {
  const what = 'address' in question ? question.address : question.host;
  return Object.assign(new Error(`cannot resolve ${what}: ${code}`), { code });
};

export class ForkedResolver implements Resolver {
  readonly #pending = new Map<number, Pending>();
  /** Resolves in this process where no child can or may be started, say because its user may not run node's binary. */
  readonly #fallback: Resolver;
  #child: ChildProcess | null = null;
  #idle: NodeJS.Timeout | null = null;
  #nextId = 0;
  #forkFailed = false;
  #closed = false;

  constructor(fallback: Resolver) {
    this.#fallback = fallback;
    process.once('exit', this.close);
  }

  async resolve(host: string, family: Family | null): Promise<readonly string[]> {
    if (this.#forkFailed || childrenRefused() !== null) return this.#fallback.resolve(host, family);
    try {
      const answer = await this.#ask({ host, family });
      return 'addresses' in answer ? answer.addresses : [];
    } catch (error) {
      // It has turned out that no child can be had.
      if (this.#forkFailed) return this.#fallback.resolve(host, family);
      throw error;
    }
  }

  /**
   * What an address is called (getnameinfo); never asked in this process.
   * @throws Error with a `code` where it has no name, or nobody tells
   */
  readonly nameOf = async (address: string): Promise<string> => {
    const question = { address };
    if (this.#forkFailed || childrenRefused() !== null) throw failure(question, 'EAI_AGAIN');
    const answer = await this.#ask(question);
    if (!('name' in answer)) throw failure(question, 'EAI_FAIL');
    return answer.name;
  };

  /** Ends the child at once. Whatever is pending is never answered. */
  readonly close = (): void => {
    this.#closed = true;
    process.removeListener('exit', this.close);
    this.#endChild();
  };

  #ask(question: LookupQuestion): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#pending.set(id, { question, resolve, reject });
      if (this.#idle !== null) clearTimeout(this.#idle);
      this.#childFor().send({ id, ...question } satisfies LookupRequest, (error) => {
        if (error !== null) this.#fail(id, 'EAI_AGAIN');
      });
    });
  }

  #childFor(): ChildProcess {
    if (this.#child !== null) return this.#child;
    // Detached, so that a terminal's Ctrl-C goes to this process alone; and nothing here waits for it.
    const child = startChild(process.execPath, [CHILD], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      detached: true,
      env: { ...ordinaryEnvironment(), UV_THREADPOOL_SIZE: CHILD_THREADS },
    });
    this.#child = child;
    child.unref();
    child.channel?.unref();
    child.on('message', (message) => this.#answered(message));
    child.on('error', () => {
      this.#forkFailed ||= child.pid === undefined;
      this.#lost(child);
    });
    child.on('exit', (status) => {
      // It ends by itself only where it can't begin: its user, whom we became, may not read its file.
      this.#forkFailed ||= status !== null && status !== 0;
      this.#lost(child);
    });
    return child;
  }

  #answered(message: unknown): void {
    const answer = lookupAnswer(message);
    if (answer === null) return;
    if ('code' in answer) this.#fail(answer.id, answer.code);
    else {
      this.#pending.get(answer.id)?.resolve(answer);
      this.#pending.delete(answer.id);
    }
    if (this.#pending.size === 0) this.#idle = setTimeout(() => this.#endChild(), IDLE_MS).unref();
  }

  #fail(id: number, code: string): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (pending !== undefined) pending.reject(failure(pending.question, code));
  }

  /** The child has ended by itself, or never came to be. The caller tries again in its own time. */
  #lost(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = null;
    if (this.#closed) return;
    for (const id of this.#pending.keys()) this.#fail(id, 'EAI_AGAIN');
  }

  #endChild(): void {
    const child = this.#child;
    this.#child = null;
    child?.kill('SIGKILL');
  }
}
