// What an interface has carried, and how well its Wi-Fi hears: from the kernel's tables as text, /proc/net/dev and
// /proc/net/wireless (proc(5); net/core/net-procfs.c and net/wireless/wext-proc.c of Linux print them).

/** Bytes since the interface came up. */
export type InterfaceBytes = { received: number; sent: number };

/** Columns behind the name. */
const RECEIVED = 0;
const SENT = 8;
const LEVEL = 2;

/** Weaker than noise, or no dBm at all but a driver's own scale. */
const WEAKEST_DBM = -127;

/** Null where there is no such interface. */
export const bytesOf = (name: string, table: string): InterfaceBytes | null => {
  const columns = columnsOf(name, table);
  const [received, sent] = [columns?.[RECEIVED], columns?.[SENT]].map(wholeNumber);
  return received === undefined || sent === undefined ? null : { received, sent };
};

/** In dBm; null where the interface is no Wi-Fi, or its driver doesn't tell. */
export const signalOf = (name: string, table: string): number | null => {
  // "-56." where it has been read anew.
  const level = Number(columnsOf(name, table)?.[LEVEL] ?? NaN);
  return level < 0 && level >= WEAKEST_DBM ? level : null;
};

const columnsOf = (name: string, table: string): readonly string[] | null => {
  for (const line of table.split('\n')) {
    const text = line.trimStart();
    // A name has no colon in it, and no space.
    if (text.startsWith(`${name}:`))
      return text
        .slice(name.length + 1)
        .trim()
        .split(/\s+/);
  }
  return null;
};

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,20}$/.test(text) ? Number(text) : undefined;
