// The parts of blessed and blessed-contrib that are used here, imported singly: their index modules load every widget
// (110 to 260 ms). @types/blessed describes only the index.

declare module 'blessed/lib/program.js' {
  import type { EventEmitter } from 'node:events';

  export type Key = { full?: string; name?: string; ch?: string; sequence?: string };

  export default class Program extends EventEmitter {
    static _bound?: boolean;
    constructor(options: {
      input: EventEmitter;
      output: EventEmitter;
      terminal: string;
      tput: true;
      buffer: true;
      zero: true;
      forceUnicode: boolean;
    });
    /** What the terminal description says; `brokenACS` keeps block elements from becoming VT100 line drawing. */
    tput: { colors: number; unicode: boolean; brokenACS: boolean };
    flush(): void;
  }
}

declare module 'blessed/lib/widgets/screen.js' {
  import type Program from 'blessed/lib/program.js';
  import type Box from 'blessed/lib/widgets/box.js';

  export type Line = [style: number, char: string][] & { dirty: boolean };

  export default class Screen {
    static _bound?: boolean;
    constructor(options: { program: Program; fullUnicode: boolean });
    lines: Line[];
    render(): void;
    /** Clears the terminal and forgets what is on it. */
    alloc(dirty?: boolean): void;
    append(box: Box): void;
    remove(box: Box): void;
  }
}

declare module 'blessed/lib/widgets/box.js' {
  import type Screen from 'blessed/lib/widgets/screen.js';

  export type BoxOptions = {
    parent?: Screen;
    top: number;
    left: number;
    width: number | string;
    height: number | string;
  };

  export default class Box {
    constructor(options: BoxOptions);
    screen: Screen;
    render(): unknown;
    destroy(): void;
  }
}

declare module 'blessed-contrib/lib/widget/charts/line.js' {
  import type Box from 'blessed/lib/widgets/box.js';
  import type { BoxOptions } from 'blessed/lib/widgets/box.js';
  import type Screen from 'blessed/lib/widgets/screen.js';

  export type LineColour = number | 'normal';

  export type LineOptions = BoxOptions & {
    screen: Screen;
    style: { line: LineColour; text: LineColour; baseline: LineColour };
    xLabelPadding: number;
    xPadding: number;
    showLegend: false;
    numYLabels?: number;
    maxY?: number;
    minY?: number;
  };

  export type Series = { title: string; x: string[]; y: number[]; style: { line: LineColour } };

  export default class LineChart extends Box {
    constructor(options: LineOptions);
    options: LineOptions;
    ctx: { lineTo(x: number, y: number): void; moveTo(x: number, y: number): void };
    setData(data: Series[]): void;
  }
}
