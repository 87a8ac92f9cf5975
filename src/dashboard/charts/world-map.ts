import { geoNaturalEarth1, geoPath } from 'd3-geo'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { html } from 'hono/html'
import countries from 'i18n-iso-countries'
import { feature } from 'topojson-client'
import atlas from 'world-atlas/countries-110m.json' with { type: 'json' }

import type { Markup } from '../layout/markup.ts'

const WIDTH = 1280
const HEIGHT = 600
const ANTARCTICA = '010'

interface Shape {
  /** ISO 3166-1 alpha-2; undefined where there is none, as of disputed areas. */
  readonly code: string | undefined
  readonly path: string
}

/** The countries' shapes, drawn once: they never change. */
const shapes: readonly Shape[] = drawShapes()

function drawShapes(): readonly Shape[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the file is a topology with this one collection
  const topology = atlas as unknown as Topology<{ readonly countries: GeometryCollection }>
  const all = feature(topology, topology.objects.countries)
  const world = { ...all, features: all.features.filter(({ id }) => id !== ANTARCTICA) }
  const projection = geoNaturalEarth1().fitExtent(
    [
      [4, 4],
      [WIDTH - 4, HEIGHT - 4],
    ],
    world,
  )
  const pathOf = geoPath(projection).digits(0)
  return world.features.map((shape) => ({
    code: countries.numericToAlpha2(String(shape.id ?? '')),
    path: pathOf(shape) ?? '',
  }))
}

/** Codes of the countries that are large enough to be drawn. */
export const drawnCountries: ReadonlySet<string> = new Set(shapes.flatMap(({ code }) => code ?? []))

export interface WorldMapOptions {
  readonly label: string
  /** The class and the words of a country; undefined where nothing is known of it. */
  readonly of: (code: string) => { readonly colour: string; readonly title: string } | undefined
}

/** The world with its countries coloured. */
export const worldMap = ({ label, of }: WorldMapOptions): Markup =>
  html`<svg class="world" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
    ${shapes.map(({ code, path }) => {
      const known = code === undefined ? undefined : of(code)
      return html`<path class="${known?.colour ?? 'none'}" d="${path}"
        >${known ? html`<title>${known.title}</title>` : ''}</path
      >`
    })}
  </svg>`
