import { html } from 'hono/html'

import { nameOfNode, networkChart } from '../charts/network-chart.ts'
import type { Page } from '../layout/frame.ts'
import { nothing, type Markup } from '../layout/markup.ts'
import { whole } from '../layout/numbers.ts'
import { people } from '../layout/people-text.ts'
import { table } from '../layout/table.ts'
import { section } from '../layout/tiles.ts'
import { authorLink } from '../links.ts'
import { communitiesOf, graphOf, type Community } from '../network/graph.ts'
import { placeNodes, type PlacedGraph, type PlacedNode } from '../network/place-nodes.ts'
import type { PageRequest } from '../page-request.ts'
import type { View } from '../view.ts'

const AUTHORS = 80
const COLOURS = 8
const ROWS = 12

/** Who carries whom, as a picture with its communities and a table. */
export async function networkPage(request: PageRequest): Promise<Page> {
  const view = await request.view()
  const { snapshots } = request
  const graph = await snapshots.derived(view, 'network', async () => {
    const authors = (await snapshots.ranking(view)).authors.slice(0, AUTHORS)
    const ids = authors.map(({ author_id }) => author_id)
    return placeNodes(graphOf(authors, await snapshots.amplifiers(view, ids)))
  })
  const communities = communitiesOf(graph)
  const page = { title: 'Network', path: '/network', view }
  if (graph.nodes.length === 0)
    return {
      ...page,
      body: html`<p class="empty">
        No amplifier of this term's leading authors is published, so there is no network to draw. A longer
        window may have some.
      </p>`,
    }
  const colours = new Map(
    communities.slice(0, COLOURS).map(({ label }, index) => [label, `community-${index}`]),
  )
  const colourOf = ({ community }: Pick<PlacedNode, 'community'>): string =>
    colours.get(community ?? '') ?? 'community-other'
  return {
    ...page,
    body: html` <p class="lead">
        The ${AUTHORS} leading authors and their strongest amplifiers. A line leads from who retweeted to whom
        they retweeted; a circle is larger the more its author is retweeted
        here.${graph.leftOut > 0 ? html` ${whole(graph.leftOut)} users who carried least are left out.` : nothing}
      </p>
      <div class="wide-narrow">
        <section class="card">
          ${networkChart({ graph, colourOf, linkOf: (id) => authorLink(view, id) })}
          <ul class="legend">
            ${communities.slice(0, COLOURS).map((community) => html`<li><span class="key ${colourOf(community.leader)}"></span>around ${people(nameOfNode(community.leader), 24)}</li>`)}
            <li><span class="key community-other"></span>smaller or none</li>
          </ul>
        </section>
        <div>
          ${section('Communities', communityTable(view, communities, colourOf))}
          ${section('Users', userTable(view, graph, colourOf))}
        </div>
      </div>`,
  }
}

type ColourOf = (node: Pick<PlacedNode, 'community'>) => string

const communityTable = (view: View, communities: readonly Community[], colourOf: ColourOf): Markup =>
  table<Community>({
    caption: 'Communities',
    rows: communities.slice(0, COLOURS),
    isCompact: true,
    empty: 'No community is known.',
    columns: [
      {
        title: 'Around',
        isHead: true,
        cell: ({ leader }) =>
          html`<a class="author" href="${authorLink(view, leader.id)}"
            ><span class="key ${colourOf(leader)}"></span>${people(nameOfNode(leader), 30)}</a
          >`,
      },
      { title: 'Users here', side: 'right', cell: ({ nodes }) => whole(nodes.length) },
      {
        title: 'Retweeted',
        side: 'right',
        cell: ({ nodes }) => whole(nodes.reduce((sum, { received }) => sum + received, 0)),
      },
    ],
  })

const userTable = (view: View, { nodes }: PlacedGraph, colourOf: ColourOf): Markup =>
  table<PlacedNode>({
    caption: 'Users by what they carry',
    rows: nodes
      .toSorted((one, other) => other.received + other.passedOn - one.received - one.passedOn)
      .slice(0, ROWS),
    isCompact: true,
    empty: '',
    columns: [
      {
        title: 'User',
        isHead: true,
        cell: (node) =>
          html`<a class="author" href="${authorLink(view, node.id)}"
            ><span class="key ${colourOf(node)}"></span>${people(nameOfNode(node), 30)}</a
          >`,
      },
      {
        title: '#',
        explained: 'Place in the ranking',
        yields: 1,
        side: 'right',
        cell: ({ rank }) => (rank === null ? '–' : whole(rank)),
      },
      { title: 'Retweeted', side: 'right', cell: ({ received }) => whole(received) },
      { title: 'Passed on', side: 'right', cell: ({ passedOn }) => whole(passedOn) },
    ],
  })
