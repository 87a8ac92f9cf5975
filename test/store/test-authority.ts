import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import forge from 'node-forge'

const { md, pki } = forge

/** Somebody who signs certificates, and whom no system knows. */
export interface TestAuthority {
  /** Its own certificate, PEM: what a client trusts it by. */
  readonly caFile: string
  /** The same for Java, made as docs/operations.md says. */
  readonly trustStoreFile: string
  /** Writes a certificate for a host, and its key. */
  readonly certify: (host: string, files: CertificateFiles) => Promise<void>
}

export interface CertificateFiles {
  readonly certFile: string
  readonly keyFile: string
}

type Extensions = Parameters<forge.pki.Certificate['setExtensions']>[0]

const AUTHORITY: Extensions = [
  { name: 'basicConstraints', cA: true, critical: true },
  { name: 'keyUsage', keyCertSign: true, critical: true },
]
const DNS_NAME = 2 // of a GeneralName (RFC 5280, 4.2.1.6)
const certified = (host: string): Extensions => [
  { name: 'basicConstraints', cA: false },
  { name: 'subjectAltName', altNames: [{ type: DNS_NAME, value: host }] },
]

const DAY_MS = 86_400_000

/** Makes an authority whose files begin with its name. */
export async function testAuthority(folder: string, name: string): Promise<TestAuthority> {
  const own = newKeys()
  const sign = (subject: string, keys: Keys, extensions: Extensions): string => {
    const certificate = pki.createCertificate()
    certificate.serialNumber = keys === own ? '01' : '02'
    certificate.publicKey = pki.publicKeyFromPem(keys.publicKey)
    certificate.validity.notBefore = new Date(Date.now() - DAY_MS)
    certificate.validity.notAfter = new Date(Date.now() + DAY_MS)
    certificate.setSubject([{ name: 'commonName', value: subject }])
    certificate.setIssuer([{ name: 'commonName', value: name }])
    certificate.setExtensions(extensions)
    certificate.sign(pki.privateKeyFromPem(own.privateKey), md.sha256.create())
    return pki.certificateToPem(certificate)
  }
  const caFile = join(folder, `${name}.pem`)
  await writeFile(caFile, sign(name, own, AUTHORITY))
  return {
    caFile,
    trustStoreFile: await trustStoreOf(caFile),
    certify: async (host, { certFile, keyFile }) => {
      const keys = newKeys()
      await writeFile(certFile, sign('a database', keys, certified(host)))
      await writeFile(keyFile, keys.privateKey, { mode: 0o600 })
    },
  }
}

type Keys = ReturnType<typeof newKeys>

const newKeys = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })

async function trustStoreOf(caFile: string): Promise<string> {
  const home = process.env['JAVA_HOME']
  const trustStore = caFile.replace(/pem$/, 'p12')
  const flags = `-importcert -noprompt -alias rds -file ${caFile} -keystore ${trustStore} -storetype PKCS12 -storepass changeit`
  await promisify(execFile)(home ? join(home, 'bin', 'keytool') : 'keytool', flags.split(' '))
  return trustStore
}
