/** Which window of which slot. */
export interface SlotWindow {
  /** The slot's end, UTC; it belongs to the slot. */
  readonly slotEnd: Date
  readonly windowHours: number
}

/** Which scores: of one term, in one window of one slot. */
export interface ScoreKey extends SlotWindow {
  readonly term: string
}
