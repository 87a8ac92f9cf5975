import { describe, expect, it } from '@jest/globals'
import { runProgram } from '../../src/cli/run-program.ts'
import { testServices } from '../environment/services.ts'
import { capturedOutput } from './captured-output.ts'

async function doctor(argv: readonly string[], variables: NodeJS.ProcessEnv) {
  const [stdout, stderr] = [capturedOutput(), capturedOutput()]
  const { signal } = new AbortController()
  const code = await runProgram(['doctor', ...argv], { variables, signal, stdout, stderr })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

describe('ripplerank doctor', () => {
  it('finds what this machine has, and that the database answers', async () => {
    const { PATH, JAVA_HOME } = process.env
    const DATABASE_URL = testServices().databaseUrl
    const { code, stdout, stderr } = await doctor(['--local'], { PATH, JAVA_HOME, DATABASE_URL })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^ok {6}Node {13}\d+\./m)
    expect(stdout).toMatch(/^ok {6}DATABASE_URL {5}answers$/m)
  })

  it('says of each thing that is missing how to mend it, and ends with 2', async () => {
    const DATABASE_URL = 'mysql://somebody:secret@127.0.0.1:1/none'
    const { code, stdout, stderr } = await doctor(['--docker', '--json'], { PATH: '/nowhere', DATABASE_URL })
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      findings: expect.arrayContaining([
        {
          name: 'Docker',
          ok: false,
          found: 'docker --version does not work',
          mend: expect.stringMatching(/^Install/),
        },
      ]),
    })
    expect(stderr).toMatch(
      /^ripplerank: not as it has to be: Docker, Docker Compose, engine, .*DATABASE_URL$/m,
    )
    expect(stdout + stderr).not.toContain('secret@')
  })

  it('looks for credentials before anything at AWS', async () => {
    const variables = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }
    const away = { AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }
    const { code, stdout } = await doctor(['--emr'], { ...variables, ...away })
    expect(code).toBe(2)
    expect(stdout).toMatch(/^ok {6}credentials {6}there are some, for eu-west-1$/m)
    expect(stdout).toMatch(/^missing clusters {9}ListClusters: .*ECONNREFUSED/m)
  })
})
