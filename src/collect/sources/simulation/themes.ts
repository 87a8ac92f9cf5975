/** What people talk about beside the term: each theme has its own hashtags, accounts and domain, and its own rhythm. */
export interface Theme {
  readonly hashtags: readonly string[]
  readonly accounts: readonly string[]
  readonly domain: string
  readonly sour: number // share of its texts
  readonly sweet: number
  /** How much it is talked about at a moment of the stream, from 0 (its start) to 1. */
  readonly weightAt: (moment: number) => number
}

const steady = (weight: number) => () => weight
const rising = (weight: number) => (moment: number) => weight * (0.15 + 1.85 * moment)
const falling = (weight: number) => (moment: number) => weight * (2 - 1.85 * moment)
/** Talked about for about a tenth of the stream, around a moment. */
const sudden = (weight: number, atMoment: number) => (moment: number) =>
  weight * (0.1 + 5 * Math.exp(-(((moment - atMoment) / 0.07) ** 2)))

/** All themes; a tweet without one is as likely as one with the theme of weight 3. */
const THEMES: readonly Theme[] = [
  {
    hashtags: ['#TicketChaos', '#refundnow'],
    accounts: ['@boxoffice_help', '@fairseats'],
    domain: 'tickets.example',
    sour: 0.6,
    sweet: 0.1,
    weightAt: falling(2),
  },
  {
    hashtags: ['#LiveTonight', '#nightcast'],
    accounts: ['@nightcast_tv', '@stagelight_live'],
    domain: 'live.nightcast.example',
    sour: 0.1,
    sweet: 0.6,
    weightAt: rising(2),
  },
  {
    hashtags: ['#stormwatch', '#unwetter'],
    accounts: ['@skywatch_wx'],
    domain: 'www.skywatch.example',
    sour: 0.5,
    sweet: 0.05,
    weightAt: sudden(1, 0.6),
  },
  {
    hashtags: ['#LineUp2019', '#program'],
    accounts: ['@stagehand_news', '@townhall_info'],
    domain: 'm.stagehand.example',
    sour: 0.15,
    sweet: 0.25,
    weightAt: steady(1.5),
  },
  {
    hashtags: ['#photooftheday', '#夜景', '#NightLights'],
    accounts: ['@lens_and_lamp'],
    domain: 'lensandlamp.example',
    sour: 0.05,
    sweet: 0.7,
    weightAt: steady(1),
  },
  {
    hashtags: ['#WeekendWithKids', '#famille'],
    accounts: ['@smallsteps_blog'],
    domain: 'smallsteps.example',
    sour: 0.15,
    sweet: 0.55,
    weightAt: steady(0.7),
  },
]
const WITHOUT_THEME = 3

/** The theme of a tweet of that moment (0 to 1 of the stream), by a number in (0, 1); undefined for none. */
export function themeAt(moment: number, unit: number): Theme | undefined {
  let total = WITHOUT_THEME
  for (const { weightAt } of THEMES) total += weightAt(moment)
  let left = unit * total
  return THEMES.find(({ weightAt }) => (left -= weightAt(moment)) <= 0)
}
