import { extent } from 'd3-array'
import { html, raw } from 'hono/html'

import { nothing, type Markup } from '../layout/markup.ts'
import { tenth, whole } from '../layout/numbers.ts'
import { shown } from '../layout/people-text.ts'
import type { PlacedGraph, PlacedNode } from '../network/place-nodes.ts'

export interface NetworkChartOptions {
  readonly graph: PlacedGraph
  /** Which of the colours a node has. */
  readonly colourOf: (node: PlacedNode) => string
  readonly linkOf: (id: string) => string
}

const MARGIN = 24
const LABELS = 14
const LABEL_LETTERS = 18

/** A network as a picture: who is retweeted more is larger, and the colour is the community. */
export function networkChart({ graph, colourOf, linkOf }: NetworkChartOptions): Markup {
  const [left, right] = extent(graph.nodes, ({ x }) => x)
  const [top, bottom] = extent(graph.nodes, ({ y }) => y)
  if (left === undefined || top === undefined) return nothing
  const places = new Map(graph.nodes.map((node) => [node.id, node]))
  const lines = graph.links.map(({ source, target, retweets }) => {
    const [from, to] = [places.get(source), places.get(target)]
    return from && to
      ? `<line x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(to.x)}" y2="${round(to.y)}" stroke-width="${round(Math.min(4, 0.5 + Math.log2(retweets) / 3))}"/>`
      : ''
  })
  const size = `${round(left - MARGIN)} ${round(top - MARGIN)} ${round(right - left + 2 * MARGIN)} ${round(bottom - top + 2 * MARGIN)}`
  return html`<svg
    class="network"
    viewBox="${size}"
    role="group"
    aria-label="Network of ${graph.nodes.length} users"
  >
    <g class="links" aria-hidden="true">${raw(lines.join(''))}</g>
    ${graph.nodes.map(
      (node) =>
        html`<a href="${linkOf(node.id)}" tabindex="-1"
          ><circle
            class="${colourOf(node)}"
            cx="${round(node.x)}"
            cy="${round(node.y)}"
            r="${round(node.radius)}"
            ><title>${titleOf(node)}</title></circle
          ></a
        >`,
    )}
    <g class="labels" aria-hidden="true">
      ${labelled(graph.nodes).map((node) => html`<text x="${round(node.x)}" y="${round(node.y - node.radius - 4)}">${shown(nameOfNode(node), LABEL_LETTERS)}</text>`)}
    </g>
  </svg>`
}

const round = (value: number): number => Math.round(value * 10) / 10

/** What a node is called. */
export const nameOfNode = ({
  name,
  screenName,
  id,
}: Pick<PlacedNode, 'name' | 'screenName' | 'id'>): string => {
  const text = [name, screenName].find((each) => each !== null && shown(each) !== '')
  return text ? shown(text, 80) : id
}

function titleOf(node: PlacedNode): string {
  const place = node.rank === null ? '' : `, number ${whole(node.rank)} with ${tenth(node.influence ?? 0)}`
  return `${nameOfNode(node)}${place}: retweeted ${whole(node.received)} times, passed on ${whole(node.passedOn)}`
}

/** The largest nodes whose labels do not cover each other. */
function labelled(nodes: readonly PlacedNode[]): readonly PlacedNode[] {
  const chosen: PlacedNode[] = []
  for (const node of nodes.toSorted(
    (one, other) => other.radius - one.radius || (one.id < other.id ? -1 : 1),
  )) {
    const isFree = chosen.every(
      (other) =>
        Math.abs(other.x - node.x) > 110 || Math.abs(other.y - other.radius - node.y + node.radius) > 16,
    )
    if (isFree && (node.name !== null || node.screenName !== null)) chosen.push(node)
    if (chosen.length === LABELS) break
  }
  return chosen
}
