import type { PlanNode } from '../plan/command.ts'
import type { LocalData } from './local-data.ts'

/** What happens before any plan leaves: the server gets the rows that it speaks of. */
export class PlanGate {
  readonly #localData: LocalData

  constructor(localData: LocalData) {
    this.#localData = localData
  }

  /** @throws SparkConnectError */
  async pass(_plan: PlanNode): Promise<void> {
    await this.#localData.send()
  }
}
