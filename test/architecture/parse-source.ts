import { parseSync } from '@swc/core'

/** What a source file takes from elsewhere. */
export interface ParsedSource {
  /** Every specifier: static, dynamic and type imports, and re-exports, in the order of the file. */
  readonly specifiers: readonly string[]
  /** Those of them that are loaded when the file is; types are gone by then, dynamic imports come later. */
  readonly loaded: readonly string[]
  /** How often a module is loaded whose name is computed, so that nothing can be said about it. */
  readonly computedImports: number
  readonly readsEnvironment: boolean
  /** `export * from`, or `export default`. */
  readonly hasUnnamedExport: boolean
}

type Node = Readonly<Record<string, unknown>>

/**
 * Reads a TypeScript source. By its syntax tree, because comments, strings and line breaks fool a regular expression.
 * @throws Error when the source is no TypeScript
 */
export function parseSource(code: string): ParsedSource {
  const nodes = [...nodesOf(parseSync(code, { syntax: 'typescript', target: 'es2024' }))]
  const imports = nodes.filter(isImport)
  const specifiers = imports.flatMap((node) => specifierOf(node) ?? [])
  return {
    specifiers,
    loaded: imports.filter(isLoaded).flatMap((node) => specifierOf(node) ?? []),
    computedImports: imports.length - specifiers.length,
    readsEnvironment: nodes.some(readsEnvironment) || specifiers.some(isProcessModule),
    hasUnnamedExport: nodes.some(({ type }) => unnamedExports.has(String(type))),
  }
}

const unnamedExports: ReadonlySet<string> = new Set([
  'ExportAllDeclaration',
  'ExportDefaultDeclaration',
  'ExportDefaultExpression',
])

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item)
  else if (isNode(value)) {
    yield value
    yield* nodesOf(Object.values(value))
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null
}

function isImport(node: Node): boolean {
  switch (node['type']) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'TsImportType':
      return true
    case 'ExportNamedDeclaration':
      return isNode(node['source'])
    case 'CallExpression':
      return isNode(node['callee']) && node['callee']['type'] === 'Import'
    default:
      return false
  }
}

/** `import { type T }` is loaded for its effect, `import type { T }` is not. */
function isLoaded({ type, typeOnly }: Node): boolean {
  return type !== 'CallExpression' && type !== 'TsImportType' && typeOnly !== true
}

/** Undefined for a dynamic import of anything but a plain string. */
function specifierOf(node: Node): string | undefined {
  if (node['type'] === 'TsImportType') return stringOf(node['argument'])
  if (node['type'] !== 'CallExpression') return stringOf(node['source'])
  const [first] = Array.isArray(node['arguments']) ? node['arguments'] : []
  return isNode(first) ? stringOf(first['expression']) : undefined
}

function stringOf(value: unknown): string | undefined {
  return isNode(value) && value['type'] === 'StringLiteral' ? String(value['value']) : undefined
}

function isProcessModule(specifier: string): boolean {
  return specifier === 'process' || specifier === 'node:process'
}

/** `process.env`, `process['env']`, `globalThis.process.env`, `const { env } = process`. */
function readsEnvironment({ type, object, property, init, id }: Node): boolean {
  if (type === 'MemberExpression') return isProcess(object) && nameOf(property) === 'env'
  if (type !== 'VariableDeclarator' || !isNode(id) || !Array.isArray(id['properties'])) return false
  return isProcess(init) && id['properties'].some((part) => isNode(part) && nameOf(part['key']) === 'env')
}

function isProcess(value: unknown): boolean {
  if (!isNode(value)) return false
  return nameOf(value['type'] === 'MemberExpression' ? value['property'] : value) === 'process'
}

function nameOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined
  return value['type'] === 'Computed' ? stringOf(value['expression']) : identifierOf(value)
}

function identifierOf(value: Node): string | undefined {
  return value['type'] === 'Identifier' ? String(value['value']) : undefined
}
