// The pointer on the wall: where it hovers, what it drags, where it clicks or taps. The handlers get columns, not pixels.

export type PointerHandlers = {
  /** Column at a place of the wall, in pixels of the style sheet from its left edge; null beside the columns. */
  readonly columnAt: (x: number) => number | null;
  /** How wide a column is, in the same pixels. */
  readonly columnWidth: () => number;
  readonly onHover: (column: number | null) => void;
  readonly onPick: (column: number) => void;
  /** So many columns into the past; negative: towards now. */
  readonly onDrag: (columns: number) => void;
};

/** A press that moves less than this is a click. */
const STEADY_HAND = 5;

export const followPointer = (wall: HTMLElement, handlers: PointerHandlers): void => {
  const { columnAt, columnWidth, onHover, onPick, onDrag } = handlers;
  let pressedAt: number | null = null;
  let dragged = 0;
  let isDrag = false;
  const placeOf = (event: PointerEvent | WheelEvent): number => event.clientX - wall.getBoundingClientRect().left;
  const isOnChart = (event: PointerEvent): boolean => event.target instanceof HTMLCanvasElement;

  wall.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !isOnChart(event)) return;
    [pressedAt, dragged, isDrag] = [placeOf(event), 0, false];
    wall.setPointerCapture(event.pointerId);
  });
  wall.addEventListener('pointermove', (event) => {
    const x = placeOf(event);
    if (pressedAt === null) {
      if (event.pointerType === 'mouse') onHover(isOnChart(event) ? columnAt(x) : null);
      return;
    }
    if (!isDrag && Math.abs(x - pressedAt) < STEADY_HAND) return;
    isDrag = true;
    onHover(null);
    const columns = Math.round((x - pressedAt) / columnWidth());
    if (columns !== dragged) onDrag(columns - dragged);
    dragged = columns;
  });
  wall.addEventListener('pointerup', (event) => {
    const column = columnAt(placeOf(event));
    if (pressedAt !== null && !isDrag && column !== null) onPick(column);
    pressedAt = null;
  });
  wall.addEventListener('pointercancel', () => {
    pressedAt = null;
  });
  wall.addEventListener('pointerleave', () => onHover(null));
  wall.addEventListener(
    'wheel',
    (event) => {
      // Up and down scroll the page; sideways goes through time.
      if (Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
      event.preventDefault();
      const columns = Math.trunc(event.deltaX / columnWidth());
      if (columns !== 0) onDrag(-columns);
    },
    { passive: false },
  );
};
