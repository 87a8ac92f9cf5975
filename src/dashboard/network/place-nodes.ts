import { setImmediate } from 'node:timers/promises'

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force'
import type { SimulationLinkDatum, SimulationNodeDatum } from 'd3-force'

import type { Graph, Node } from './graph.ts'

/** Where a node stands; the middle of the picture is at 0, 0. */
export interface PlacedNode extends Node {
  readonly x: number
  readonly y: number
  readonly radius: number
}

export interface PlacedGraph extends Omit<Graph, 'nodes'> {
  readonly nodes: readonly PlacedNode[]
}

interface Moving extends SimulationNodeDatum {
  readonly id: string
  readonly radius: number
}

const TICKS = 260
const TICKS_AT_A_TIME = 10 // so that other readers are answered in between
const SMALLEST = 3.5
const LARGEST = 17

/** Places nodes by forces. The same graph stands the same way each time: d3 starts in a spiral and rolls no dice. */
export async function placeNodes(graph: Graph): Promise<PlacedGraph> {
  const most = Math.max(1, ...graph.nodes.map(({ received }) => received))
  const radiusOf = ({ received }: Node): number =>
    SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(received / most)
  const moving = graph.nodes.map((node): Moving => ({ id: node.id, radius: radiusOf(node) }))
  const links = graph.links.map((link): SimulationLinkDatum<Moving> => ({ ...link }))
  const simulation = forceSimulation(moving)
    .force(
      'link',
      forceLink<Moving, SimulationLinkDatum<Moving>>(links)
        .id(({ id }) => id)
        .distance(34)
        .strength(0.35),
    )
    .force('charge', forceManyBody().strength(-55).distanceMax(320))
    .force(
      'collide',
      forceCollide<Moving>(({ radius }) => radius + 2),
    )
    .force('x', forceX().strength(0.045))
    .force('y', forceY().strength(0.075)) // a picture is wider than high
    .stop()
  for (let done = 0; done < TICKS; done += TICKS_AT_A_TIME) {
    simulation.tick(TICKS_AT_A_TIME)
    await setImmediate()
  }
  const nodes = graph.nodes.map((node, index): PlacedNode => {
    const at = moving[index]
    return { ...node, x: at?.x ?? 0, y: at?.y ?? 0, radius: at?.radius ?? SMALLEST }
  })
  return { ...graph, nodes }
}
